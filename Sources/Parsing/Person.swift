import Text

/// Names and mail addresses, in the orders that feeds write them.
enum Person {
  /// `Name <mail>` of `mail (Name)`, `Name (mail)` or `Name <mail>`; else the text itself.
  static func display(_ text: String) -> String {
    let text =
      PlainText.title(html: text.contains("<") && text.contains("@") ? "" : text).nonEmpty
      ?? PlainText.oneLine(text)
    return ordered(text.replacing("mailto:", with: ""))
  }

  private static func ordered(_ text: String) -> String {
    guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return text }
    let before = String(text[..<open]).trimmed
    let inside = String(text[text.index(after: open)...].dropLast()).trimmed
    if before.contains("@"), !inside.contains("@") { return "\(inside) <\(before)>" }
    if inside.contains("@") { return "\(before) <\(inside)>" }
    return text
  }

  /// The name alone; of a mail address without a name, nothing.
  static func name(_ display: String) -> String? {
    let name = display.prefix { $0 != "<" }
    let text = String(name).trimmed
    return text.isEmpty || text.contains("@") ? nil : text
  }
}

/// Base64, as Atom carries what is no text (RFC 4648 §4).
enum Base64 {
  /// The text that `encoded` holds; nil where it is no base64 or no UTF-8.
  static func text(_ encoded: String) -> String? {
    var bits: UInt32 = 0
    var count = 0
    var bytes: [UInt8] = []
    for byte in encoded.utf8 where byte > 0x20 && byte != UInt8(ascii: "=") {
      guard let value = value(byte) else { return nil }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte - 0x41)
    case 0x61...0x7A: UInt32(byte - 0x61 + 26)
    case 0x30...0x39: UInt32(byte - 0x30 + 52)
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
