/// A file of the log as it is held open: its header, its records' places, how far it is good.
struct Segment {
  let file: Int32
  let name: String
  let header: SegmentHeader
  /// Where the next batch goes; nothing behind it is read.
  var end: UInt64
  /// The sequence that the next record will have.
  var next: UInt64
  /// A place in the segment for each 64 KiB or so, in order; the first record is always there.
  var places: [PlaceMark]
  /// How far `places` was gathered.
  var indexed: PlaceMark

  /// A record and where it begins.
  struct PlaceMark: Hashable {
    var sequence: UInt64
    var time: Int64
    var offset: UInt64
  }

  /// Bytes between two places kept.
  static let stride: UInt64 = 64 << 10

  init(file: Int32, name: String, header: SegmentHeader) {
    self.file = file
    self.name = name
    self.header = header
    end = UInt64(SegmentHeader.size)
    next = header.first
    indexed = PlaceMark(sequence: header.first, time: .min, offset: end)
    places = [indexed]
  }

  /// Notes that `frame` begins at `offset`.
  mutating func note(_ frame: Frame, at offset: UInt64) {
    let mark = PlaceMark(sequence: frame.sequence, time: frame.time, offset: offset)
    if offset >= (places.last?.offset ?? 0) + Self.stride { places.append(mark) }
    indexed = PlaceMark(
      sequence: frame.sequence + 1, time: frame.time, offset: offset + UInt64(frame.size))
  }

  /// The last place kept at or before `sequence`.
  func place(before sequence: UInt64) -> PlaceMark {
    if sequence >= indexed.sequence { return indexed }
    var low = 0
    var high = places.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if places[middle].sequence <= sequence { low = middle } else { high = middle }
    }
    return places[low]
  }
}
