public import FoundationEssentials

extension SegmentedLog {
  public func read(
    from position: Position, limit: Int
  ) async throws(EventLogError) -> [Record] {
    try refresh()
    var records: [Record] = []
    var wanted = max(1, position.rawValue)
    var bytes = 0
    while records.count < limit, wanted < durable, bytes < Limits.readBytes {
      guard let segment = segment(of: wanted) else {
        throw .corrupt(
          segment: SegmentHeader.name(wanted), offset: 0, reason: "no segment has this record")
      }
      let before = records.count
      do throws(EventLogError) {
        try read(segment, from: wanted) { record in
          records.append(record)
          bytes += record.payload.count
          return records.count < limit && bytes < Limits.readBytes
        }
        // What a segment lacks at its end must not pass for the end of the log.
        guard records.count > before else {
          throw EventLogError.corrupt(
            segment: segment.name, offset: segment.end, reason: "ends before record \(wanted)")
        }
      } catch {
        // What stands before the damage is good; who asks on from there meets it.
        guard records.isEmpty else { return records }
        throw error
      }
      wanted = records[records.count - 1].position.rawValue + 1
    }
    return records
  }

  /// The segment that holds `sequence`, if the log reaches so far.
  private func segment(of sequence: UInt64) -> Segment? {
    segments.last { $0.first <= sequence }
  }

  /// Gives the records of one segment from `wanted` on, until `take` says that it is enough.
  private func read(
    _ segment: Segment, from wanted: UInt64, _ take: (Record) -> Bool
  ) throws(EventLogError) {
    try scan(segment, from: { $0.place(before: wanted) }) { frame, payload in
      frame.sequence < wanted || take(Record(frame, payload()))
    }
  }

  /// Goes through the frames of a segment from a place of its index on, which grows by what is seen.
  private func scan(
    _ segment: Segment, from place: (SegmentIndex) -> SegmentIndex.Place,
    _ take: (Frame, () -> [UInt8]) -> Bool
  ) throws(EventLogError) {
    let isActive = isWriter && segment.first == segments.last?.first
    var open: OpenSegment
    if isActive, let active {
      open = active
    } else {
      open = try shelf.take(segment, in: folder, disk)
    }
    defer { if !isActive { shelf.put(open, disk) } }
    var scan = SegmentScan(
      disk, open.file, limit: segment.end, from: .init(place(open.index), in: segment.header))
    var next = try scan.next()
    if scan.fault != nil {
      // The index may be wrong and the segment good.
      open.index = SegmentIndex(segment.header)
      scan = SegmentScan(disk, open.file, limit: segment.end, from: .init(segment.header))
      next = try scan.next()
    }
    while let frame = next {
      if frame.sequence == open.index.reached.sequence { open.index.note(frame) }
      if !take(frame, { scan.payload }) { return }
      next = try scan.next()
    }
    if let fault = scan.fault {
      throw .corrupt(segment: segment.name, offset: scan.state.offset, reason: fault)
    }
  }

  /// The first position recorded at or after `time`; the end if there is none.
  public func position(atOrAfter time: Date) async throws(EventLogError) -> Position {
    try refresh()
    let micros = Self.micros(time)
    // A segment was made at the time of its first record, so one made at `time` may have equals before.
    let start = segments.lastIndex { $0.header.created < micros } ?? 0
    var found: UInt64?
    for segment in segments[min(start, segments.count)...] where found == nil {
      try scan(segment, from: { $0.place(beforeTime: micros) }) { frame, _ in
        if frame.time >= micros { found = frame.sequence }
        return found == nil
      }
    }
    return Position(rawValue: found ?? durable)
  }

  // MARK: Following

  nonisolated public func subscribe(from position: Position) -> Subscription {
    Subscription(from: position) { position throws(EventLogError) in
      while !Task.isCancelled {
        let records = try await self.pull(from: position)
        if !records.isEmpty { return records }
        await self.waitForMore(than: position)
      }
      return []
    }
  }

  /// What a subscription hands out next; at the end of a log that takes no more, why it does not.
  private func pull(from position: Position) async throws(EventLogError) -> [Record] {
    let records = try await read(from: position, limit: Limits.subscriptionRecords)
    if records.isEmpty, let ending { throw ending }
    return records
  }

  /// Returns when the log may have passed `position`, is closed, or the task is cancelled.
  private func waitForMore(than position: Position) async {
    guard isWriter else {
      // Another process writes: look again after a while. A cancelled sleep ends at once.
      try? await Task.sleep(for: options.pollInterval)
      return
    }
    let number = nextReader
    nextReader += 1
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // No record is at the origin: in an empty log there is nothing to read at it yet.
        if durable > max(1, position.rawValue) || ending != nil || Task.isCancelled {
          continuation.resume()
        } else {
          readers[number] = continuation
        }
      }
    } onCancel: {
      later { $0.readers.removeValue(forKey: number)?.resume() }
    }
  }

  func wakeReaders() {
    let waiting = readers
    readers = [:]
    for (_, continuation) in waiting { continuation.resume() }
  }
}

extension Record {
  init(_ frame: Frame, _ payload: [UInt8]) {
    self.init(
      position: Position(rawValue: frame.sequence),
      recordedAt: Date(timeIntervalSince1970: Double(frame.time) / 1_000_000), kind: frame.kind,
      isRedacted: frame.flags & Frame.redacted != 0, isLost: frame.flags & Frame.lost != 0,
      streamHash: frame.stream, payload: payload)
  }
}
