extension PlainText {
  /// Whether a part of a text is one line as titles have it.
  ///
  /// No markup, no reference, nothing invisible, single blanks and none at its ends. Most titles are, and
  /// are then taken as they stand.
  public static func isLine(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    isLine(bytes.span.extracting(range), mayHoldMarkup: false)
  }

  static func isLine(_ text: Span<UInt8>, mayHoldMarkup: Bool) -> Bool {
    var wasBlank = true
    var place = 0
    while place < text.count {
      let byte = text[place]
      switch byte {
      case 0x20:
        if wasBlank { return false }
        wasBlank = true
      case 0..<0x20, 0x7F: return false
      case UInt8(ascii: "<"), UInt8(ascii: "&"):
        if !mayHoldMarkup { return false }
        wasBlank = false
      // Leads of the characters that are white space or invisible, among others.
      case 0xC2, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF:
        if mayBeOdd(text, place) { return false }
        wasBlank = false
      default: wasBlank = false
      }
      place += 1
    }
    return !wasBlank || text.isEmpty
  }

  /// Where the text that can be taken as it stands ends: words with one blank between.
  static func endOfRun(_ text: Span<UInt8>, from start: Int) -> Int {
    var place = start
    while place < text.count {
      let byte = text[place]
      switch byte {
      case 0x21..<0x7F: break
      case 0x20:
        let isSingle = place > start && place + 1 < text.count && text[place + 1] > 0x20
        guard isSingle, text[place + 1] < 0x7F else { return place }
      case 0..<0x20, 0x7F: return place
      // Leads of the characters that are white space or invisible, among others.
      case 0xC2, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF:
        if mayBeOdd(text, place) { return place }
      default: break
      }
      place += 1
    }
    return place
  }

  /// Whether the character at `place` may be white space or what `isInvisible` names.
  static func mayBeOdd(_ text: Span<UInt8>, _ place: Int) -> Bool {
    guard place + 1 < text.count else { return true }
    let second = text[place + 1]
    let third = place + 2 < text.count ? text[place + 2] : 0
    return switch text[place] {
    case 0xC2: second <= 0xA0 || second == 0xAD
    case 0xD8: second == 0x9C
    case 0xE1: second == 0x9A || second == 0xA0
    // U+2000 to U+200F, U+2028 to U+202F, U+2040 to U+207F.
    case 0xE2: second == 0x80 ? third < 0x90 || third >= 0xA8 : second == 0x81
    case 0xE3: second == 0x80 && third == 0x80
    default: second == 0xBB || second == 0xBF
    }
  }
}
