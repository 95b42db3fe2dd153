/// References to characters, as HTML knows them: `&amp;`, `&rsquo;`, `&#8230;`, `&#x2026;`.
public enum CharacterReference {
  /// `bytes` with every reference replaced; what is none stays as it is.
  ///
  /// In an address a name without its semicolon stays too, for `&copy=3` is a parameter there.
  public static func decode(_ bytes: some Collection<UInt8>, inAddress: Bool = false) -> String {
    let input = Array(bytes)
    guard input.contains(UInt8(ascii: "&")) else { return clean(input) }
    var output: [UInt8] = []
    output.reserveCapacity(input.count)
    var place = 0
    while place < input.count {
      let byte = input[place]
      if byte == UInt8(ascii: "&"), let (text, end) = reference(input, place, inAddress) {
        output += text
        place = end
      } else {
        output.append(byte)
        place += 1
      }
    }
    return clean(output)
  }

  /// The text of `bytes` as it stands, without the controls that no text may hold.
  public static func withoutControls(_ bytes: ArraySlice<UInt8>) -> String {
    clean(Array(bytes))
  }

  /// Without the controls that no text may hold; bytes that are not UTF-8 become U+FFFD.
  private static func clean(_ bytes: [UInt8]) -> String {
    bytes.allSatisfy(isKept)
      ? String(decoding: bytes, as: UTF8.self)
      : String(decoding: bytes.lazy.filter(isKept), as: UTF8.self)
  }

  private static func isKept(_ byte: UInt8) -> Bool {
    byte >= 0x20 ? byte != 0x7F : byte == 0x0A || byte == 0x09 || byte == 0x0D
  }

  private static func reference(
    _ bytes: [UInt8], _ start: Int, _ inAddress: Bool
  ) -> (text: [UInt8], end: Int)? {
    guard start + 2 < bytes.count else { return nil }
    if bytes[start + 1] == UInt8(ascii: "#") { return numeric(bytes, start) }
    return named(bytes, start, inAddress)
  }

  // MARK: By number

  private static func numeric(_ bytes: [UInt8], _ start: Int) -> (text: [UInt8], end: Int)? {
    guard let (value, end) = number(bytes, start) else { return nil }
    // Bytes of UTF-8 written as references, one each: what some exporters make of it.
    if (0xC2...0xF4).contains(value) {
      var row = [UInt8(value)]
      var next = end
      let length = value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4
      while row.count < length, let (more, after) = number(bytes, next),
        (0x80...0xBF).contains(more)
      {
        row.append(UInt8(more))
        next = after
      }
      let text = String(decoding: row, as: UTF8.self)
      if row.count == length, text.unicodeScalars.count == 1,
        !text.unicodeScalars.contains("\u{fffd}")
      {
        return (row, next)
      }
    }
    return (Array(scalar(value).map { String($0) }?.utf8 ?? "".utf8), end)
  }

  private static func number(_ bytes: [UInt8], _ start: Int) -> (value: UInt32, end: Int)? {
    guard start + 2 < bytes.count, bytes[start] == UInt8(ascii: "&"),
      bytes[start + 1] == UInt8(ascii: "#")
    else { return nil }
    let isHex = bytes[start + 2] | 0x20 == UInt8(ascii: "x")
    var place = start + (isHex ? 3 : 2)
    let first = place
    var value: UInt32 = 0
    while place < bytes.count, let digit = digit(bytes[place], isHex) {
      value = min(value * (isHex ? 16 : 10) + digit, 0x200000)
      place += 1
    }
    guard place > first else { return nil }
    if place < bytes.count, bytes[place] == UInt8(ascii: ";") { place += 1 }
    return (value, place)
  }

  private static func digit(_ byte: UInt8, _ isHex: Bool) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46 where isHex: UInt32(byte - 0x37)
    case 0x61...0x66 where isHex: UInt32(byte - 0x57)
    default: nil
    }
  }

  /// The character of a number; nil for controls, surrogates and what is no character.
  ///
  /// 128 to 159 mean windows-1252 (HTML, numeric character reference end state).
  private static func scalar(_ value: UInt32) -> Unicode.Scalar? {
    switch value {
    case 0x80...0x9F: return windows1252[Int(value) - 0x80]
    case 0x09, 0x0A, 0x0D: return Unicode.Scalar(value)
    case 0..<0x20, 0x7F, 0xFFFE, 0xFFFF: return nil
    default: return Unicode.Scalar(value)
    }
  }

  private static let windows1252: [Unicode.Scalar?] = [
    "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil, nil, "‘", "’",
    "“",
    "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
  ]

  // MARK: By name

  private static func named(
    _ bytes: [UInt8], _ start: Int, _ inAddress: Bool
  ) -> (text: [UInt8], end: Int)? {
    var end = start + 1
    while end < bytes.count, end - start <= 32, isNamePart(bytes[end]) { end += 1 }
    guard end > start + 1 else { return nil }
    let name = String(decoding: bytes[start + 1..<end], as: UTF8.self)
    let isClosed = end < bytes.count && bytes[end] == UInt8(ascii: ";")
    // Before `=` it is a parameter of an address that stands in a text.
    let isParameter = inAddress || (end < bytes.count && bytes[end] == UInt8(ascii: "="))
    guard isClosed || !isParameter, let text = NamedReferences.text(name) else { return nil }
    return (Array(text.utf8), isClosed ? end + 1 : end)
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
