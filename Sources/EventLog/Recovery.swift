import Glibc

/// Opens a log's files and tells a torn last batch from corruption.
///
/// A batch that was not acknowledged may lie on the disk in part, and is cut off; anything else
/// that does not fit is refused, for a record that was acknowledged is never dropped.
struct Recovery {
  let disk: any Disk
  let folder: String
  /// What the watermark said; nil where there is none.
  let mark: Watermark?
  var segments: [Segment] = []
  /// Time and header checksum of the last record.
  var time = Int64.min
  var headerCRC: UInt32 = 0

  init(_ disk: any Disk, _ folder: String, mark: Watermark?) throws(EventLogError) {
    self.disk = disk
    self.folder = folder
    self.mark = mark
    try openSegments()
  }

  /// The segments, oldest first, with their headers checked against names and each other.
  private mutating func openSegments() throws(EventLogError) {
    for name in try disk.names(in: folder) where name.hasSuffix(".seg") {
      let file = try disk.open(folder + "/" + name, creates: false)
      let bytes = try disk.read(file, at: 0, count: SegmentHeader.size)
      let header = try SegmentHeader(bytes, of: name)
      guard SegmentHeader.name(header.first) == name else {
        throw .corrupt(segment: name, offset: 16, reason: "header is that of another segment")
      }
      if let before = segments.last {
        guard before.header.log == header.log, before.header.first < header.first else {
          throw .corrupt(segment: name, offset: 24, reason: "segment belongs to another log")
        }
        segments[segments.count - 1].end = try disk.size(of: before.file)
        segments[segments.count - 1].next = header.first
      }
      segments.append(Segment(file: file, name: name, header: header))
    }
  }

  /// Brings the last segment to the end of its last whole batch.
  mutating func recoverLast() throws(EventLogError) {
    guard var last = segments.popLast() else {
      guard mark.map({ $0.last == 0 }) ?? true else {
        throw .corrupt(
          segment: "log", offset: 0, reason: "records up to \(mark?.last ?? 0) are gone")
      }
      return
    }
    // A sync that failed before a crash may have left pages that look written: ask the disk.
    try disk.sync(last.file)
    let size = try disk.size(of: last.file)
    var scan = try scan(&last, size: size)
    if scan.good.offset < size { try cut(&last, &scan, size: size) }
    last.end = scan.good.offset
    last.next = scan.good.sequence
    (time, headerCRC) = (scan.good.time, scan.good.chain ?? last.header.link)
    segments.append(last)
    guard let mark, mark.last >= last.next else { return }
    throw .corrupt(
      segment: last.name, offset: last.end,
      reason: "acknowledged records up to \(mark.last) are missing")
  }

  /// Reads the last segment, noting places, to where it stops being good.
  private func scan(_ segment: inout Segment, size: UInt64) throws(EventLogError) -> SegmentScan {
    let start = SegmentScan.State(
      offset: UInt64(SegmentHeader.size), sequence: segment.header.first, time: .min, chain: 0)
    var scan = SegmentScan(disk, segment.file, limit: size, from: start)
    while let (frame, _) = try scan.next() {
      segment.note(frame, at: scan.state.offset - UInt64(frame.size))
    }
    // Places of a batch that is cut off must not stay.
    segment.places.removeAll { $0.offset >= scan.good.offset && $0.sequence > segment.header.first }
    segment.indexed = Segment.PlaceMark(
      sequence: scan.good.sequence, time: scan.good.time, offset: scan.good.offset)
    return scan
  }

  /// Cuts a torn batch off, saved aside; refuses if what lies there was acknowledged.
  private func cut(
    _ segment: inout Segment, _ scan: inout SegmentScan, size: UInt64
  ) throws(EventLogError) {
    let tail = try disk.read(
      segment.file, at: scan.good.offset, count: Int(size - scan.good.offset))
    let reason = scan.fault ?? "the last batch is not whole"
    // One batch is un-synced at a time: a frame of a later one proves that this one was synced.
    for offset in stride(from: 0, to: tail.count, by: 8) {
      guard let frame = Frame(headerIn: tail, at: offset),
        frame.sequence >= UInt64(frame.index) + scan.good.sequence + 1
      else { continue }
      throw .corrupt(segment: segment.name, offset: scan.state.offset, reason: reason)
    }
    if let mark, mark.last >= scan.good.sequence {
      throw .corrupt(segment: segment.name, offset: scan.state.offset, reason: reason)
    }
    if tail.contains(where: { $0 != 0 }) { try save(tail, of: segment, at: scan.good.offset) }
    try disk.truncate(segment.file, to: scan.good.offset)
    try disk.sync(segment.file)
    try disk.syncFolder(folder)
  }

  /// Keeps what is cut off in `torn/`; only a person empties it.
  private func save(
    _ tail: [UInt8], of segment: Segment, at offset: UInt64
  ) throws(EventLogError) {
    let torn = folder + "/torn"
    try disk.makeFolder(torn)
    let stem = "\(torn)/\(segment.name).\(offset)"
    let taken = try disk.names(in: torn).count { "\(torn)/\($0)".hasPrefix(stem) }
    let file = try disk.open("\(stem).\(taken)", creates: true)
    defer { disk.close(file) }
    try disk.write(tail, to: file, at: 0)
    try disk.sync(file)
    try disk.syncFolder(torn)
  }
}
