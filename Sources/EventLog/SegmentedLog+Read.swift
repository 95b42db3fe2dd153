public import FoundationEssentials

extension SegmentedLog {
  public func read(
    from position: Position, limit: Int
  ) async throws(EventLogError) -> [Record] {
    if ending != nil { throw .closed }
    if !isWriter { try refresh() }
    var records: [Record] = []
    var wanted = max(1, position.rawValue)
    var bytes = 0
    while records.count < limit, wanted < durable, bytes < Limits.readBytes {
      guard let index = segments.lastIndex(where: { $0.header.first <= wanted }) else { break }
      let before = records.count
      try read(segment: index, from: wanted, limit: limit, &records, &bytes)
      guard records.count > before, let last = records.last else { break }
      wanted = last.position.rawValue + 1
    }
    return records
  }

  /// Reads on in one segment, from the last place kept before `wanted`.
  private func read(
    segment index: Int, from wanted: UInt64, limit: Int, _ records: inout [Record],
    _ bytes: inout Int
  ) throws(EventLogError) {
    let segment = segments[index]
    let place = segment.place(before: wanted)
    let isStart = place.sequence == segment.header.first
    let state = SegmentScan.State(
      offset: place.offset, sequence: place.sequence, time: .min, chain: isStart ? 0 : nil,
      missing: isStart ? 0 : -1)
    var scan = SegmentScan(disk, segment.file, limit: segment.end, from: state)
    while records.count < limit, bytes < Limits.readBytes, scan.state.sequence < durable {
      guard let (frame, payload) = try scan.next() else { break }
      if frame.sequence >= segments[index].indexed.sequence {
        segments[index].note(frame, at: scan.state.offset - UInt64(frame.size))
      }
      guard frame.sequence >= wanted else { continue }
      records.append(Record(frame, payload))
      bytes += payload.count
    }
    if let fault = scan.fault {
      throw .corrupt(segment: segment.name, offset: scan.state.offset, reason: fault)
    }
  }

  nonisolated public func subscribe(from position: Position) -> Subscription {
    Subscription(from: position) { position throws(EventLogError) in
      while !Task.isCancelled {
        let records = try await self.read(from: position, limit: Limits.subscriptionRecords)
        if !records.isEmpty { return records }
        await self.waitForMore(than: position)
      }
      return []
    }
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
        if durable > position.rawValue || ending != nil || Task.isCancelled {
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

  /// The first position recorded at or after `time`; the end if there is none.
  public func position(atOrAfter time: Date) async throws(EventLogError) -> Position {
    if !isWriter { try refresh() }
    let micros = Int64((time.timeIntervalSince1970 * 1_000_000).rounded(.down))
    // A segment begins after everything in those before it.
    let index = segments.lastIndex { $0.header.created <= micros } ?? 0
    var position = Position(rawValue: segments.isEmpty ? 1 : segments[index].header.first)
    while position.rawValue < durable {
      let records = try await read(from: position, limit: 1_000)
      if let first = records.first(where: { $0.recordedAt >= time }) { return first.position }
      guard let last = records.last else { break }
      position = Position(rawValue: last.position.rawValue + 1)
    }
    return Position(rawValue: durable)
  }
}

extension Record {
  init(_ frame: Frame, _ payload: ArraySlice<UInt8>) {
    self.init(
      position: Position(rawValue: frame.sequence),
      recordedAt: Date(timeIntervalSince1970: Double(frame.time) / 1_000_000), kind: frame.kind,
      isRedacted: frame.flags & Frame.redacted != 0, streamHash: frame.stream,
      payload: Array(payload))
  }
}
