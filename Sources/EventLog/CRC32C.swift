import CCRC32C

/// CRC32C: Castagnoli, reflected, polynomial `0x82F63B78`; `123456789` gives `0xE3069283`.
///
/// By the CPU's instruction where there is one, else by eight tables.
enum CRC32C {
  static let isInHardware = crc32c_isInHardware() != 0

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    unsafe bytes.withUnsafeBytes { unsafe checksum($0) }
  }

  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    unsafe bytes.withUnsafeBytes { unsafe checksum($0) }
  }

  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    guard isInHardware else { return unsafe ~CRC32CTables.update(~0, bytes) }
    guard let base = bytes.baseAddress else { return 0 }
    return unsafe ~crc32c_update(
      ~0, base.assumingMemoryBound(to: UInt8.self), bytes.count)
  }
}
