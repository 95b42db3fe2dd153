import Core

/// The pieces of a date: numbers, words and signs, each with whether a blank stands before it.
struct DateTokens {
  enum Kind: Hashable {
    /// A number of so many digits.
    case number(Int64, digits: Int)
    /// Letters, lower case where they are ASCII.
    case word(String)
    case sign(UInt8)
  }

  struct Token: Hashable {
    var kind: Kind
    var isSpaced: Bool
    /// Where it stands in the text.
    var place: Int
  }

  /// More pieces than any date has.
  static let limit = 40

  private(set) var all: [Token] = []
  /// The text, its digits as 0 to 9.
  let bytes: [UInt8]

  /// Nil where the text is empty, or longer than a date.
  init?(_ text: String) {
    guard text.utf8.count <= FeedDate.limit else { return nil }
    bytes = Self.plain(text)
    var place = 0
    var isSpaced = true
    while place < bytes.count {
      let start = place
      if bytes[place] == 0x20 {
        isSpaced = true
        place += 1
        continue
      }
      guard let kind = take(&place), all.count < Self.limit else { return nil }
      all.append(Token(kind: kind, isSpaced: isSpaced, place: start))
      isSpaced = false
    }
    if all.isEmpty { return nil }
  }

  private func take(_ place: inout Int) -> Kind? {
    let start = place
    if Self.isDigit(bytes[place]) {
      while place < bytes.count, Self.isDigit(bytes[place]) { place += 1 }
      let digits = place - start
      guard digits <= 17 else { return nil }
      let value = bytes[start..<place].reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
      return .number(value, digits: digits)
    }
    guard Self.isLetter(bytes[place]) else {
      place += 1
      return .sign(bytes[start])
    }
    while place < bytes.count, Self.isLetter(bytes[place]) { place += 1 }
    return .word(String(decoding: bytes[start..<place].map(Self.lower), as: UTF8.self))
  }

  /// The whole name of an IANA zone that begins at `place`: `America/Argentina/Buenos_Aires`, `Etc/GMT+7`.
  func zoneName(at place: Int) -> String? {
    let name = bytes[place...].prefix { byte in
      Self.isDigit(byte) || byte < 0x80 && Self.isLetter(byte) || "/_+-".utf8.contains(byte)
    }
    guard name.contains(UInt8(ascii: "/")), name.count <= 40 else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  // MARK: Bytes

  /// Arabic, Persian and wide digits as 0 to 9, every blank as one, marks of direction off.
  private static func plain(_ text: String) -> [UInt8] {
    if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F || $0 == 0x20 }) { return Array(text.utf8) }
    var output: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0660...0x0669: output.append(UInt8(0x30 + scalar.value - 0x0660))
      case 0x06F0...0x06F9: output.append(UInt8(0x30 + scalar.value - 0x06F0))
      case 0xFF10...0xFF19: output.append(UInt8(0x30 + scalar.value - 0xFF10))
      case 0x060C, 0x3001, 0xFF0C: output.append(UInt8(ascii: ","))
      case 0xFF1A: output.append(UInt8(ascii: ":"))
      case 0x2010...0x2015, 0x2212: output.append(UInt8(ascii: "-"))
      case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: break
      default:
        if scalar.properties.isWhitespace {
          output.append(0x20)
        } else {
          output += Array(String(scalar).utf8)
        }
      }
    }
    return output
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
