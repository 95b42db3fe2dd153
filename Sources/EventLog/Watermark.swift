/// How far the log is on disk: what readers may see, and what a start must find.
///
/// Two slots, in other sectors and other pages, are written in turn; the valid one of the higher
/// generation counts, so a torn write of one leaves the other.
struct Watermark: Hashable {
  static let fileSize = 8_192
  private static let magic = Array("TIDMARK1".utf8)

  var generation: UInt64 = 0
  /// The last durable sequence; 0 in an empty log.
  var last: UInt64 = 0
  /// The first sequence of the segment that holds it.
  var segment: UInt64 = 0
  /// Where the last batch ends in it.
  var offset: UInt64 = 0
  /// Recorded time of the last record, microseconds since 1970.
  var time: Int64 = 0
  /// Header checksum of the last record.
  var headerCRC: UInt32 = 0
  var isClean = false

  /// Where this generation's slot begins.
  var slot: Int { generation & 1 == 0 ? 0 : 4_096 }

  var bytes: [UInt8] {
    var bytes = Self.magic
    bytes.append(number: generation)
    bytes.append(number: last)
    bytes.append(number: segment)
    bytes.append(number: offset)
    bytes.append(number: time)
    bytes.append(number: headerCRC)
    bytes.append(number: UInt32(isClean ? 1 : 0))
    bytes.append(number: UInt32(0))
    bytes.append(number: CRC32C.checksum(bytes))
    return bytes
  }

  /// The valid slot of the higher generation; nil if there is none.
  static func latest(in file: [UInt8]) -> Watermark? {
    [0, 4_096].compactMap { Watermark(file, at: $0) }.max { $0.generation < $1.generation }
  }

  init() {}

  /// The next generation, at the end of `segment`.
  func following(
    _ segment: Segment, time: Int64, headerCRC: UInt32, isClean: Bool
  ) -> Watermark {
    var mark = self
    mark.generation += 1
    mark.last = segment.next - 1
    (mark.segment, mark.offset) = (segment.first, segment.end)
    mark.time = time == .min ? 0 : time
    (mark.headerCRC, mark.isClean) = (headerCRC, isClean)
    return mark
  }

  private init?(_ bytes: [UInt8], at start: Int) {
    guard start + 64 <= bytes.count, bytes[start..<start + 8].elementsEqual(Self.magic),
      CRC32C.checksum(Array(bytes[start..<start + 60]))
        == bytes.number(at: start + 60, as: UInt32.self)
    else { return nil }
    generation = bytes.number(at: start + 8)
    last = bytes.number(at: start + 16)
    segment = bytes.number(at: start + 24)
    offset = bytes.number(at: start + 32)
    time = bytes.number(at: start + 40)
    headerCRC = bytes.number(at: start + 48)
    isClean = bytes.number(at: start + 52, as: UInt32.self) == 1
    guard generation <= Limits.lastSequence, last < Limits.lastSequence,
      offset <= Limits.largestFileBytes
    else { return nil }
  }
}
