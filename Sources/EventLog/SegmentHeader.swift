/// The first 64 bytes of a segment.
struct SegmentHeader: Hashable {
  static let size = 64
  static let version: UInt16 = 1
  private static let magic = Array("TIDSEG01".utf8)

  /// Sequence of the segment's first record; also its name.
  var first: UInt64
  /// Random, the same in every segment of a log.
  var log: UInt128
  /// Microseconds since 1970.
  var created: Int64
  /// The header checksum of the record before; 0 in the first segment.
  var link: UInt32

  static func name(_ first: UInt64) -> String {
    let digits = String(first)
    return String(repeating: "0", count: 20 - digits.count) + digits + ".seg"
  }

  static func isName(_ text: String) -> Bool {
    UInt64(text.dropLast(4)).map(name) == text
  }

  var bytes: [UInt8] {
    var bytes = Self.magic
    bytes.append(number: Self.version)
    bytes.append(number: UInt16(Self.size))
    bytes.append(number: UInt32(0))
    bytes.append(number: first)
    bytes.append(number: log)
    bytes.append(number: created)
    bytes.append(number: link)
    bytes.append(number: UInt64(0))
    bytes.append(number: CRC32C.checksum(bytes))
    return bytes
  }

  init(first: UInt64, log: UInt128, created: Int64, link: UInt32) {
    self.first = first
    self.log = log
    self.created = created
    self.link = link
  }

  /// Reads a header.
  ///
  /// - Throws: `newer` for a later version, else `corrupt`.
  init(_ bytes: [UInt8], of segment: String) throws(EventLogError) {
    guard bytes.count >= Self.size, Array(bytes[..<8]) == Self.magic else {
      throw .corrupt(segment: segment, offset: 0, reason: "no segment header")
    }
    let version: UInt16 = bytes.number(at: 8)
    guard version <= Self.version else { throw .newer(version: version) }
    guard CRC32C.checksum(Array(bytes[..<60])) == bytes.number(at: 60) else {
      throw .corrupt(segment: segment, offset: 0, reason: "header does not match its checksum")
    }
    guard bytes.number(at: 12, as: UInt32.self) == 0, bytes.number(at: 10, as: UInt16.self) == 64
    else {
      throw .newer(version: version + 1)
    }
    guard (1...Limits.lastSequence).contains(bytes.number(at: 16)) else {
      throw .corrupt(segment: segment, offset: 16, reason: "no record has such a number")
    }
    self.init(
      first: bytes.number(at: 16), log: bytes.number(at: 24), created: bytes.number(at: 40),
      link: bytes.number(at: 48))
  }
}
