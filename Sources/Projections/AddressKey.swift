/// What two addresses of one article have in common.
///
/// Another scheme, `www.`, a tracking parameter, a fragment or a last slash makes no other article.
/// The key is compared, never shown or asked. Made for every article, hence on bytes.
public enum AddressKey {
  public static func of(_ url: String) -> String {
    var rest = Array(url.utf8)[...]
    for scheme in schemes where starts(rest, with: scheme) { rest.removeFirst(scheme.count) }
    rest = rest.prefix { $0 != UInt8(ascii: "#") }
    let mark = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
    let slash = rest[..<mark].firstIndex(of: UInt8(ascii: "/")) ?? mark
    var key = host(rest[..<slash]) + rest[slash..<mark]
    while key.last == UInt8(ascii: "/") { key.removeLast() }
    let query = rest[mark...].dropFirst().split(separator: UInt8(ascii: "&")).filter(isMeant)
      .map { String(decoding: $0, as: UTF8.self) }
    let path = String(decoding: key, as: UTF8.self)
    return query.isEmpty ? path : path + "?" + query.sorted().joined(separator: "&")
  }

  /// In lower case, without what tells only how the page is shown.
  private static func host(_ written: ArraySlice<UInt8>) -> [UInt8] {
    var host = written.map(lower)
    if let prefix = hostPrefixes.first(where: { host.starts(with: $0) }) {
      host.removeFirst(prefix.count)
    }
    for port in ports where host.suffix(port.count) == port[...] { host.removeLast(port.count) }
    return host
  }

  /// Whether a parameter says which page is meant, not how somebody came to it.
  private static func isMeant(_ parameter: ArraySlice<UInt8>) -> Bool {
    let name = parameter.prefix { $0 != UInt8(ascii: "=") }.map(lower)
    return !prefixes.contains { name.starts(with: $0) } && !names.contains(name)
  }

  private static func starts(_ text: ArraySlice<UInt8>, with prefix: [UInt8]) -> Bool {
    text.count >= prefix.count && zip(text, prefix).allSatisfy { lower($0) == $1 }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  private static func bytes(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }

  private static let schemes = bytes(["https://", "http://"])
  private static let hostPrefixes = bytes(["www.", "m.", "mobile.", "amp."])
  private static let ports = bytes([":80", ":443"])
  private static let prefixes = bytes([
    "utm_", "ns_", "pk_", "piwik_", "matomo_", "at_custom", "oly_", "vero_",
  ])
  private static let names = Set(
    bytes([
      "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid",
      "igshid",
      "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "ocid", "cmp", "cmpid", "ito", "ncid",
      "icid",
      "smid", "xtor", "wt_mc", "at_medium", "at_campaign", "spm", "guccounter", "sref",
      "traffic_source", "amp",
    ]))
}
