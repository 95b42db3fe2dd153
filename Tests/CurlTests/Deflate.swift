/// Compressed bodies made by hand.
enum Deflate {
  /// A gzip member that unpacks to `count` blanks or a few more, in a 160th of the room.
  ///
  /// One block of fixed codes (RFC 1951 §3.2.6): a blank, then "258 bytes from one before" again
  /// and again. The checksum is wrong; a bounded reader never gets that far.
  static func blanks(count: Int) -> [UInt8] {
    var bits = BitWriter(bytes: [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
    bits.write(1, count: 1)
    bits.write(1, count: 2)
    bits.writeCode(0x30 + 0x20, count: 8)
    for _ in 0...count / 258 {
      bits.writeCode(0b1100_0101, count: 8)
      bits.writeCode(0, count: 5)
    }
    bits.writeCode(0, count: 7)
    return bits.bytes + [UInt8](repeating: 0, count: 8)
  }
}

/// Bits packed into bytes from the lowest on.
private struct BitWriter {
  var bytes: [UInt8]
  private var used = 8

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func write(_ value: Int, count: Int) {
    for bit in 0..<count { write(bit: value >> bit & 1) }
  }

  /// Huffman codes come highest bit first.
  mutating func writeCode(_ code: Int, count: Int) {
    for bit in (0..<count).reversed() { write(bit: code >> bit & 1) }
  }

  private mutating func write(bit: Int) {
    if used == 8 {
      bytes.append(0)
      used = 0
    }
    bytes[bytes.count - 1] |= UInt8(bit << used)
    used += 1
  }
}
