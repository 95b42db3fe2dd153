/// A segment as a repair finds it: its header if that can be read, and every record that can.
struct SurveyedSegment {
  let first: UInt64
  /// Nil where it is damaged, or the file is gone.
  let header: SegmentHeader?
  /// In the order of the file, which is that of their sequences.
  private(set) var records: [(frame: Frame, payload: [UInt8])] = []
  private var size: UInt64 = 0

  init(first: UInt64, header: SegmentHeader?) {
    (self.first, self.header) = (first, header)
  }

  var name: String { SegmentHeader.name(first) }
  var lastRead: UInt64 { records.last?.frame.sequence ?? first - 1 }

  /// The segments of a folder by their names, oldest first.
  static func survey(_ folder: String, _ disk: any Disk) throws(EventLogError) -> [SurveyedSegment]
  {
    var found: [SurveyedSegment] = []
    for name in try disk.names(in: folder) where name.hasSuffix(".seg") {
      guard let first = UInt64(name.dropLast(4)), first > 0,
        let bytes = try disk.contents(of: folder + "/" + name)
      else { continue }
      let header = try? SegmentHeader(bytes, of: name)
      var segment = SurveyedSegment(first: first, header: header?.first == first ? header : nil)
      segment.size = UInt64(bytes.count)
      segment.gather(bytes)
      found.append(segment)
    }
    return found
  }

  /// Takes every record that is whole, wherever it stands; sequences only grow.
  private mutating func gather(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { all in
      var offset = SegmentHeader.size
      while offset < all.count {
        if let frame = unsafe Frame(headerIn: all, at: offset), frame.sequence > lastRead,
          unsafe frame.isWhole(in: all, at: offset)
        {
          let range = frame.payload(at: offset)
          records.append((frame, unsafe Array(all[range])))
          offset += frame.size
        } else {
          // Frames begin at multiples of eight.
          offset += 8
        }
      }
    }
  }

  /// The sequences of records whose batch is here as a whole.
  var wholeBatches: Set<UInt64> {
    let present = Set(records.map(\.frame.sequence))
    let whole = records.map(\.frame).filter { frame in
      let start = frame.sequence &- UInt64(frame.index)
      return (start..<start &+ UInt64(frame.count)).allSatisfy(present.contains)
    }
    return Set(whole.map(\.sequence))
  }

  /// Leaves out what stands behind `acknowledged` at the end and is no whole batch: it was never there.
  mutating func dropTornTail(behind acknowledged: UInt64) {
    let whole = wholeBatches
    while let last = records.last?.frame.sequence, last > acknowledged, !whole.contains(last) {
      records.removeLast()
    }
  }

  /// The segment's index if it is good as it is, and follows on `end`; nil where it is not.
  func index(
    in folder: String, _ disk: any Disk, after end: SegmentIndex, next: UInt64
  ) throws(EventLogError) -> SegmentIndex? {
    guard let header, header.first == end.reached.sequence, header.link == end.lastHeaderCRC
    else { return nil }
    var segment = Segment(name: name, header: header)
    (segment.end, segment.next) = (size, next)
    do {
      return try SegmentInspection(segment, in: folder, disk).index(after: end.reached.time)
    } catch {
      guard case .corrupt = error else { throw error }
      return nil
    }
  }
}
