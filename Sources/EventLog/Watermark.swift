/// How far the log is on disk: what readers may see, and what a start must find.
///
/// Two slots, in other sectors and other pages, are written in turn; the valid one of the higher
/// generation counts, so a torn write of one leaves the other.
struct Watermark: Hashable {
  static let fileSize = 8_192
  static let pageSize = 4_096
  private static let size = 64
  /// Where the slots begin.
  static let slots = [0, pageSize]
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
  var slot: Int { Self.slots[Int(generation & 1)] }

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

  /// The valid one of the higher generation among slots; nil if there is none.
  static func latest(among slots: [[UInt8]]) -> Watermark? {
    slots.compactMap { Watermark($0) }.max { $0.generation < $1.generation }
  }

  /// That of a file, each slot read by itself, so that a page that cannot be read leaves the other.
  ///
  /// - Throws: `io` where no slot can be read.
  static func latest(in file: OpenFile, _ disk: any Disk) throws(EventLogError) -> Watermark? {
    var found: [[UInt8]] = []
    var failure: EventLogError?
    for slot in slots {
      do { found.append(try disk.read(file, at: UInt64(slot), count: size)) } catch {
        failure = error
      }
    }
    if let failure, found.isEmpty { throw failure }
    return latest(among: found)
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

  private init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.size, bytes[..<8].elementsEqual(Self.magic),
      CRC32C.checksum(Array(bytes[..<60]))
        == bytes.number(at: 60, as: UInt32.self)
    else { return nil }
    generation = bytes.number(at: 8)
    last = bytes.number(at: 16)
    segment = bytes.number(at: 24)
    offset = bytes.number(at: 32)
    time = bytes.number(at: 40)
    headerCRC = bytes.number(at: 48)
    isClean = bytes.number(at: 52, as: UInt32.self) == 1
    guard generation <= Limits.lastSequence, last < Limits.lastSequence,
      offset <= Limits.largestFileBytes
    else { return nil }
  }
}
