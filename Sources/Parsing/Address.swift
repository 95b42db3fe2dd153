import Text

/// Addresses as feeds write them: relative, with blanks, in other scripts.
enum Address {
  /// The absolute address that `reference` means at `base` (RFC 3986 §5.2); nil for none.
  static func resolve(_ reference: String, against base: String?) -> String? {
    let text = encoded(reference.trimmed)
    guard !text.isEmpty, text.utf8.count <= ParseLimits.address else { return nil }
    if hasScheme(text) { return text }
    guard let base, let parts = Parts(base) else { return base == nil ? text : nil }
    if text.hasPrefix("//") { return parts.scheme + ":" + text }
    let origin = parts.scheme + "://" + parts.authority
    if text.hasPrefix("/") { return origin + withoutDots(text) }
    if text.hasPrefix("?") { return origin + parts.path + text }
    if text.hasPrefix("#") { return origin + parts.path + parts.query + text }
    let folder = parts.path.lastIndex(of: "/").map { parts.path[...$0] } ?? "/"
    return origin + withoutDots(folder + text)
  }

  /// The absolute address to which a feed may lead; nil for what would run in a reader's browser.
  static func link(_ reference: String, against base: String?) -> String? {
    if isPlainWeb(reference.utf8Span.span) { return reference }
    guard let address = resolve(reference, against: base) else { return nil }
    let scheme = address.prefix { $0 != ":" }.lowercased()
    return ["javascript", "vbscript", "data"].contains(scheme) ? nil : address
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

  private struct Parts {
    var scheme: String
    var authority: String
    var path: String
    var query: String

    init?(_ text: String) {
      guard let colon = text.firstRange(of: "://") else { return nil }
      scheme = text[..<colon.lowerBound].lowercased()
      let rest = text[colon.upperBound...].prefix { $0 != "#" }
      let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
      authority = String(rest[..<end])
      let mark = rest[end...].firstIndex(of: "?") ?? rest.endIndex
      path = end == mark ? "/" : String(rest[end..<mark])
      query = String(rest[mark...])
    }
  }

  private static func hasScheme(_ text: String) -> Bool {
    guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { return false }
    let scheme = text[..<colon]
    return scheme.first?.isLetter == true
      && scheme.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
  }

  /// Blanks and what is not ASCII, percent-encoded; the rest as it stands.
  private static func encoded(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) else { return text }
    var output: [UInt8] = []
    for byte in text.utf8 where byte != 0x0A && byte != 0x0D && byte != 0x09 {
      if byte > 0x20, byte < 0x7F {
        output.append(byte)
      } else {
        let digits = Array("0123456789ABCDEF".utf8)
        output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// Takes `.` and `..` out of a path (RFC 3986 §5.2.4).
  private static func withoutDots(_ text: some StringProtocol) -> String {
    let mark = text.firstIndex { $0 == "?" || $0 == "#" } ?? text.endIndex
    var kept: [Substring] = []
    let parts = String(text[..<mark]).split(separator: "/", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      if part == "." || part == ".." {
        if part == "..", kept.count > 1 { kept.removeLast() }
        if isLast { kept.append("") }
      } else {
        kept.append(part)
      }
    }
    return kept.joined(separator: "/") + text[mark...]
  }
}
