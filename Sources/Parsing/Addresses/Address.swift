import Core
import Text

/// Addresses as feeds write them: relative, with blanks, in other scripts.
enum Address {
  /// The absolute address that `reference` means at `base` (RFC 3986 §5.2); nil for none.
  static func resolve(_ reference: String, against base: String?) -> String? {
    guard reference.utf8.count <= ParseLimits.address + 64 else { return nil }
    let bytes = encoded(reference.trimmed)
    guard !bytes.isEmpty else { return nil }
    guard let base, !hasScheme(bytes) else { return text(bytes) }
    return AddressParts(base).flatMap { text($0.resolve(bytes)) }
  }

  private static func text(_ bytes: [UInt8]) -> String? {
    bytes.count <= ParseLimits.address ? String(decoding: bytes, as: UTF8.self) : nil
  }

  /// The absolute address to which a feed may lead; nil for what would run in a reader's browser.
  static func link(_ reference: String, against base: String?) -> String? {
    if isPlainWeb(reference.utf8Span.span) { return reference }
    guard let address = resolve(reference, against: base) else { return nil }
    let scheme = String(decoding: address.utf8.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
    return ["javascript", "vbscript", "data"].contains(scheme.lowercased()) ? nil : address
  }

  /// Whether `address` is one of the web that stands as it should: most are, and are taken as they stand.
  private static func isPlainWeb(_ address: Span<UInt8>) -> Bool {
    guard address.count > 8, address.count <= ParseLimits.address else { return false }
    for place in address.indices where address[place] <= 0x20 || address[place] >= 0x7F {
      return false
    }
    return ByteSearch.begins(address, "http://") || ByteSearch.begins(address, "https://")
  }

  static func isWeb(_ text: String) -> Bool {
    let span = text.utf8Span.span
    if span.count > 8, ByteSearch.begins(span, "http://") || ByteSearch.begins(span, "https://") {
      return true
    }
    let lower = text.prefix(8).lowercased()
    return lower.hasPrefix("http://") || lower.hasPrefix("https://")
  }

  private static func hasScheme(_ bytes: [UInt8]) -> Bool {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return false }
    return isLetter(bytes[0])
      && bytes[..<colon].allSatisfy {
        isLetter($0) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0)
      }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  // MARK: Encoding

  /// Line ends and tabs go; blanks and what is not ASCII are percent-encoded, in a host by punycode.
  private static func encoded(_ address: String) -> [UInt8] {
    var bytes = Array(address.utf8)
    guard bytes.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) else { return bytes }
    bytes.removeAll { $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    if let host = host(of: bytes), bytes[host].contains(where: { $0 >= 0x80 }) {
      bytes.replaceSubrange(host, with: Punycode.host(Array(bytes[host])))
    }
    var output: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in bytes {
      if byte > 0x20, byte < 0x7F {
        output.append(byte)
      } else {
        output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return output
  }

  /// Where the name of the host stands, without user and port.
  private static func host(of bytes: [UInt8]) -> Range<Int>? {
    guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")),
      bytes[slash...].starts(with: "//".utf8),
      slash == 0 || (hasScheme(bytes) && bytes[slash - 1] == UInt8(ascii: ":"))
    else { return nil }
    let authority = bytes[(slash + 2)...].prefix { !"/?#".utf8.contains($0) }
    let start = authority.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? authority.startIndex
    let end = authority[start...].lastIndex(of: UInt8(ascii: ":")) ?? authority.endIndex
    return start..<end
  }
}
