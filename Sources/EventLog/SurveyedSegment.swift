/// A segment as a repair finds it: its header if that can be read, and every record that can.
struct SurveyedSegment {
  let first: UInt64
  /// Nil where it is damaged, or the file is gone.
  let header: SegmentHeader?
  /// In the order of their sequences; empty until they are gathered.
  private(set) var records: [(frame: Frame, payload: ArraySlice<UInt8>)] = []
  /// The whole file, which the payloads are parts of; nil where there is none, or nothing was gathered.
  private(set) var bytes: [UInt8]?
  /// In bytes; nil where there is no file.
  private var size: UInt64?

  init(first: UInt64, header: SegmentHeader?) {
    (self.first, self.header) = (first, header)
  }

  var name: String { SegmentHeader.name(first) }
  var lastRead: UInt64 { records.last?.frame.sequence ?? first - 1 }

  /// The segments of a folder by their names, oldest first, their records not yet read.
  ///
  /// - Throws: `newer` for a log of a later version, which is not ours to mend.
  static func survey(_ folder: String, _ disk: any Disk) throws(EventLogError) -> [SurveyedSegment]
  {
    var found: [SurveyedSegment] = []
    for name in try disk.names(in: folder) where SegmentHeader.isName(name) {
      guard let first = UInt64(name.dropLast(4)), (1...Limits.lastSequence).contains(first)
      else { continue }
      let file = try disk.open(folder + "/" + name, creates: false)
      defer { disk.close(file) }
      let header = try header(of: file, name, disk)
      var segment = SurveyedSegment(first: first, header: header?.first == first ? header : nil)
      segment.size = try disk.size(of: file)
      found.append(segment)
    }
    return found
  }

  private static func header(
    of file: OpenFile, _ name: String, _ disk: any Disk
  ) throws(EventLogError) -> SegmentHeader? {
    let bytes: [UInt8]
    do { bytes = try disk.read(file, at: 0, count: SegmentHeader.size) } catch {
      guard error.isUnreadable else { throw error }
      return nil
    }
    do { return try SegmentHeader(bytes, of: name) } catch {
      // A flipped bit can look like a later version, but then the checksum does not match.
      guard case .newer = error, CRC32C.checksum(Array(bytes[..<60])) == bytes.number(at: 60)
      else { return nil }
      throw error
    }
  }

  /// Reads every record in front of `limit` that is whole, wherever it stands in the file; what the disk
  /// cannot read holds none.
  ///
  /// Takes as much memory as the file has bytes.
  mutating func gather(
    in folder: String, _ disk: any Disk, before limit: UInt64
  ) throws(EventLogError) {
    guard size != nil else { return }
    let file = try disk.open(folder + "/" + name, creates: false)
    defer { disk.close(file) }
    let bytes = try Salvage(file, disk).bytes
    // No file can hold more than its smallest records: what says a higher number came from elsewhere.
    self.bytes = bytes
    let most = first + UInt64(bytes.count / Frame.size(payload: 1)) + 1
    gather(bytes, first..<max(first, min(limit, most)))
    records.sort { $0.frame.sequence < $1.frame.sequence }
  }

  private mutating func gather(_ bytes: [UInt8], _ range: Range<UInt64>) {
    var seen: Set<UInt64> = []
    unsafe bytes.withUnsafeBytes { all in
      var offset = SegmentHeader.size
      while offset < all.count {
        guard let frame = unsafe Frame(headerIn: all, at: offset),
          unsafe frame.isWhole(in: all, at: offset)
        else {
          // Frames begin at multiples of eight.
          offset += 8
          continue
        }
        if range.contains(frame.sequence), seen.insert(frame.sequence).inserted {
          records.append((frame, bytes[frame.payload(at: offset)]))
        }
        offset += frame.size
      }
    }
  }

  /// The sequences of records whose batch is here as a whole.
  var wholeBatches: Set<UInt64> {
    var present: [UInt64: Int] = [:]
    for (frame, _) in records { present[frame.batchStart, default: 0] += 1 }
    let whole = records.map(\.frame).filter { present[$0.batchStart] == Int($0.count) }
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
    guard let header, let size, header.first == end.reached.sequence,
      header.link == end.lastHeaderCRC
    else { return nil }
    var segment = Segment(name: name, header: header)
    (segment.end, segment.next) = (size, next)
    do {
      return try SegmentInspection(segment, in: folder, disk).index(after: end.reached.time)
    } catch {
      if case .corrupt = error { return nil }
      guard error.isUnreadable else { throw error }
      return nil
    }
  }
}
