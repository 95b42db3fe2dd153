import Foundation

/// What a character does to a word, and what it becomes when words are compared.
///
/// Folding takes away case, accents and width, never a letter's identity: й stays й, ä becomes a.
/// No locale is asked, so both sides of a comparison agree everywhere. The table is made once, from
/// the Unicode data of the toolchain.
enum FoldTable {
  /// The entry of `scalar`.
  static func entry(_ scalar: Unicode.Scalar) -> FoldEntry {
    let value = scalar.value
    switch value {
    case 0..<tableEnd: return table[Int(value)]
    // Han and Hangul stand for themselves: no look into the Unicode data for each character.
    case 0x3400...0x4DBF, 0x4E00...0x9FFF: return FoldEntry(.single, itself: value)
    case 0xAC00...0xD7A3: return FoldEntry(.letter, itself: value)
    case 0xF900...0xFFFF: return forms[Int(value - 0xF900)]
    default: return make(scalar).entry
    }
  }

  /// The folded form of a character whose entry is too long for it: `ﷺ`.
  static func longForm(of scalar: Unicode.Scalar) -> [UInt8] { make(scalar).folded }

  /// The folded form of `base`, which is one character, and `mark` in one piece; nil if there is none.
  static func composed(_ base: String, _ mark: Unicode.Scalar) -> [UInt8]? {
    var pair = base.unicodeScalars
    pair.append(contentsOf: normalized(String(mark)).unicodeScalars)
    // Taken apart first: Foundation does not put a final to a syllable of Hangul.
    let whole = String(pair).decomposedStringWithCanonicalMapping
      .precomposedStringWithCanonicalMapping.unicodeScalars
    guard whole.count == 1, let piece = whole.first else { return nil }
    return make(piece).folded
  }

  /// The compatibility form (NFKC): of full and half width, presentation forms and ligatures, letters.
  private static func normalized(_ text: String) -> String {
    text.precomposedStringWithCompatibilityMapping
  }

  /// A character's class and its folded form, of whatever length.
  private struct Made {
    var `class`: FoldEntry.Class
    var folded: [UInt8]

    var entry: FoldEntry { FoldEntry(`class`, folded) }
  }

  /// Up to the last of Kana and of what is composed of it.
  private static let tableEnd: UInt32 = 0x3400
  /// The entries of all scalars below its count.
  static let table = entries(0..<tableEnd)
  /// Presentation forms, full and half width.
  private static let forms = entries(0xF900..<0x10000)

  private static func entries(_ values: Range<UInt32>) -> [FoldEntry] {
    values.map { Unicode.Scalar($0).map { make($0).entry } ?? FoldEntry(.separator) }
  }

  private static func make(_ scalar: Unicode.Scalar) -> Made {
    if isIgnored(scalar.value) { return Made(class: .ignored, folded: []) }
    let mark: FoldEntry.Class = composes(scalar.value) ? .composing : .mark
    if isStripped(mark: scalar.value) { return Made(class: mark, folded: []) }
    if isTail(scalar.value) {
      return Made(class: mark, folded: Array(normalized(String(scalar)).utf8))
    }
    if let special = special(scalar) { return special }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark:
      return Made(class: mark, folded: Array(scalar.utf8))
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      return letter(scalar)
    default:
      if scalar == "_" { return Made(class: .letter, folded: [0x5F]) }
      return Made(class: scalar.properties.isWhitespace ? .space : .separator, folded: [])
    }
  }

  private static func letter(_ scalar: Unicode.Scalar) -> Made {
    let folded = fold(scalar)
    let base = folded.unicodeScalars.first?.value ?? scalar.value
    let kind: FoldEntry.Class =
      switch base {
      case 0x3005...0x3007, 0x3041...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0xF900...0xFAFF, 0x20000...0x3FFFF:
        .single
      case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: .unit
      default: .letter
      }
    // A presentation form that is a vowel sign alone leaves nothing to compare.
    return Made(class: folded.isEmpty ? .mark : kind, folded: Array(folded.utf8))
  }

  /// Compatibility form in lower case; of Latin and Greek letters without their marks.
  private static func fold(_ scalar: Unicode.Scalar) -> String {
    let isPlain = scalar.value < 0x80
    if isPlain { return String(scalar).lowercased() }
    let lower = normalized(String(scalar)).lowercased()
    guard let first = lower.unicodeScalars.first, isStripped(first.value) else {
      return replaced(lower)
    }
    let parts = lower.decomposedStringWithCanonicalMapping.unicodeScalars.filter { part in
      part.properties.generalCategory != .nonspacingMark
    }
    return replaced(String(String.UnicodeScalarView(parts)))
  }

  /// `text` as if its letters had stood there one by one: what a presentation form or ǿ comes apart into.
  private static func replaced(_ text: String) -> String {
    text.unicodeScalars.filter { !isStripped(mark: $0.value) && $0 != " " }
      .map { letters[$0] ?? String($0) }.joined()
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
    case 0x00AD, 0x061C, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFE00...0xFE0F,
      0xFEFF, 0xE0100...0xE01EF:
      true
    default: false
    }
  }

  /// Accents on letters, Arabic vowel signs and tatweel: part of a word, yet not compared.
  private static func isStripped(mark value: UInt32) -> Bool {
    switch value {
    case 0x0300...0x036F, 0x0640, 0x064B...0x065F, 0x0670: true
    default: false
    }
  }

  /// Marks that some character ends with when it is taken apart (UAX #15); others are never asked for.
  private static func composes(_ value: UInt32) -> Bool {
    switch value {
    case 0x0300...0x0345, 0x0653...0x0655, 0x093C, 0x09BE, 0x09D7, 0x0B3E, 0x0B56...0x0B57, 0x0BBE,
      0x0BD7, 0x0C56, 0x0CC2, 0x0CD5...0x0CD6, 0x0D3E, 0x0D57, 0x0DCA, 0x0DCF, 0x0DDF, 0x102E,
      0x3099...0x309A:
      true
    default: isTail(value)
    }
  }

  /// Vowels and finals of Hangul written in pieces, and halfwidth voicing marks of Kana: letters by
  /// category, and yet only part of the character before them.
  private static func isTail(_ value: UInt32) -> Bool {
    switch value {
    case 0x1161...0x1175, 0x11A8...0x11C2, 0xFF9E...0xFF9F: true
    default: false
    }
  }

  /// Letters whose folding no decomposition gives.
  private static func special(_ scalar: Unicode.Scalar) -> Made? {
    if scalar == "\u{2BC}" { return Made(class: .separator, folded: []) }
    guard let folded = letters[scalar] else { return nil }
    return Made(class: .letter, folded: Array(folded.utf8))
  }

  private static let letters: [Unicode.Scalar: String] = [
    "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "æ": "ae", "Æ": "ae", "œ": "oe",
    "Œ": "oe", "ß": "ss", "ẞ": "ss", "ı": "i", "İ": "i", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th",
    "ς": "σ", "ё": "е", "Ё": "е", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي",
    "ة": "ه",
    "ؤ": "و", "ئ": "ي", "ک": "ك", "٠": "0", "١": "1", "٢": "2", "٣": "3", "٤": "4", "٥": "5",
    "٦": "6", "٧": "7", "٨": "8", "٩": "9", "۰": "0", "۱": "1", "۲": "2", "۳": "3", "۴": "4",
    "۵": "5", "۶": "6", "۷": "7", "۸": "8", "۹": "9",
  ]
}
