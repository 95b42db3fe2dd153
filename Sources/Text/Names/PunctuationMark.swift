/// A mark between words; its many forms count as one.
struct PunctuationMark: Hashable, Sendable {
  let hash: UInt64

  static let stop = PunctuationMark(ascii: UInt8(ascii: "."))
  static let comma = PunctuationMark(ascii: UInt8(ascii: ","))
  static let hyphen = PunctuationMark(ascii: UInt8(ascii: "-"))
  static let apostrophe = PunctuationMark(ascii: UInt8(ascii: "'"))
  static let quotation = PunctuationMark(ascii: UInt8(ascii: "\""))
  static let opening = PunctuationMark(ascii: UInt8(ascii: "("))
  static let closing = PunctuationMark(ascii: UInt8(ascii: ")"))
  /// Between the parts of a foreign name in Chinese and Japanese.
  static let middleDot = PunctuationMark(hash: WordHash.short(UInt64(0xB7) << 8 | 2))

  private init(hash: UInt64) { self.hash = hash }

  private init(ascii: UInt8) { self.init(hash: WordHash.short(UInt64(ascii) << 8 | 1)) }

  /// The mark that a character of UTF-8 is; nil for blanks and what is not seen.
  init?(_ character: ArraySlice<UInt8>) {
    guard let first = character.first else { return nil }
    if first < 0x80 {
      guard first > 0x20, first != 0x7F else { return nil }
      self.init(ascii: first == UInt8(ascii: "`") ? UInt8(ascii: "'") : first)
      return
    }
    guard let scalar = String(decoding: character, as: UTF8.self).unicodeScalars.first
    else { return nil }
    switch scalar.value {
    case 0xA0, 0xAD, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x3000, 0xFE00...0xFE0F,
      0xFEFF:
      return nil
    case 0x2018, 0x2019, 0x2BC, 0xB4: self = .apostrophe
    case 0x201C...0x201F, 0xAB, 0xBB, 0x300C...0x300F: self = .quotation
    case 0x2010...0x2015: self = .hyphen
    case 0x2026, 0x3002: self = .stop
    case 0x3001, 0xFF0C, 0x60C: self = .comma
    default: self.init(hash: WordHash.short(UInt64(scalar.value) << 8 | 2))
    }
  }
}
