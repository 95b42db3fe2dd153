/// Parameters of addresses that say how somebody came to a page, not which page is meant.
public enum TrackingParameter {
  /// `url` without them, else as written.
  public static func removed(from url: String) -> String {
    let bytes = Array(url.utf8)
    let hash = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.endIndex
    guard let mark = bytes[..<hash].firstIndex(of: UInt8(ascii: "?")) else { return url }
    let given = bytes[(mark + 1)..<hash]
    let kept = without(given)
    guard kept.count != split(given).count else { return url }
    let query = Array(kept.joined(separator: [UInt8(ascii: "&")]))
    let head = bytes[..<mark] + (query.isEmpty ? [] : [UInt8(ascii: "?")] + query)
    return String(decoding: head + bytes[hash...], as: UTF8.self)
  }

  /// The parameters of a query that say which page is meant.
  static func without(_ query: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    split(query).filter(isMeant)
  }

  private static func split(_ query: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    query.split(separator: UInt8(ascii: "&"))
  }

  private static func isMeant(_ parameter: ArraySlice<UInt8>) -> Bool {
    let equals = parameter.firstIndex(of: UInt8(ascii: "=")) ?? parameter.endIndex
    let name = parameter[..<equals].map(\.asciiLower)
    let value = parameter[equals...].dropFirst()
    if prefixes.contains(where: { name.starts(with: $0) }) || names.contains(name) { return false }
    if name == outputType { return value.map(\.asciiLower) != Array("amp".utf8) }
    return !words.contains(name) || !isWord(value)
  }

  /// Whether a value only names a place readers come from; a number may well be an article's.
  private static func isWord(_ value: ArraySlice<UInt8>) -> Bool {
    value.allSatisfy { byte in
      (0x61...0x7A).contains(byte.asciiLower) || byte >= 0x80 || "-_.".utf8.contains(byte)
    }
  }

  private static func bytes(_ text: String) -> [[UInt8]] {
    text.split(separator: " ").map { Array($0.utf8) }
  }

  private static let prefixes = bytes(
    "utm_ at_custom ns_ pk_ piwik_ matomo_ oly_ vero_ guce_")
  private static let names = Set(
    bytes(
      "fbclid gclid dclid gbraid wbraid msclkid yclid twclid ttclid igshid mc_cid mc_eid mkt_tok "
        + "_hsenc _hsmi ocid cmp cmpid ito ncid icid smid xtor wt_mc at_medium at_campaign spm "
        + "guccounter soc_src soc_trk sref traffic_source __twitter_impression amp"))
  private static let outputType = Array("outputtype".utf8)
  /// Their values tell whether they are meant.
  private static let words = Set(bytes("ref source from rss share"))
}
