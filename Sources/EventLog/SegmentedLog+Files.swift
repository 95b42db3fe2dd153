import FoundationEssentials

extension SegmentedLog {
  /// Makes the folder, and refuses one whose locks and syncs are another machine's.
  static func prepare(
    _ folder: String, _ disk: any Disk, _ options: Options
  ) throws(EventLogError) {
    try disk.makeFolder(folder)
    guard options.segmentSize <= Limits.largestSegmentBytes else {
      throw .refused(reason: "segments of over \(Limits.largestSegmentBytes >> 20) MiB")
    }
    guard !options.allowsRemoteDisk, try disk.isRemote(folder) else { return }
    throw .refused(
      reason: "\(folder) is on a network file system, whose locks and syncs cannot be relied on; "
        + "put it on a local disk")
  }

  /// Files that a crash left half made, or before their replacement began; none is part of the log.
  static func removeLeftovers(in folder: String, _ disk: any Disk) throws(EventLogError) {
    for name in try disk.names(in: folder)
    where name.hasSuffix(".tmp") || name.hasSuffix(".seg.new") {
      try disk.remove(folder + "/" + name)
    }
  }

  // MARK: Segments

  /// Begins a new segment where the batch would pass the size, or a day has gone by.
  func rollIfNeeded(for size: Int, at time: Int64) throws(EventLogError) {
    let last = segments[segments.count - 1]
    guard !last.isEmpty else { return }
    // Halves, for no difference of two halves is too large.
    let isOld = time / 2 - last.header.created / 2 > Limits.segmentMicroseconds / 2
    guard isOld || last.end + UInt64(size) > options.segmentSize else { return }
    try roll()
  }

  /// Seals the last segment and begins the next.
  ///
  /// - Throws: `full`, and the old segment stays the last; anything else closes the log.
  func roll() throws(EventLogError) {
    writeIndex()
    let last = segments[segments.count - 1]
    let (segment, open): (Segment, OpenSegment)
    do {
      (segment, open) = try Self.makeSegment(
        disk, folder, first: last.next, log: last.header.log, link: chain, created: lastTime)
    } catch {
      // Under a name that is there, and may go with a crash, neither segment can be the last.
      let isThere = (try? disk.names(in: folder))?.contains(SegmentHeader.name(last.next)) ?? true
      throw (isThere ? nil : noRoom(error)) ?? poison("a segment could not be made: \(error)")
    }
    if let active { shelf.put(active, disk) }
    segments.append(segment)
    active = open
  }

  /// Makes a segment that is there whole or not at all: synced under another name, then renamed.
  static func makeSegment(
    _ disk: any Disk, _ folder: String, first: UInt64, log: UInt128, link: UInt32, created: Int64
  ) throws(EventLogError) -> (Segment, OpenSegment) {
    let name = SegmentHeader.name(first)
    let header = SegmentHeader(first: first, log: log, created: created, link: link)
    try disk.replace(folder + "/" + name, with: header.bytes, in: folder)
    let file = try disk.open(folder + "/" + name, creates: false)
    return (
      Segment(name: name, header: header), OpenSegment(file: file, index: SegmentIndex(header))
    )
  }

  /// Writes the index of the last segment; without it the next opening reads the segment.
  func writeIndex() {
    guard let active else { return }
    let path = folder + "/" + SegmentIndex.name(segments[segments.count - 1].name)
    do {
      try disk.replaceCache(path, with: active.index.bytes)
    } catch {
      warn(error)
    }
  }

  /// What a failure for want of room is to a caller; nil for any other.
  func noRoom(_ error: EventLogError) -> EventLogError? {
    Self.noRoom(error, in: folder, disk, options)
  }

  // MARK: Watermark

  /// Writes how far the log is durable; always after the log's own sync.
  func writeMark(isClean: Bool) throws(EventLogError) {
    mark = mark.following(
      segments[segments.count - 1], time: lastTime, headerCRC: chain, isClean: isClean)
    try markFile.write(mark)
  }

  /// Before each reading: refuses a closed log, and in a reader looks how far the writer is now.
  func refresh() throws(EventLogError) {
    if isClosed { throw .closed }
    guard !isWriter else { return }
    try Self.follow(disk, folder, markFile, &mark, &segments)
    durable = mark.last + 1
  }

  /// Brings `segments` to what the watermark says; those of a later life than it are left out.
  static func follow(
    _ disk: any Disk, _ folder: String, _ file: WatermarkFile, _ mark: inout Watermark,
    _ segments: inout [Segment]
  ) throws(EventLogError) {
    guard let latest = try file.read(notBefore: mark.generation) else {
      throw .corrupt(segment: "durable", offset: 0, reason: "no slot matches its checksum")
    }
    if segments.last?.first != latest.segment {
      segments = try Recovery.segments(disk, folder, keepsDamaged: true)
        .filter { $0.first <= latest.segment }
    }
    guard segments.last?.first == latest.segment else {
      throw .corrupt(
        segment: SegmentHeader.name(latest.segment), offset: 0, reason: "the segment is gone")
    }
    mark = latest
    segments[segments.count - 1].end = latest.offset
    segments[segments.count - 1].next = latest.last + 1
  }

  /// Microseconds from 1970, as far as a record can say them.
  static func micros(_ date: Date) -> Int64 {
    let seconds = max(-Limits.seconds, min(Limits.seconds, date.timeIntervalSince1970))
    return Int64((seconds * 1_000_000).rounded())
  }
}
