/// Opens a log's files and tells a torn last batch from corruption.
///
/// A batch that was not acknowledged may lie on the disk in part, and is cut off; anything else that
/// does not fit is refused, for a record that was acknowledged is never dropped.
///
///     sealed segments   each follows on the one before: sequence, identity, link
///     last segment      … batch | batch | batch | what is behind the last whole batch
///                                              └ good: cut here, if nothing shows that more was synced
struct Recovery {
  let disk: any Disk
  let folder: String
  /// What the watermark said; nil where there is none.
  let mark: Watermark?
  /// All but the last.
  private(set) var sealed: [Segment] = []
  /// Nil in a log without any.
  private(set) var last: Segment?
  private(set) var open: OpenSegment?
  /// Recorded time and header checksum of the last record.
  private(set) var time = Int64.min
  private(set) var headerCRC: UInt32 = 0

  init(_ disk: any Disk, _ folder: String, mark: Watermark?) throws(EventLogError) {
    (self.disk, self.folder, self.mark) = (disk, folder, mark)
    var segments = try Self.segments(disk, folder)
    last = segments.popLast()
    sealed = segments
    try checkSealed()
    try recoverLast()
    try checkWatermark()
  }

  /// Refuses a log that a later version wrote, before anything of it is touched.
  ///
  /// What is a leftover or a torn tail there, only that version knows.
  static func refuseNewer(_ disk: any Disk, _ folder: String) throws(EventLogError) {
    for name in try disk.names(in: folder) where SegmentHeader.isName(name) {
      let file = try disk.open(folder + "/" + name, creates: false)
      defer { disk.close(file) }
      do {
        _ = try SegmentHeader(try disk.read(file, at: 0, count: SegmentHeader.size), of: name)
      } catch {
        // Damage is told where segments are held against each other.
        if case .newer = error { throw error }
        guard case .corrupt = error else {
          if error.isUnreadable { continue }
          throw error
        }
      }
    }
  }

  // MARK: Sealed segments

  /// The segments by their headers, oldest first; each ends where its file does.
  ///
  /// Who only reads `keepsDamaged` ones too: the records behind a damaged header speak for themselves.
  static func segments(
    _ disk: any Disk, _ folder: String, keepsDamaged: Bool = false
  ) throws(EventLogError) -> [Segment] {
    var segments: [Segment] = []
    for name in try disk.names(in: folder) where SegmentHeader.isName(name) {
      let file = try disk.open(folder + "/" + name, creates: false)
      defer { disk.close(file) }
      var segment: Segment
      do {
        segment = Segment(name: name, header: try header(of: name, in: file, disk, segments.last))
      } catch {
        guard keepsDamaged, let made = Segment(named: name, behind: segments.last, damage: error)
        else { throw error }
        segment = made
      }
      if !segments.isEmpty { segments[segments.count - 1].next = segment.first }
      segments.append(segment)
      let size = try disk.size(of: file)
      guard size <= Limits.largestFileBytes else {
        throw .corrupt(segment: name, offset: size, reason: "larger than a segment can be")
      }
      segments[segments.count - 1].end = size
    }
    return segments
  }

  /// The header of a segment that stands behind `before`.
  private static func header(
    of name: String, in file: OpenFile, _ disk: any Disk, _ before: Segment?
  ) throws(EventLogError) -> SegmentHeader {
    let header = try SegmentHeader(
      try disk.read(file, at: 0, count: SegmentHeader.size), of: name)
    guard SegmentHeader.name(header.first) == name else {
      throw .corrupt(segment: name, offset: 16, reason: "header is that of another segment")
    }
    if let before, before.damage == nil, before.header.log != header.log {
      throw .corrupt(segment: name, offset: 24, reason: "segment belongs to another log")
    }
    return header
  }

  /// Whether each segment follows on the one before, as far as indexes tell without reading records.
  private mutating func checkSealed() throws(EventLogError) {
    var link: UInt32 = 0
    var first: UInt64 = 1
    for segment in sealed + (last.map { [$0] } ?? []) {
      guard segment.first == first else {
        throw .corrupt(
          segment: segment.name, offset: 16,
          reason: "begins with record \(segment.first) where \(first) belongs")
      }
      guard segment.header.link == link else {
        throw .corrupt(
          segment: segment.name, offset: 48, reason: "does not follow on the one before")
      }
      guard segment != last else { return }
      let end = try lastRecord(of: segment)
      (first, link, time) = (end.next, end.headerCRC, end.time)
    }
  }

  /// What the last record of a sealed segment is: by its index, else by reading it all.
  private func lastRecord(
    of segment: Segment
  ) throws(EventLogError) -> (next: UInt64, headerCRC: UInt32, time: Int64) {
    let path = folder + "/" + SegmentIndex.name(segment.name)
    if let file = try? disk.open(path, creates: false) {
      defer { disk.close(file) }
      let head = (try? disk.read(file, at: 0, count: SegmentIndex.headerSize)) ?? []
      if let summary = SegmentSummary(indexFile: head), summary.first == segment.first,
        summary.length == segment.end, summary.last + 1 == segment.next
      {
        return (segment.next, summary.lastHeaderCRC, summary.lastTime)
      }
    }
    let index = try SegmentInspection(segment, in: folder, disk).index()
    // Only a cache: without it the next opening reads the segment again.
    try? disk.replaceCache(path, with: index.bytes)
    return (index.reached.sequence, index.lastHeaderCRC, index.reached.time)
  }

