/// A record as it lies in a segment: a header of 48 bytes, the payload, a newline, zeros to 8.
struct Frame: Hashable {
  static let headerSize = 48
  static let version: UInt8 = 1
  private static let magic = Array("TDR1".utf8)

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
}

extension Frame {
  /// The header of a new record; sequence, time and chain come when it is committed.
  ///
  /// - Throws: `refused` for a payload that no line of JSON can be.
  init(_ record: NewRecord, in stream: UInt32) throws(EventLogError) {
    guard !record.payload.isEmpty, record.payload.count <= Limits.payloadBytes else {
      throw .refused(
        reason: "a payload of \(record.payload.count) bytes; 1 to \(Limits.payloadBytes) are taken")
    }
    // So that no payload can hold a valid header, and each exported line is one line.
    guard !record.payload.contains(where: { $0 < 0x20 }) else {
      throw .refused(reason: "a payload with a control byte; write one line of JSON")
    }
    self.init(
      kind: record.kind, payloadLength: record.payload.count,
      payloadCRC: CRC32C.checksum(record.payload), stream: stream)
  }

  /// Writes the record to the end of `bytes` and notes its header's checksum.
  mutating func write(_ payload: [UInt8], to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes += Self.magic
    bytes.append(Self.version)
    bytes.append(flags)
    bytes.append(number: kind)
    bytes.append(number: UInt32(payloadLength))
    bytes.append(number: payloadCRC)
    bytes.append(number: sequence)
    bytes.append(number: time)
    bytes.append(number: index)
    bytes.append(number: count)
    bytes.append(number: stream)
    bytes.append(number: chain)
    headerCRC = CRC32C.checksum(bytes[start...])
    bytes.append(number: headerCRC)
    bytes += payload
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0, count: start + size - bytes.count))
  }

  /// The header at `offset`, if one that matches its checksum stands there whole.
  init?(headerIn bytes: [UInt8], at offset: Int) {
    guard offset + Self.headerSize <= bytes.count,
      bytes[offset..<offset + 4].elementsEqual(Self.magic),
      CRC32C.checksum(bytes[offset..<offset + 44])
        == bytes.number(at: offset + 44, as: UInt32.self),
      bytes[offset + 4] == Self.version, bytes[offset + 5] & ~(Self.lost | Self.redacted) == 0
    else { return nil }
    self.init(
      flags: bytes[offset + 5], kind: bytes.number(at: offset + 6),
      payloadLength: Int(bytes.number(at: offset + 8, as: UInt32.self)),
      payloadCRC: bytes.number(at: offset + 12), sequence: bytes.number(at: offset + 16),
      time: bytes.number(at: offset + 24), index: bytes.number(at: offset + 32),
      count: bytes.number(at: offset + 34), stream: bytes.number(at: offset + 36),
      chain: bytes.number(at: offset + 40), headerCRC: bytes.number(at: offset + 44))
    guard (1...Limits.payloadBytes).contains(payloadLength), index < count else { return nil }
  }

  /// The payload behind the header at `offset`, if it is whole and matches; else nil.
  func payload(in bytes: [UInt8], at offset: Int) -> ArraySlice<UInt8>? {
    let start = offset + Self.headerSize
    guard offset + size <= bytes.count else { return nil }
    let payload = bytes[start..<start + payloadLength]
    guard CRC32C.checksum(payload) == payloadCRC, bytes[start + payloadLength] == 0x0A,
      bytes[start + payloadLength + 1..<offset + size].allSatisfy({ $0 == 0 })
    else { return nil }
    return payload
  }
}
