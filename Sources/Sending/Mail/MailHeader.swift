import Foundation

/// Header fields of a message (RFC 5322 §2.2), folded and free of what could begin another field.
enum MailHeader {
  /// Bytes of a line without its end.
  private static let width = 76

  /// `name: value`, whose value is ours: ASCII, and short.
  static func field(_ name: String, _ value: String) -> String {
    "\(name): \(value.filter { $0.isASCII && $0 >= " " })\r\n"
  }

  /// `name: words`, of untrusted text: as it is where it is short and plain, else in encoded words (RFC 2047).
  static func field(_ name: String, words: String) -> String {
    let isPlain =
      name.utf8.count + words.utf8.count + 2 <= width && !words.contains("=?")
      && words.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    if isPlain { return "\(name): \(words)\r\n" }
    return "\(name): " + encoded(words, after: name.utf8.count + 2).joined(separator: "\r\n ")
      + "\r\n"
  }

  /// Encoded words, each on a line of its own; no character is parted, and none is over 75 long (RFC 2047 §2).
  private static func encoded(_ text: String, after start: Int) -> [String] {
    var words: [String] = []
    var piece: [UInt8] = []
    // Base64 makes four of three; `=?UTF-8?B?` and `?=` take twelve.
    var room = (width - start - 12) / 4 * 3
    for scalar in text.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F {
      let bytes = Array(String(scalar).utf8)
      if piece.count + bytes.count > room {
        words.append(word(piece))
        piece = []
        room = (width - 1 - 12) / 4 * 3
      }
      piece += bytes
    }
    return words + [word(piece)]
  }

  private static func word(_ bytes: [UInt8]) -> String {
    "=?UTF-8?B?\(Data(bytes).base64EncodedString())?="
  }
}
