import Foundation

/// What a character does to a word, and what it becomes when words are compared.
///
/// Folding takes away case, accents and width, never a letter's identity: й stays й, ä becomes a.
/// No locale is asked, so both sides of a comparison agree everywhere. The table is made once, from
/// the Unicode data of the toolchain.
enum FoldTable {
  /// How a character takes part in words.
  enum Class: UInt8 {
    /// Between words.
    case separator
    /// Part of a word, with its neighbours of the same class.
    case letter
    /// A word of its own: Han, Kana.
    case single
    /// The base of a unit of scripts that write no spaces: Thai, Lao, Khmer, Burmese.
    case unit
    /// Joins what stands before it: combining marks that stay.
    case mark
    /// Not there for comparison: soft hyphens, joiners, stripped accents, direction marks.
    case ignored
  }

  struct Entry {
    var `class`: Class
    /// UTF-8 of what it folds to.
    var folded: [UInt8]
  }

  /// The entry of `scalar`.
  static func entry(_ scalar: Unicode.Scalar) -> Entry {
    let value = Int(scalar.value)
    return value < table.count ? table[value] : make(scalar)
  }

  private static let table: [Entry] = (0..<0x3000).map { value in
    Unicode.Scalar(UInt32(value)).map(make) ?? Entry(class: .separator, folded: [])
  }

  private static func make(_ scalar: Unicode.Scalar) -> Entry {
    if isIgnored(scalar.value) { return Entry(class: .ignored, folded: []) }
    if let special = special(scalar) { return special }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark:
      return Entry(class: .mark, folded: Array(String(scalar).utf8))
    case .spacingMark: return Entry(class: .mark, folded: Array(String(scalar).utf8))
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      return letter(scalar)
    default:
      return Entry(class: scalar == "_" ? .letter : .separator, folded: scalar == "_" ? [0x5F] : [])
    }
  }

  private static func letter(_ scalar: Unicode.Scalar) -> Entry {
    let folded = fold(scalar)
    let base = folded.unicodeScalars.first?.value ?? scalar.value
    let kind: Class =
      switch base {
      case 0x3005...0x3007, 0x3041...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0xF900...0xFAFF, 0x20000...0x3FFFF:
        .single
      case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: .unit
      default: .letter
      }
    return Entry(class: kind, folded: Array(folded.utf8))
  }

  /// Compatibility form in lower case; of Latin and Greek letters without their marks.
  private static func fold(_ scalar: Unicode.Scalar) -> String {
    let isPlain = scalar.value < 0x80
    let wide = isPlain ? String(scalar) : String(scalar).precomposedStringWithCompatibilityMapping
    let lower = wide.lowercased()
    guard !isPlain, let first = lower.unicodeScalars.first, isStripped(first.value) else {
      return lower
    }
    let parts = lower.decomposedStringWithCanonicalMapping.unicodeScalars.filter { part in
      part.properties.generalCategory != .nonspacingMark
    }
    return String(String.UnicodeScalarView(parts))
  }

  /// Whether letters of this block lose their marks: Latin and Greek do, others spell with them.
  private static func isStripped(_ value: UInt32) -> Bool {
    switch value {
    case 0..<0x0400, 0x1E00...0x1FFF, 0x2C60...0x2C7F, 0xA720...0xA7FF: true
    default: false
    }
  }

  private static func isIgnored(_ value: UInt32) -> Bool {
    switch value {
    // Accents on Latin letters, Arabic vowel signs and tatweel, joiners, direction marks.
    case 0x0300...0x0305, 0x0307...0x036F, 0x0640, 0x064B...0x065F, 0x0670, 0x00AD,
      0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFE00...0xFE0F, 0xFEFF:
      true
    default: false
    }
  }

  /// Letters whose folding no decomposition gives.
  private static func special(_ scalar: Unicode.Scalar) -> Entry? {
    guard let folded = letters[scalar] else { return nil }
    return Entry(class: .letter, folded: Array(folded.utf8))
  }

  private static let letters: [Unicode.Scalar: String] = [
    "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "æ": "ae", "Æ": "ae", "œ": "oe",
    "Œ": "oe", "ß": "ss", "ẞ": "ss", "ı": "i", "İ": "i", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th",
    "ё": "е", "Ё": "е", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه",
    "ؤ": "و", "ئ": "ي", "ک": "ك", "٠": "0", "١": "1", "٢": "2", "٣": "3", "٤": "4", "٥": "5",
    "٦": "6", "٧": "7", "٨": "8", "٩": "9", "۰": "0", "۱": "1", "۲": "2", "۳": "3", "۴": "4",
    "۵": "5", "۶": "6", "۷": "7", "۸": "8", "۹": "9",
  ]
}
