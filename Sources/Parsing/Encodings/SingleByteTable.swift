import Synchronization
import Text

/// The characters of a set that has a byte for each, as UTF-8.
///
/// Made by iconv the first time a set is met, and much faster than iconv from then on.
struct SingleByteTable: Sendable {
  /// Of each byte: up to three bytes of UTF-8, the first lowest; how many there are, from bit 24 on; and
  /// in bit 31 whether the set has no character for it.
  private let entries: [UInt32]

  private static let known = Mutex<[String: SingleByteTable]>([:])

  /// The table of the set that iconv calls `name`.
  static func named(_ name: String) throws(FeedParseError) -> SingleByteTable {
    if let table = known.withLock({ $0[name] }) { return table }
    let table = try SingleByteTable(name)
    known.withLock { $0[name] = table }
    return table
  }

  private init(_ name: String) throws(FeedParseError) {
    var entries: [UInt32] = []
    for byte in UInt8.min...UInt8.max {
      let (bytes, bad) = byte < 0x80 ? ([byte], 0) : try Iconv.decode([byte], from: name)
      let packed = bytes.reversed().reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
      entries.append(packed | UInt32(bytes.count) << 24 | UInt32(bad) << 31)
    }
    self.entries = entries
  }

  /// How many bytes of `input` are no characters, and whether there are controls that no text may hold.
  func survey(_ input: ArraySlice<UInt8>) -> (bad: Int, hasControls: Bool) {
    var counts = [Int](repeating: 0, count: 256)
    for byte in input { counts[Int(byte)] &+= 1 }
    let bad = (0..<256).reduce(0) { $0 + (entries[$1] >> 31 == 1 ? counts[$1] : 0) }
    let controls = (UInt8.min...0x7F).filter(UTF8Survey.isControl)
    return (bad, controls.contains { counts[Int($0)] > 0 })
  }

  /// The UTF-8 of `input`.
  func decode(_ input: ArraySlice<UInt8>) -> [UInt8] {
    let high = input.count { $0 >= 0x80 }
    // Eight bytes are written at once, or four, of which one to three count.
    let room = input.count + 2 * high + 8
    return unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      count = unsafe input.withUnsafeBytes {
        unsafe write($0, UnsafeMutableRawBufferPointer(buffer))
      }
    }
  }

  /// Writes the characters of `source`; gives the number of bytes written.
  private func write(
    _ source: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> Int {
    var (from, to) = (0, 0)
    while from < source.count {
      if from &+ 8 <= source.count {
        let word = unsafe source.loadUnaligned(fromByteOffset: from, as: UInt64.self)
        if word & 0x8080_8080_8080_8080 == 0 {
          unsafe output.storeBytes(of: word, toByteOffset: to, as: UInt64.self)
          from &+= 8
          to &+= 8
          continue
        }
      }
      let entry = entries[Int(unsafe source[from])]
      unsafe output.storeBytes(of: UInt32(littleEndian: entry), toByteOffset: to, as: UInt32.self)
      from &+= 1
      to &+= Int(entry >> 24 & 7)
    }
    return to
  }
}
