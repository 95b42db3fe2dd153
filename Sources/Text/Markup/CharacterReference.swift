/// References to characters, as HTML knows them: `&amp;`, `&rsquo;`, `&#8230;`, `&#x2026;`.
public enum CharacterReference {
  /// `bytes` with every reference replaced; what is none stays as it is.
  ///
  /// In an address a name without its semicolon stays too, for `&copy=3` is a parameter there.
  public static func decode(_ bytes: some Collection<UInt8>, inAddress: Bool = false) -> String {
    let input = Array(bytes)
    guard input.contains(UInt8(ascii: "&")) else { return clean(input) }
    var output: [UInt8] = []
    append(input, input.indices, inAddress: inAddress, to: &output)
    return clean(output)
  }

  /// Appends `bytes[range]` with every reference replaced; what is none stays as it is.
  ///
  /// A reference is never shorter than its character, so the output never outgrows the input. Of bytes
  /// that are UTF-8 it makes UTF-8.
  public static func append(
    _ bytes: [UInt8], _ range: Range<Int>, inAddress: Bool = false, to output: inout [UInt8]
  ) {
    let end = range.upperBound
    var place = range.lowerBound
    if output.isEmpty { output.reserveCapacity(range.count) }
    while true {
      let mark = ByteSearch.first(UInt8(ascii: "&"), in: bytes, from: place, to: end)
      output += bytes[place..<mark]
      guard mark < end else { return }
      if let next = reference(bytes, mark, end, inAddress, &output) {
        place = next
      } else {
        output.append(UInt8(ascii: "&"))
        place = mark + 1
      }
    }
  }

  /// `text` without the controls that no text may hold; most have none and are given back.
  public static func withoutControls(_ text: String) -> String {
    text.utf8.allSatisfy(isKept) ? text : clean(Array(text.utf8))
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

  /// Appends the character of the reference at `start` and gives the place behind it; nil for none.
  private static func reference(
    _ bytes: [UInt8], _ start: Int, _ end: Int, _ inAddress: Bool, _ output: inout [UInt8]
  ) -> Int? {
    guard start + 2 < end else { return nil }
    switch bytes[start + 1] {
    case UInt8(ascii: "#"): return numeric(bytes, start, end, &output)
    case UInt8(ascii: "l"), UInt8(ascii: "g"), UInt8(ascii: "a"), UInt8(ascii: "q"):
      if let next = usual(bytes, start, end, &output) { return next }
    default: break
    }
    return named(bytes, start, end, inAddress, &output)
  }

  /// The four that escaped HTML is full of.
  private static func usual(
    _ bytes: [UInt8], _ start: Int, _ end: Int, _ output: inout [UInt8]
  ) -> Int? {
    guard start + 6 <= end else { return nil }
    let word = bytes[start + 1..<start + 6].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    switch word {
    case 0x6C_743B_0000...0x6C_743B_FFFF: output.append(UInt8(ascii: "<"))
    case 0x67_743B_0000...0x67_743B_FFFF: output.append(UInt8(ascii: ">"))
    case 0x61_6D70_3B00...0x61_6D70_3BFF:
      output.append(UInt8(ascii: "&"))
      return start + 5
    case 0x71_756F_743B:
      output.append(UInt8(ascii: "\""))
      return start + 6
    default: return nil
    }
    return start + 4
  }

  // MARK: By number

  private static func numeric(
    _ bytes: [UInt8], _ start: Int, _ end: Int, _ output: inout [UInt8]
  ) -> Int? {
    guard let (value, next) = number(bytes, start, end) else { return nil }
    if let behind = sequence(value, bytes, next, end, &output) { return behind }
    if let scalar = scalar(value) { output += UTF8.encode(scalar) ?? .init() }
    return next
  }

  /// Bytes of UTF-8 written as references, one each: what some exporters make of it.
  private static func sequence(
    _ first: UInt32, _ bytes: [UInt8], _ start: Int, _ end: Int, _ output: inout [UInt8]
  ) -> Int? {
    guard (0xC2...0xF4).contains(first) else { return nil }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    var value = first & (0x7F >> UInt32(length))
    var next = start
    for _ in 1..<length {
      guard let (more, after) = number(bytes, next, end), (0x80...0xBF).contains(more) else {
        return nil
      }
      value = value << 6 | more & 0x3F
      next = after
    }
    // Neither a surrogate nor longer than it need be.
    guard let scalar = Unicode.Scalar(value), UTF8.width(scalar) == length else { return nil }
    output += UTF8.encode(scalar) ?? .init()
    return next
  }

  private static func number(
    _ bytes: [UInt8], _ start: Int, _ end: Int
  ) -> (value: UInt32, end: Int)? {
    guard start + 2 < end, bytes[start] == UInt8(ascii: "&"),
      bytes[start + 1] == UInt8(ascii: "#")
    else { return nil }
    let isHex = bytes[start + 2] | 0x20 == UInt8(ascii: "x")
    var place = start + (isHex ? 3 : 2)
    let first = place
    var value: UInt32 = 0
    while place < end, let digit = digit(bytes[place], isHex) {
      value = min(value * (isHex ? 16 : 10) + digit, 0x200000)
      place += 1
    }
    guard place > first else { return nil }
    if place < end, bytes[place] == UInt8(ascii: ";") { place += 1 }
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
    _ bytes: [UInt8], _ start: Int, _ limit: Int, _ inAddress: Bool, _ output: inout [UInt8]
  ) -> Int? {
    var end = start + 1
    while end < limit, end - start <= 32, isNamePart(bytes[end]) { end += 1 }
    guard end > start + 1 else { return nil }
    let isClosed = end < limit && bytes[end] == UInt8(ascii: ";")
    // Before `=` it is a parameter of an address that stands in a text.
    let isParameter = inAddress || (end < limit && bytes[end] == UInt8(ascii: "="))
    guard isClosed || !isParameter, let text = NamedReferences.text(bytes[start + 1..<end]) else {
      return nil
    }
    output += text
    return isClosed ? end + 1 : end
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
