/// CRC32C without the CPU's instruction: eight bytes a step, a table for each.
enum CRC32CTables {
  /// Eight tables of 256, one after the other; table `k` moves a byte `k` places further.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var value = UInt32(byte)
      for _ in 0..<8 {
        value = value & 1 == 1 ? (value >> 1) ^ 0x82F6_3B78 : value >> 1
      }
      tables[byte] = value
    }
    for place in 256..<8 * 256 {
      let before = tables[place - 256]
      tables[place] = (before >> 8) ^ tables[Int(before & 0xFF)]
    }
    return tables
  }()

  /// The running CRC after `bytes`; start with all ones and invert at the end.
  static func update(_ crc: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
    let table = tables
    var crc = crc
    var place = 0
    while place + 8 <= bytes.count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian
      let mixed = word ^ UInt64(crc)
      crc = 0
      for byte in 0..<8 {
        crc ^= table[(7 - byte) * 256 + Int((mixed >> (8 * UInt64(byte))) & 0xFF)]
      }
      place += 8
    }
    while place < bytes.count {
      crc = unsafe (crc >> 8) ^ table[Int((crc ^ UInt32(bytes[place])) & 0xFF)]
      place += 1
    }
    return crc
  }
}
