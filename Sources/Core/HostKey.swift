/// What two hosts of one site have in common: the name, without what tells only how its pages are shown.
enum HostKey {
  /// The key of what stands between scheme and path: in lower case and punycode, without user and port.
  static func of(_ authority: ArraySlice<UInt8>) -> [UInt8] {
    let at = authority.lastIndex(of: UInt8(ascii: "@"))
    var host = authority[(at.map { $0 + 1 } ?? authority.startIndex)...].map(\.asciiLower)
    dropPort(&host)
    if host.last == UInt8(ascii: ".") { host.removeLast() }
    if host.contains(where: { $0 >= 0x80 || $0 == UInt8(ascii: "%") }) {
      host = Punycode.host(host)
    }
    // What is left must be a name still: m.com is no form of com.
    while let prefix = prefixes.first(where: { host.starts(with: $0) }),
      host.dropFirst(prefix.count).contains(UInt8(ascii: "."))
    {
      host.removeFirst(prefix.count)
    }
    return host
  }

  /// A colon inside of brackets belongs to an address of IPv6.
  private static func dropPort(_ host: inout [UInt8]) {
    let bracket = host.lastIndex(of: UInt8(ascii: "]")) ?? -1
    guard let colon = host.lastIndex(of: UInt8(ascii: ":")), colon > bracket else { return }
    host.removeSubrange(colon...)
  }

  private static let prefixes = ["www.", "m.", "mobile.", "amp."].map { Array($0.utf8) }
}
