/// A hash by which the same document is known again, over restarts.
///
/// Not for security: whoever could make two documents collide owns both. Eight bytes a step, mixed
/// by a multiplication to 128 bits, so that 37 KB cost a few microseconds.
enum BodyHash {
  private static let step: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// The hash of `bytes`; a document and a prefix of it differ also by length.
  static func hash(_ bytes: [UInt8]) -> UInt64 {
    var state = UInt64(truncatingIfNeeded: bytes.count) &* step
    var index = 0
    while index + 8 <= bytes.count {
      var word: UInt64 = 0
      for offset in 0..<8 { word |= UInt64(bytes[index + offset]) << UInt64(offset * 8) }
      state = mix(state ^ word)
      index += 8
    }
    var rest: UInt64 = 0
    for (offset, byte) in bytes[index...].enumerated() {
      rest |= UInt64(byte) << UInt64(offset * 8)
    }
    return mix(mix(state ^ rest) ^ step)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let (high, low) = (value &+ step).multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
    return high ^ low ^ value.byteSwapped
  }
}
