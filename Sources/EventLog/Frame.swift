/// A record as it lies in a segment: a header of 48 bytes, the payload, a newline, zeros to 8.
///
/// The bytes are drawn in Format.md. Numbers are little endian.
struct Frame: Hashable {
  static let headerSize = 48
  static let version: UInt8 = 1
  /// `TDR1`.
  static let magic: UInt32 = 0x3152_4454

  /// Bits of `flags`.
  static let lost: UInt8 = 4
  static let redacted: UInt8 = 8

  var flags: UInt8 = 0
  var kind: UInt16
  var payloadLength: Int
  var payloadCRC: UInt32
  var sequence: UInt64 = 0
  /// Microseconds since 1970.
  var time: Int64 = 0
  /// Place in its batch, from 0, and how many the batch has.
  var index: UInt16 = 0
  var count: UInt16 = 1
  var stream: UInt32
  /// The header checksum of the record before; 0 for the first of a segment.
  var chain: UInt32 = 0
  var headerCRC: UInt32 = 0

  /// Bytes that a record with such a payload takes.
  static func size(payload: Int) -> Int { (headerSize + payload + 1 + 7) & ~7 }

  var size: Int { Self.size(payload: payloadLength) }

  /// The sequence of the first record of its batch.
  var batchStart: UInt64 { sequence - UInt64(index) }

  /// Where the payload of a frame at `offset` lies.
  func payload(at offset: Int) -> Range<Int> {
    offset + Self.headerSize..<offset + Self.headerSize + payloadLength
  }
}

// MARK: - Writing

extension Frame {
  /// Writes payload, padding and what the header says of them to `target`, which has `size` bytes; the
  /// header is whole once `complete` has been called.
  ///
  /// The payload's checksum is made here; returns false, and leaves nothing of use, where the payload has a byte
  /// below `0x20`: then no payload can look like a header, and each exported line is one line.
  mutating func write(
    _ payload: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    let body = unsafe UnsafeMutableRawBufferPointer(rebasing: target[Self.headerSize...])
    guard let crc = unsafe CRC32C.copy(payload, to: body) else { return false }
    payloadCRC = crc
    let end = Self.headerSize + payload.count
    unsafe target[end] = 0x0A
    for place in end + 1..<size { unsafe target[place] = 0 }
    unsafe target.store(Self.magic, at: 0)
    unsafe target[4] = Self.version
    unsafe target[5] = flags
    unsafe target.store(kind, at: 6)
    unsafe target.store(UInt32(payloadLength), at: 8)
    unsafe target.store(payloadCRC, at: 12)
    unsafe target.store(stream, at: 36)
    return true
  }

  /// Writes what is known only when the batch is: sequence, time, place, chain and header checksum.
  mutating func complete(_ header: UnsafeMutableRawBufferPointer) {
    unsafe header.store(sequence, at: 16)
    unsafe header.store(time, at: 24)
    unsafe header.store(index, at: 32)
    unsafe header.store(count, at: 34)
    unsafe header.store(chain, at: 40)
    let covered = unsafe UnsafeRawBufferPointer(rebasing: header[..<44])
    headerCRC = unsafe CRC32C.checksum(covered)
    unsafe header.store(headerCRC, at: 44)
  }

  /// The frame's bytes, by itself.
  mutating func bytes(_ payload: [UInt8]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: size)
    unsafe bytes.withUnsafeMutableBytes { target in
      _ = unsafe payload.withUnsafeBytes { unsafe write($0, to: target) }
      unsafe complete(target)
    }
    return bytes
  }
}

// MARK: - Reading

extension Frame {
  /// The header at `offset`, if one that matches its checksum stands there whole.
  init?(headerIn bytes: UnsafeRawBufferPointer, at offset: Int) {
    guard offset + Self.headerSize <= bytes.count,
      unsafe bytes.number(at: offset, as: UInt32.self) == Self.magic
    else { return nil }
    let header = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + Self.headerSize])
    let covered = unsafe UnsafeRawBufferPointer(rebasing: header[..<44])
    headerCRC = unsafe header.number(at: 44)
    guard unsafe CRC32C.checksum(covered) == headerCRC, unsafe header[4] == Self.version,
      unsafe header[5] & ~(Self.lost | Self.redacted) == 0
    else { return nil }
    flags = unsafe header[5]
    kind = unsafe header.number(at: 6)
    payloadLength = Int(unsafe header.number(at: 8, as: UInt32.self))
    payloadCRC = unsafe header.number(at: 12)
    sequence = unsafe header.number(at: 16)
    time = unsafe header.number(at: 24)
    index = unsafe header.number(at: 32)
    count = unsafe header.number(at: 34)
    stream = unsafe header.number(at: 36)
    chain = unsafe header.number(at: 40)
    guard (1...Limits.payloadBytes).contains(payloadLength), index < count,
      count <= Limits.recordsInBatch, sequence > index, sequence <= Limits.lastSequence
    else { return nil }
  }

  /// Whether the payload behind the header at `offset` is whole and matches.
  func isWhole(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
    guard offset + size <= bytes.count else { return false }
    let range = payload(at: offset)
    let payload = unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
    guard unsafe CRC32C.checksum(payload) == payloadCRC,
      unsafe bytes[range.upperBound] == 0x0A
    else { return false }
    return unsafe bytes[range.upperBound + 1..<offset + size].allSatisfy { $0 == 0 }
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Stores `value` in as many bytes as its type has, least first.
  func store<Number: FixedWidthInteger & BitwiseCopyable>(_ value: Number, at offset: Int) {
    unsafe storeBytes(of: value.littleEndian, toByteOffset: offset, as: Number.self)
  }
}

extension UnsafeRawBufferPointer {
  /// The number at `offset`, which must lie within the bytes.
  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, as: Number.Type = Number.self
  ) -> Number {
    Number(littleEndian: unsafe loadUnaligned(fromByteOffset: offset, as: Number.self))
  }
}
