import Foundation

/// Characters in one piece where there is one: é, not e and an accent (NFC, UAX #15).
enum Composed {
  /// `text` in NFC; looked through first, for nearly all text is.
  static func text(_ text: String) -> String {
    guard text.utf8.contains(where: isTelling), text.unicodeScalars.contains(where: mayCompose)
    else { return text }
    return text.precomposedStringWithCanonicalMapping
  }

  /// Whether a byte leads a character that must be looked at: not those below U+0300 and of Cyrillic.
  private static func isTelling(_ byte: UInt8) -> Bool {
    byte >= 0xCC && byte != 0xD0 && byte != 0xD1
  }

  /// Whether NFC may change a text because of this character.
  private static func mayCompose(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // Scripts and signs in which nothing composes, nor is written otherwise.
    case 0..<0x300, 0x400..<0x483, 0x48A..<0x591, 0x2010..<0x2100, 0x3041..<0x3099, 0x309B..<0xA66F,
      0xAC00..<0xD7A4, 0xFF00..<0x10000:
      return false
    // Parts of Hangul syllables.
    case 0x1160..<0x1200: return true
    default:
      let category = scalar.properties.generalCategory
      return category == .nonspacingMark || category == .spacingMark
        || scalar.properties.isFullCompositionExclusion
    }
  }
}
