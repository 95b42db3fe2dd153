/// What ``FoldTable`` says of ASCII, computed for eight characters at a time.
enum ASCII {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops = ones &* 0x80

  /// Whether a byte is part of a word: a letter, a digit or `_`.
  static func isLetter(_ byte: UInt8) -> Bool {
    letters(in: UInt64(byte)) & 0x80 != 0
  }

  /// Eight characters in lower case, and how many from the first one on are letters.
  static func fold(_ bytes: UInt64) -> (folded: UInt64, letters: Int) {
    let capitals = range(bytes & ~tops, 0x41, 0x5A) & ~bytes
    return (bytes | capitals >> 2, (~letters(in: bytes) & tops).trailingZeroBitCount / 8)
  }

  /// The top bit of each byte that is a letter.
  private static func letters(in bytes: UInt64) -> UInt64 {
    let low = bytes & ~tops
    let letters = range(low | ones &* 0x20, 0x61, 0x7A)
    return (letters | range(low, 0x30, 0x39) | range(low, 0x5F, 0x5F)) & ~bytes
  }

  /// The top bit of each byte from `first` to `last`; all bytes are below 128, so no sum runs over.
  private static func range(_ bytes: UInt64, _ first: UInt64, _ last: UInt64) -> UInt64 {
    (bytes &+ ones &* (0x80 - first)) & ~(bytes &+ ones &* (0x7F - last)) & tops
  }
}
