/// Where records lie in a segment: a place for the first, and for the first after each 64 KiB.
///
/// A cache: what is missing or wrong is made again by reading the segment. The active segment's index
/// grows with it, and may lag behind where nobody has read yet.
struct SegmentIndex: Hashable, Sendable {
  /// A record and where it begins.
  struct Place: Hashable, Sendable {
    var sequence: UInt64
    /// Microseconds since 1970.
    var time: Int64
    var offset: UInt64
  }

  static let headerSize = 64
  static let entrySize = 24
  private static let magic = Array("TIDIDX01".utf8)

  private(set) var places: [Place]
  /// Where reading went on to: the sequence and offset behind the last record looked at, its time.
  private(set) var reached: Place
  /// The header checksum of that record; what the segment's link says for an empty one.
  private(set) var lastHeaderCRC: UInt32

  /// The index of a segment of which nothing was read.
  init(_ header: SegmentHeader) {
    reached = Place(
      sequence: header.first, time: .min, offset: UInt64(SegmentHeader.size))
    places = [reached]
    lastHeaderCRC = header.link
  }

  var first: UInt64 { places[0].sequence }
  var isEmpty: Bool { reached.sequence == first }

  /// Notes the frame that begins where the last one ended.
  mutating func note(_ frame: Frame) {
    let offset = reached.offset
    if isEmpty {
      places[0].time = frame.time
    } else if offset >= places[places.count - 1].offset + Limits.indexStride {
      places.append(Place(sequence: frame.sequence, time: frame.time, offset: offset))
    }
    reached = Place(
      sequence: frame.sequence + 1, time: frame.time, offset: offset + UInt64(frame.size))
    lastHeaderCRC = frame.headerCRC
  }

  /// The last place at or before `sequence`.
  func place(before sequence: UInt64) -> Place {
    if sequence >= reached.sequence { return reached }
    return places[max(0, places.partition { $0.sequence > sequence } - 1)]
  }

  /// The last place that surely lies before what was recorded at `time` or later.
  func place(beforeTime time: Int64) -> Place {
    if reached.time < time { return reached }
    return places[max(0, places.partition { $0.time >= time } - 1)]
  }
}

// MARK: - As bytes

extension SegmentIndex {
  static func name(_ segment: String) -> String { segment.dropLast(4) + ".idx" }

  /// The file: a header that says which segment it belongs to, then the places.
  var bytes: [UInt8] {
    var entries: [UInt8] = []
    entries.reserveCapacity(places.count * Self.entrySize)
    for place in places {
      entries.append(number: place.sequence)
      entries.append(number: place.time)
      entries.append(number: UInt32(place.offset))
      entries.append(number: UInt32(0))
    }
    var bytes = Self.magic
    bytes.append(number: UInt16(1))
    bytes.append(number: UInt16(0))
    bytes.append(number: UInt32(places.count))
    bytes.append(number: first)
    bytes.append(number: reached.sequence - 1)
    bytes.append(number: reached.offset)
    bytes.append(number: reached.time)
    bytes.append(number: lastHeaderCRC)
    bytes.append(number: UInt32(0))
    bytes.append(number: CRC32C.checksum(entries))
    bytes.append(number: CRC32C.checksum(bytes))
    return bytes + entries
  }

  /// Reads a file; nil where it is not whole, of a later version, or not of `header`'s segment.
  init?(_ bytes: [UInt8], of header: SegmentHeader) {
    guard let summary = SegmentSummary(indexFile: bytes),
      summary.first == header.first,
      bytes.count == Self.headerSize + summary.places * Self.entrySize,
      CRC32C.checksum(Array(bytes[Self.headerSize...])) == bytes.number(at: 56, as: UInt32.self)
    else { return nil }
    places = (0..<summary.places).map { entry in
      let start = Self.headerSize + entry * Self.entrySize
      return Place(
        sequence: bytes.number(at: start), time: bytes.number(at: start + 8),
        offset: UInt64(bytes.number(at: start + 16, as: UInt32.self)))
    }
    reached = Place(
      sequence: summary.last + 1, time: summary.lastTime, offset: summary.length)
    lastHeaderCRC = summary.lastHeaderCRC
  }
}

/// What the header of an index says of its segment.
struct SegmentSummary: Hashable, Sendable {
  var first: UInt64
  var last: UInt64
  /// In bytes.
  var length: UInt64
  var lastTime: Int64
  var lastHeaderCRC: UInt32
  /// Entries of the index.
  var places: Int

  /// Reads the first 64 bytes of an index; nil where they do not match their checksum.
  init?(indexFile bytes: [UInt8]) {
    guard bytes.count >= SegmentIndex.headerSize,
      Array(bytes[..<8]) == Array("TIDIDX01".utf8), bytes.number(at: 8, as: UInt16.self) == 1,
      CRC32C.checksum(Array(bytes[..<60])) == bytes.number(at: 60, as: UInt32.self)
    else { return nil }
    places = Int(bytes.number(at: 12, as: UInt32.self))
    first = bytes.number(at: 16)
    last = bytes.number(at: 24)
    length = bytes.number(at: 32)
    lastTime = bytes.number(at: 40)
    lastHeaderCRC = bytes.number(at: 48)
    guard places > 0, last < Limits.lastSequence, last + 1 >= first,
      length <= Limits.largestFileBytes
    else { return nil }
  }
}

extension Array {
  /// How many elements stand before the first that `isBehind`, in a list in which those come last.
  fileprivate func partition(_ isBehind: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
