public import FoundationEssentials

/// What a repair found in one segment.
public struct Repaired: Hashable, Sendable {
  /// The file's name; it lies whole in `quarantine/`, where there was one.
  public var segment: String
  /// The sequences of records that are lost, in order.
  public var lost: [UInt64]
  /// When, in microseconds since 1970: the same for a repair that had to be taken up again.
  var micros: Int64
  /// Whether no header told which log this is, so that the log has a new identity from here on.
  public var hasNewIdentity = false

  /// When it was repaired, the same each time that is told.
  public var at: Date { Date(timeIntervalSince1970: Double(micros) / 1_000_000) }
}

extension Maintenance {
  /// Fences damage in: each segment that does not verify is kept whole in `quarantine/`, and written
  /// anew with every record that can still be read; those that cannot become placeholders.
  ///
  /// What was in a batch with a lost record stands by itself. A lost file becomes placeholders too.
  ///
  /// - Parameters:
  ///   - now: when, for the record.
  ///   - prepare: called once there is damage, before anything is changed.
  /// - Returns: the segments that were written anew, now or by a repair that ended before
  ///   `noteRepairsRecorded`; empty for a log that is whole.
  /// - Throws: `EventLogError`, and what `prepare` throws.
  public func repair(
    at now: Date, _ prepare: () throws -> Void = {}
  ) throws -> [Repaired] {
    try setAsideReplacement()
    let mark = try mark()
    // A torn tail is no damage; where this finds some, it has changed nothing.
    _ = try? Recovery(disk, folder, mark: mark)
    var found = try SurveyedSegment.survey(folder, disk)
    guard !found.isEmpty else {
      throw EventLogError.refused(reason: "\(folder): no segment is there; restore a backup")
    }
    let known = found.compactMap(\.header).first?.log
    let log = known ?? .random(in: 1 ... .max)
    var note = try RepairNote(in: folder, disk)
    var isWhole = true
    var end = SegmentIndex(SegmentHeader(first: 1, log: log, created: 0, link: 0))
    while let segment = found.first {
      if segment.first > end.reached.sequence {
        // The file in front of it is gone.
        found.insert(SurveyedSegment(first: end.reached.sequence, header: nil), at: 0)
        continue
      }
      found.removeFirst()
      var segment = segment
      if found.isEmpty {
        try segment.gather(in: folder, disk, before: Limits.lastSequence)
        segment.dropTornTail(behind: mark?.last ?? 0)
      }
      let next = found.first?.first ?? max(mark.map { $0.last + 1 } ?? 0, segment.lastRead + 1)
      if let good = try segment.index(in: folder, disk, after: end, next: next) {
        end = good
        continue
      }
      if !found.isEmpty { try segment.gather(in: folder, disk, before: next) }
      if isWhole { try prepare() }
      let done = Repaired(
        segment: segment.name, lost: [], micros: SegmentedLog.micros(now),
        hasNewIdentity: known == nil && isWhole)
      isWhole = false
      end = try rewrite(segment, after: end, next: next, found.first, log, done, &note)
      found = try SurveyedSegment.survey(folder, disk).filter { $0.first >= end.reached.sequence }
    }
    if !note.repaired.isEmpty { try writeMark(end, after: mark) }
    return note.repaired
  }

  /// What the watermark says; nil where it cannot be read either, for then it is written anew.
  private func mark() throws(EventLogError) -> Watermark? {
    guard try disk.names(in: folder).contains("durable") else { return nil }
    let file = try disk.open(folder + "/durable", creates: false)
    defer { disk.close(file) }
    do {
      return try Watermark.latest(in: file, disk)
    } catch {
      guard error.isUnreadable else { throw error }
      return nil
    }
  }

  /// Keeps a replacement that cannot be carried out, and its new segment, in `quarantine/`.
  private func setAsideReplacement() throws(EventLogError) {
    guard let undone else { return }
    guard case .corrupt = undone else { throw undone }
    let quarantine = folder + "/quarantine"
    try disk.makeFolder(quarantine)
    for name in try disk.names(in: folder)
    where name == Replacement.todo || name.hasSuffix(".seg.new") {
      try disk.rename(folder + "/" + name, to: try disk.unusedPath(name, in: quarantine))
    }
    try disk.syncFolder(quarantine)
    try disk.syncFolder(folder)
    try SegmentedLog.removeLeftovers(in: folder, disk)
  }

  private func rewrite(
    _ segment: SurveyedSegment, after end: SegmentIndex, next: UInt64, _ behind: SurveyedSegment?,
    _ log: UInt128, _ repaired: Repaired, _ note: inout RepairNote
  ) throws(EventLogError) -> SegmentIndex {
    let gone = next - segment.first - UInt64(segment.records.count)
    guard gone <= Limits.placeholders else {
      throw .refused(
        reason: "\(gone) records of \(segment.name) are gone, more than a repair puts "
          + "placeholders for; restore a backup")
    }
    let time = end.reached.time
    let header = SegmentHeader(
      first: segment.first, log: log,
      created: segment.header?.created ?? max(time, segment.records.first?.frame.time ?? 0),
      link: end.lastHeaderCRC)
    var rewrite = SegmentRewrite(header, after: time)
    var repaired = repaired
    let whole = segment.wholeBatches
    for (frame, payload) in segment.records where frame.sequence >= rewrite.next {
      while rewrite.next < frame.sequence { repaired.lost.append(rewrite.next); rewrite.addLost() }
      var frame = frame
      if !whole.contains(frame.sequence) { (frame.index, frame.count) = (0, 1) }
      rewrite.add(frame, Array(payload))
    }
    while rewrite.next < next { repaired.lost.append(rewrite.next); rewrite.addLost() }
    try quarantine(segment)
    try note.add(repaired, in: folder, disk)
    // One without a header that can be read is written anew next, link and all.
    let follower = behind.flatMap { next in
      next.header.map { Segment(name: next.name, header: $0) }
    }
    try replace(segment.name, by: rewrite, before: follower)
    var written = Segment(name: segment.name, header: header)
    (written.end, written.next) = (UInt64(rewrite.bytes.count), rewrite.next)
    return try SegmentInspection(written, in: folder, disk).index(after: time)
  }

  /// Keeps a copy of a damaged file, which was gathered; only a person empties `quarantine/`.
  private func quarantine(_ segment: SurveyedSegment) throws(EventLogError) {
    guard let bytes = segment.bytes else { return }
    let quarantine = folder + "/quarantine"
    try disk.makeFolder(quarantine)
    let path = try disk.unusedPath(segment.name, in: quarantine)
    try disk.replace(path, with: bytes, in: quarantine)
  }

  /// The watermark of what is there now: the old one may lie behind the end, or say a clean stop.
  private func writeMark(_ end: SegmentIndex, after mark: Watermark?) throws(EventLogError) {
    let segments = try Recovery.segments(disk, folder)
    guard var last = segments.last else { return }
    last.next = end.reached.sequence
    let file = try WatermarkFile(writing: folder + "/durable", disk)
    defer { file.close() }
    let now = (mark ?? Watermark()).following(
      last, time: end.reached.time, headerCRC: end.lastHeaderCRC, isClean: false)
    try file.write(now)
    try file.sync()
  }
}
