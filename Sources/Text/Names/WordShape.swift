/// How a word is written: which of its letters are capitals.
struct WordShape {
  /// Four bits for each class of character, runs cut to two, at most ten.
  private(set) var bits: UInt64 = 0
  private(set) var letters = NameToken.Letters.uncased
  private(set) var upperCount = 0
  private(set) var lowerCount = 0
  private var isFirstUpper = false
  private var last: UInt64 = 0
  private var run = 0
  private var count = 0

  private static let longest = 10

  /// Of the characters of UTF-8 in `bytes`.
  init(_ bytes: ArraySlice<UInt8>) {
    var place = bytes.startIndex
    while place < bytes.endIndex {
      let byte = bytes[place]
      if byte < 0x80 {
        take(Self.kind(byte))
        place += 1
      } else {
        let end = bytes[(place + 1)...].firstIndex { $0 & 0xC0 != 0x80 } ?? bytes.endIndex
        take(Self.kind(bytes[place..<end]))
        place = end
      }
    }
    letters = found
  }

  private var found: NameToken.Letters {
    if upperCount == 0 { return lowerCount == 0 ? .uncased : .lower }
    guard isFirstUpper else { return .mixed }
    return lowerCount == 0 && upperCount > 1 ? .upper : .capitalised
  }

  private mutating func take(_ kind: UInt64) {
    if kind == Self.upper {
      if upperCount + lowerCount == 0 { isFirstUpper = true }
      upperCount += 1
    } else if kind == Self.lower {
      lowerCount += 1
    }
    run = kind == last ? run + 1 : 1
    last = kind
    guard run <= 2, count < Self.longest else { return }
    bits |= kind << UInt64(4 * count)
    count += 1
  }

  static let upper: UInt64 = 1
  static let lower: UInt64 = 2
  private static let digit: UInt64 = 3
  private static let other: UInt64 = 4

  private static func kind(_ byte: UInt8) -> UInt64 {
    switch byte {
    case 0x41...0x5A: upper
    case 0x61...0x7A: lower
    case 0x30...0x39: digit
    default: other
    }
  }

  private static func kind(_ character: ArraySlice<UInt8>) -> UInt64 {
    // Han, Kana, Hangul and what lies above have no case.
    guard character.count < 3 || character.first == 0xE1,
      let scalar = String(decoding: character, as: UTF8.self).unicodeScalars.first
    else { return other }
    if scalar.properties.isUppercase { return upper }
    return scalar.properties.isLowercase ? lower : other
  }

  /// The same letters, had they all been small.
  var lowered: UInt64 {
    (0..<Self.longest).reduce(into: UInt64(0)) { result, place in
      let kind = bits >> UInt64(4 * place) & 0xF
      result |= (kind == Self.upper ? Self.lower : kind) << UInt64(4 * place)
    }
  }
}
