/// What two hosts of one site have in common: the name, without what tells only how its pages are shown.
enum HostKey {
  /// The key of what stands between scheme and path: in lower case and punycode, without user and port.
  static func of(_ authority: ArraySlice<UInt8>) -> [UInt8] {
    let at = authority.lastIndex(of: UInt8(ascii: "@"))
    var host = authority[(at.map { $0 + 1 } ?? authority.startIndex)...].map(\.asciiLower)
    dropPort(&host)
    if host.last == UInt8(ascii: ".") { host.removeLast() }
    if host.contains(where: { $0 >= 0x80 || $0 == UInt8(ascii: "%") }) { host = inASCII(host) }
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

  private static func inASCII(_ host: [UInt8]) -> [UInt8] {
    guard let name = String(validating: percentDecoded(host), as: UTF8.self) else { return host }
    // The full stops of other scripts part labels too (UTS #46).
    let labels = name.lowercased().split(omittingEmptySubsequences: false) { ".。．｡".contains($0) }
    let coded = labels.map { label in
      label.utf8.allSatisfy { $0 < 0x80 }
        ? String(label) : "xn--" + (Punycode.encoded(label) ?? String(label))
    }
    return Array(coded.joined(separator: ".").utf8)
  }

  private static func percentDecoded(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        output.append(value)
        index += 3
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
    return output
  }

  private static let prefixes = ["www.", "m.", "mobile.", "amp."].map { Array($0.utf8) }
}
