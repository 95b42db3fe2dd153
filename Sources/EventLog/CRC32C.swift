import CCRC32C

/// CRC32C: Castagnoli, reflected, polynomial `0x82F63B78`; `123456789` gives `0xE3069283`.
///
/// By the CPU's instruction where there is one, else by eight tables.
enum CRC32C {
  static let isInHardware = crc32c_isInHardware() != 0

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    unsafe bytes.withUnsafeBytes { unsafe checksum($0) }
  }

  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    guard isInHardware else { return unsafe ~CRC32CTables.update(~0, bytes) }
    guard let base = bytes.baseAddress else { return 0 }
    return unsafe ~crc32c_update(~0, base.assumingMemoryBound(to: UInt8.self), bytes.count)
  }

  /// Copies `source` to the beginning of `target`, which has room for it.
  ///
  /// Returns the checksum of the bytes, or nil if one of them is below `0x20`.
  static func copy(
    _ source: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
  ) -> UInt32? {
    guard let from = source.baseAddress, let to = target.baseAddress else { return 0 }
    guard isInHardware else {
      unsafe target.copyMemory(from: source)
      return unsafe source.contains { $0 < 0x20 } ? nil : checksum(source)
    }
    var crc = ~UInt32(0)
    let below = unsafe crc32c_copy(
      &crc, to.assumingMemoryBound(to: UInt8.self), from.assumingMemoryBound(to: UInt8.self),
      source.count)
    return below == 0 ? ~crc : nil
  }
}
