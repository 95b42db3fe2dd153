/// What a character does to a word and what it becomes, in eight bytes, so that the table stays small.
struct FoldEntry: Hashable, Sendable {
  /// How a character takes part in words.
  enum Class: UInt8 {
    /// Between words.
    case separator
    /// Between words, and white space: ends a sentence behind a full stop.
    case space
    /// Part of a word, with its neighbours of the same class.
    case letter
    /// A word of its own: Han, Kana.
    case single
    /// The base of a unit of scripts that write no spaces: Thai, Lao, Khmer, Burmese.
    case unit
    /// Joins what stands before it: combining marks; those that are stripped fold to nothing.
    case mark
    /// A mark that may make one character with that before it (NFC, UAX #15).
    case composing
    /// Not there for comparison: soft hyphens, joiners, direction marks, variation selectors.
    case ignored
  }

  /// The most bytes of a folded form that fit here.
  static let capacity = 6
  private static let long = UInt8.max

  let `class`: Class
  private let length: UInt8
  /// The folded bytes, first lowest.
  private let high: UInt16
  private let low: UInt32

  init(_ class: Class, _ folded: [UInt8] = []) {
    self.class = `class`
    let isLong = folded.count > Self.capacity
    length = isLong ? Self.long : UInt8(folded.count)
    let bytes = folded.prefix(Self.capacity).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    (low, high) = (UInt32(truncatingIfNeeded: bytes), UInt16(truncatingIfNeeded: bytes >> 32))
  }

  /// A character of three bytes of UTF-8 that stands for itself.
  init(_ class: Class, itself value: UInt32) {
    (self.class, length, high) = (`class`, 3, 0)
    low = (0xE0 | value >> 12) | (0x80 | value >> 6 & 0x3F) << 8 | (0x80 | value & 0x3F) << 16
  }

  /// The folded bytes, first lowest.
  var bytes: UInt64 { UInt64(low) | UInt64(high) << 32 }

  /// How many folded bytes there are; nil where they do not fit and must be asked for.
  var count: Int? { length == Self.long ? nil : Int(length) }
}
