/// Which hashes may be there: a bit each, so that most words of a text cost one look.
struct Bitmap: Sendable {
  private var words: [UInt64]
  /// How far a hash is shifted to the number of its bit: its highest bits count.
  private let shift: UInt64

  /// Room for `count` hashes at some 24 bits each, at most 4 MiB.
  init(for count: Int) {
    let wanted = UInt64(max(64, min(count * 24, 4 << 23)))
    let bits = UInt64(64 - (wanted - 1).leadingZeroBitCount)
    shift = 64 - bits
    words = Array(repeating: 0, count: 1 << Int(bits - 6))
  }

  mutating func insert(_ hash: UInt64) {
    let bit = hash >> shift
    words[Int(bit >> 6)] |= 1 << (bit & 63)
  }

  func mayHold(_ hash: UInt64) -> Bool {
    let bit = hash >> shift
    // The shift leaves no number beyond the words.
    return unsafe words.withUnsafeBufferPointer { unsafe $0[Int(bit >> 6)] } >> (bit & 63) & 1 != 0
  }
}
