/// What one look at bytes tells: whether they are UTF-8, and whether controls stand among them.
///
/// Eight bytes at a time where all are ASCII, one character at a time elsewhere.
public struct UTF8Survey: Sendable {
  /// Characters of several bytes.
  public private(set) var sequences = 0
  /// Pieces that are no UTF-8, each as long as a decoder would take for one (Unicode, section 3.9).
  public private(set) var bad = 0
  /// Whether there are controls that no text may hold: all of C0 but tab and line ends, and U+007F.
  public private(set) var hasControls = false

  public var isASCII: Bool { sequences == 0 && bad == 0 }

  /// Looks at `bytes` until as many as `limit` characters of several bytes, or none, were seen.
  public init(_ bytes: [UInt8], upTo limit: Int = .max) {
    unsafe bytes.withUnsafeBytes { buffer in
      var place = 0
      while place < buffer.count, sequences + bad < limit {
        if place + 8 <= buffer.count {
          let word = unsafe buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self)
          if word & Self.high == 0 {
            if Self.mayHoldControl(word) { noteControls(in: word) }
            place += 8
            continue
          }
        }
        let byte = unsafe buffer[place]
        if byte < 0x80 {
          if Self.isControl(byte) { hasControls = true }
          place += 1
        } else {
          place += unsafe take(UnsafeRawBufferPointer(rebasing: buffer[place...]))
        }
      }
    }
  }

  private mutating func noteControls(in word: UInt64) {
    for shift in stride(from: 0 as UInt64, to: 64, by: 8)
    where Self.isControl(UInt8(truncatingIfNeeded: word >> shift)) {
      hasControls = true
    }
  }

  /// Judges the character that `bytes` begin with, and gives its length.
  private mutating func take(_ bytes: UnsafeRawBufferPointer) -> Int {
    let lead = unsafe bytes[0]
    let (length, second) = Self.shape(lead)
    guard length > 0, bytes.count > 1, second.contains(unsafe bytes[1]) else {
      bad += 1
      return 1
    }
    var place = 2
    while place < length {
      guard place < bytes.count, unsafe bytes[place] & 0xC0 == 0x80 else {
        bad += 1
        return place
      }
      place += 1
    }
    sequences += 1
    return length
  }

  /// How long a character is that begins with `lead`, and what its second byte may be (table 3-7).
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

  private static var high: UInt64 { 0x8080_8080_8080_8080 }

  /// Whether one of eight ASCII bytes is under 0x20, or 0x7F: line ends are, so a second look decides.
  private static func mayHoldControl(_ word: UInt64) -> Bool {
    let low = (word &- 0x2020_2020_2020_2020) & high
    let delete = (word &+ 0x0101_0101_0101_0101) & high
    return low | delete != 0
  }

  static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 ? byte != 0x09 && byte != 0x0A && byte != 0x0D : byte == 0x7F
  }
}
