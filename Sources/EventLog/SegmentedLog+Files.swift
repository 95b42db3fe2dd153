import FoundationEssentials

extension SegmentedLog {
  /// Begins a new segment where the batch would pass the size, or a day has gone by.
  func rollIfNeeded(for size: Int) throws(EventLogError) {
    let last = segments[segments.count - 1]
    guard last.next > last.header.first else { return }
    let isOld = lastTime - last.header.created > 86_400_000_000
    guard isOld || last.end + UInt64(size) > options.segmentSize else { return }
    let now = Date(timeIntervalSince1970: Double(lastTime) / 1_000_000)
    let segment: Segment
    do {
      segment = try Self.makeSegment(
        disk, folder, first: last.next, log: last.header.log, link: chain, now)
    } catch {
      guard case .io(_, _, let code) = error, Self.isFull(code) else {
        throw poison("a segment could not be made: \(error)")
      }
      throw .full(path: folder, free: (try? disk.free(at: folder)) ?? 0, floor: options.floor)
    }
    segments.append(segment)
  }

  /// Makes a segment that is there whole or not at all: synced under another name, then renamed.
  static func makeSegment(
    _ disk: any Disk, _ folder: String, first: UInt64, log: UInt128, link: UInt32, _ now: Date
  ) throws(EventLogError) -> Segment {
    let name = SegmentHeader.name(first)
    let header = SegmentHeader(
      first: first, log: log, created: Int64(now.timeIntervalSince1970 * 1_000_000), link: link)
    let made = folder + "/" + name + ".tmp"
    let file = try disk.open(made, creates: true)
    try disk.truncate(file, to: 0)
    try disk.write(header.bytes, to: file, at: 0)
    try disk.sync(file)
    try disk.rename(made, to: folder + "/" + name)
    try disk.syncFolder(folder)
    return Segment(file: file, name: name, header: header)
  }

  /// Writes how far the log is durable; always after the log's own sync.
  func writeMark(isClean: Bool, synced: Bool) throws(EventLogError) {
    mark = Self.following(mark, segments, time: lastTime, chain: chain)
    mark.isClean = isClean
    try Self.write(mark, to: markFile, disk, synced: synced)
  }

  /// The next generation of the watermark, at the end of the last segment.
  static func following(
    _ mark: Watermark, _ segments: [Segment], time: Int64, chain: UInt32
  ) -> Watermark {
    let last = segments[segments.count - 1]
    var next = mark
    next.generation += 1
    next.last = last.next - 1
    next.segment = last.header.first
    next.offset = last.end
    next.time = time == .min ? 0 : time
    next.headerCRC = chain
    next.isClean = false
    return next
  }

  static func write(
    _ mark: Watermark, to file: Int32, _ disk: any Disk, synced: Bool
  ) throws(EventLogError) {
    try disk.write(mark.bytes, to: file, at: UInt64(mark.slot))
    if synced { try disk.sync(file) }
  }

  /// In a reader: looks how far the writer is now.
  func refresh() throws(EventLogError) {
    try Self.follow(disk, folder, markFile, &mark, &segments)
    durable = mark.last + 1
  }

  static func follow(
    _ disk: any Disk, _ folder: String, _ markFile: Int32, _ mark: inout Watermark,
    _ segments: inout [Segment]
  ) throws(EventLogError) {
    let bytes = try disk.read(markFile, at: 0, count: Watermark.fileSize)
    guard let latest = Watermark.latest(in: bytes) else {
      throw .corrupt(segment: "durable", offset: 0, reason: "no slot matches its checksum")
    }
    if segments.last?.header.first != latest.segment {
      // New segments begin; those known stay open.
      let known = Set(segments.map(\.header.first))
      for segment in try Recovery(disk, folder, mark: latest).segments {
        guard segment.header.first <= latest.segment, !known.contains(segment.header.first) else {
          disk.close(segment.file)
          continue
        }
        segments.append(segment)
      }
      for index in segments.indices.dropLast() {
        segments[index].end = try disk.size(of: segments[index].file)
        segments[index].next = segments[index + 1].header.first
      }
    }
    mark = latest
    guard !segments.isEmpty else { return }
    segments[segments.count - 1].end = latest.offset
    segments[segments.count - 1].next = latest.last + 1
  }
}
