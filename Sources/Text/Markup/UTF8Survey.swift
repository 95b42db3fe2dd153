/// What one look at bytes tells: whether they are UTF-8, and whether controls stand among them.
///
/// Several characters at a time where they are of one kind, as in most texts, else one at a time.
public struct UTF8Survey: Sendable {
  /// Characters of several bytes.
  public private(set) var sequences = 0
  /// Pieces that are no UTF-8, each as long as a decoder would take for one (Unicode, section 3.9).
  public private(set) var bad = 0
  /// Whether there are controls that no text may hold: all of C0 but tab and line ends, and U+007F.
  public private(set) var hasControls = false

  public var isASCII: Bool { sequences == 0 && bad == 0 }

  /// Looks at `bytes`, or at what comes before more than `limit` bad pieces.
  public init(_ bytes: [UInt8], badLimit limit: Int = .max) {
    unsafe bytes.withUnsafeBytes { buffer in
      var place = 0
      while place < buffer.count, bad <= limit {
        if place &+ 8 <= buffer.count {
          let taken = take(unsafe buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self))
          if taken > 0 {
            place &+= taken
            continue
          }
        }
        place &+= unsafe take(buffer, place)
      }
    }
  }

  /// How many of eight bytes were judged: those before the first that is neither ASCII nor in a pair.
  @inline(__always)
  private mutating func take(_ word: UInt64) -> Int {
    let word = UInt64(littleEndian: word)
    let high = word & 0x8080_8080_8080_8080
    if high == 0 {
      if Self.mayHoldControl(word) { noteControls(in: word) }
      return 8
    }
    // Four characters of two bytes each, whose first is not one of the two that are never right.
    if word & 0xC0E0_C0E0_C0E0_C0E0 == 0x80C0_80C0_80C0_80C0,
      ((word & 0x001E_001E_001E_001E) &+ 0x7FFF_7FFF_7FFF_7FFF) & 0x8000_8000_8000_8000
        == 0x8000_8000_8000_8000
    {
      sequences &+= 4
      return 8
    }
    // Two characters of three bytes, but those whose second byte is bounded more narrowly.
    if word & 0xC0C0_F0C0_C0F0 == 0x8080_E080_80E0 {
      let (first, second) = (word & 0xF, word >> 24 & 0xF)
      if first != 0, first != 0xD, second != 0, second != 0xD {
        sequences &+= 2
        return 6
      }
    }
    let count = high.trailingZeroBitCount / 8
    guard count > 0 else { return 0 }
    let blanks: UInt64 = 0x2020_2020_2020_2020 << UInt64(8 &* count)
    let ascii = word & (1 << UInt64(8 &* count) &- 1) | blanks
    if Self.mayHoldControl(ascii) { noteControls(in: ascii) }
    return count
  }

  private mutating func noteControls(in word: UInt64) {
    for shift in stride(from: 0 as UInt64, to: 64, by: 8)
    where Self.isControl(UInt8(truncatingIfNeeded: word >> shift)) {
      hasControls = true
    }
  }

  /// Judges the character at `place`, and gives its length.
  private mutating func take(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Int {
    let lead = unsafe bytes[place]
    guard lead >= 0x80 else {
      if Self.isControl(lead) { hasControls = true }
      return 1
    }
    let (length, second) = Self.shape(lead)
    guard length > 0, place &+ 1 < bytes.count, second.contains(unsafe bytes[place &+ 1]) else {
      bad &+= 1
      return 1
    }
    var count = 2
    while count < length {
      guard place &+ count < bytes.count, unsafe bytes[place &+ count] & 0xC0 == 0x80 else {
        bad &+= 1
        return count
      }
      count &+= 1
    }
    sequences &+= 1
    return length
  }

  /// How long a character is that begins with `lead`, and what its second byte may be (table 3-7).
  @inline(__always)
  private static func shape(_ lead: UInt8) -> (length: Int, second: ClosedRange<UInt8>) {
    switch lead {
    case 0xC2...0xDF: (2, 0x80...0xBF)
    case 0xE0: (3, 0xA0...0xBF)
    case 0xED: (3, 0x80...0x9F)
    case 0xE1...0xEF: (3, 0x80...0xBF)
    case 0xF0: (4, 0x90...0xBF)
    case 0xF1...0xF3: (4, 0x80...0xBF)
    case 0xF4: (4, 0x80...0x8F)
    default: (0, 0x80...0xBF)
    }
  }

  // MARK: Controls

  /// Whether one of eight ASCII bytes is under 0x20, or 0x7F: line ends are, so a second look decides.
  @inline(__always)
  private static func mayHoldControl(_ word: UInt64) -> Bool {
    let low = word &- 0x2020_2020_2020_2020
    let delete = word &+ 0x0101_0101_0101_0101
    return (low | delete) & 0x8080_8080_8080_8080 != 0
  }

  /// Whether no text may hold `byte`: C0 but tab and line ends, and U+007F.
  public static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 ? byte != 0x09 && byte != 0x0A && byte != 0x0D : byte == 0x7F
  }
}
