/// Hashes of folded words: the same in every process, unlike `hashValue`.
enum WordHash {
  private static let first: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let second: UInt64 = 0xD6E8_FEB8_6659_FD93

  /// Takes in eight bytes at a time; most words are one or two such steps.
  static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let raw = UnsafeRawBufferPointer(bytes)
    var state = UInt64(raw.count) &* first
    var place = 0
    while place + 8 <= raw.count {
      state = step(state, unsafe raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      place += 8
    }
    if place < raw.count { state = step(state, unsafe tail(raw, from: place)) }
    return state ^ state >> 32
  }

  static func hash(_ text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { unsafe hash($0) }
  }

  /// Of two words side by side.
  static func pair(_ a: UInt64, _ b: UInt64) -> UInt64 {
    step(a &* first, b)
  }

  /// Of a few bytes in one number.
  static func short(_ value: UInt64) -> UInt64 { step(first, value) }

  private static func step(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let mixed = (state ^ UInt64(littleEndian: word)) &* second
    return mixed ^ mixed >> 29
  }

  /// The last bytes, fewer than eight, zeros behind them.
  private static func tail(_ raw: UnsafeRawBufferPointer, from place: Int) -> UInt64 {
    let count = raw.count - place
    if count >= 4 {
      let low = unsafe raw.loadUnaligned(fromByteOffset: place, as: UInt32.self)
      let high = unsafe raw.loadUnaligned(fromByteOffset: raw.count - 4, as: UInt32.self)
      return UInt64(UInt32(littleEndian: low))
        | UInt64(UInt32(littleEndian: high)) << UInt64(8 * (count - 4))
    }
    var word = UInt64(unsafe raw[place])
    if count > 1 { word |= UInt64(unsafe raw[place + 1]) << 8 }
    if count > 2 { word |= UInt64(unsafe raw[place + 2]) << 16 }
    return word
  }
}