  // MARK: The last segment

  /// Brings the last segment to the end of its last whole batch.
  private mutating func recoverLast() throws(EventLogError) {
    guard var segment = last else { return }
    let file = try disk.open(folder + "/" + segment.name, creates: false)
    if let mark, mark.isClean, let index = cleanIndex(of: segment, file, mark) {
      segment.next = mark.last + 1
      open = OpenSegment(file: file, index: index)
    } else {
      // A sync that failed before a crash may have left pages that look written: ask the disk.
      try disk.sync(file)
      disk.forget(file)
      open = OpenSegment(file: file, index: try scan(&segment, file))
    }
    if let index = open?.index, !index.isEmpty { time = index.reached.time }
    headerCRC = open?.index.lastHeaderCRC ?? 0
    last = segment
  }

  /// After a clean stop: the index as it was written then, if file and last record agree with it.
  ///
  /// The rest of the segment is left to whoever reads it, so that an opening takes no longer as a log
  /// grows.
  private func cleanIndex(
    of segment: Segment, _ file: OpenFile, _ mark: Watermark
  ) -> SegmentIndex? {
    let path = folder + "/" + SegmentIndex.name(segment.name)
    guard segment.first == mark.segment, segment.end == mark.offset,
      let bytes = (try? disk.contents(of: path)).flatMap({ $0 }),
      let index = SegmentIndex(bytes, of: segment.header),
      index.reached.offset == mark.offset, index.reached.sequence == mark.last + 1,
      index.lastHeaderCRC == mark.headerCRC, let place = index.places.last
    else { return nil }
    var scan = SegmentScan(
      disk, file, limit: segment.end, from: .init(place, in: segment.header))
    do {
      while try scan.next() != nil {}
    } catch {
      return nil
    }
    let agrees =
      scan.fault == nil && scan.state.offset == mark.offset
      && (index.isEmpty || scan.state.chain == mark.headerCRC)
    return agrees ? index : nil
  }

  /// Reads the whole segment, and cuts off what is not good.
  private func scan(
    _ segment: inout Segment, _ file: OpenFile
  ) throws(EventLogError) -> SegmentIndex {
    let size = segment.end
    var scan = SegmentScan(disk, file, limit: size, from: .init(segment.header, after: time))
    var (index, whole) = (SegmentIndex(segment.header), SegmentIndex(segment.header))
    while let frame = try scan.next() {
      index.note(frame)
      // Places of a batch that is cut off must not stay.
      if scan.state.missing == 0 { whole = index }
    }
    (segment.end, segment.next) = (scan.good.offset, scan.good.sequence)
    if segment.end < size { try cut(segment, file, scan, size: size) }
    return whole
  }

  /// Cuts a torn batch off, saved aside; refuses if what lies there was acknowledged.
  private func cut(
    _ segment: Segment, _ file: OpenFile, _ scan: SegmentScan, size: UInt64
  ) throws(EventLogError) {
    let damage = EventLogError.corrupt(
      segment: segment.name, offset: scan.state.offset,
      reason: scan.fault ?? "the last batch is not whole")
    if let mark, mark.last >= segment.next { throw damage }
    // One batch at most can be torn.
    guard size - segment.end <= UInt64(Limits.batchBytes) else { throw damage }
    let tail = try disk.read(file, at: segment.end, count: Int(size - segment.end))
    // One batch is un-synced at a time: a frame of a later one proves that this one was synced.
    guard !Self.holdsLaterBatch(tail, than: segment.next) else { throw damage }
    if tail.contains(where: { $0 != 0 }) {
      try TornTail(bytes: tail, segment: segment.name, offset: segment.end).save(in: folder, disk)
    }
    try disk.truncate(file, to: segment.end)
    try disk.sync(file)
    try disk.syncFolder(folder)
  }

  /// Whether a whole header stands in `tail` of a batch that begins behind `sequence`.
  private static func holdsLaterBatch(_ tail: [UInt8], than sequence: UInt64) -> Bool {
    unsafe tail.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 8).contains { offset in
        guard let frame = unsafe Frame(headerIn: bytes, at: offset) else { return false }
        return frame.sequence > sequence + UInt64(frame.index)
      }
    }
  }

  private func checkWatermark() throws(EventLogError) {
    guard let mark, mark.last > 0 else { return }
    guard let last else {
      throw .corrupt(segment: "log", offset: 0, reason: "records up to \(mark.last) are gone")
    }
    guard mark.last >= last.next else { return }
    throw .corrupt(
      segment: last.name, offset: last.end,
      reason: "acknowledged records up to \(mark.last) are missing")
  }
}

/// What a recovery cut off, kept whole; only a person empties `torn/`.
private struct TornTail {
  let bytes: [UInt8]
  let segment: String
  let offset: UInt64

  func save(in folder: String, _ disk: any Disk) throws(EventLogError) {
    let torn = folder + "/torn"
    try disk.makeFolder(torn)
    // The folder's own name too, before what it keeps is cut.
    try disk.syncFolder(folder)
    let path = try disk.unusedPath("\(segment).\(offset)", in: torn)
    try disk.replace(path, with: bytes, in: torn)
  }
}
