public import FoundationEssentials

extension SegmentedLog {
  @discardableResult
  public func append(
    _ records: [NewRecord], to stream: StreamName, at now: Date,
    ifUnchangedSince seen: Position? = nil
  ) async throws(EventLogError) -> Range<Position> {
    let hash = stream.hash
    var frames: [Frame] = []
    for record in records { frames.append(try Frame(record, in: hash)) }
    let size = frames.reduce(0) { $0 + $1.size }
    guard records.count <= Limits.recordsInBatch, size <= Limits.batchBytes else {
      throw .refused(
        reason: "\(records.count) records of \(size) bytes are too much for one append")
    }
    try checkWritable()
    try check(stream, unchangedSince: seen)
    guard !records.isEmpty else {
      return Position(rawValue: nextSequence)..<Position(rawValue: nextSequence)
    }
    let gathered = batchFrames.reduce(0) { $0 + $1.size }
    if gathered + size > Limits.batchBytes
      || batchFrames.count + records.count > Limits.recordsInBatch
    {
      commit()
      try checkWritable()
    }
    let range = gather(frames, records, at: now)
    lastOf[stream] = Position(rawValue: range.upperBound.rawValue - 1)
    return try await outcome(of: range).get()
  }

  /// The sequence that the next record gathered will have.
  private var nextSequence: UInt64 { durable + UInt64(batchFrames.count) }

  private func checkWritable() throws(EventLogError) {
    if let ending { throw ending }
    guard isWriter else { throw .refused(reason: "the log is open for reading only") }
  }

  private func check(
    _ stream: StreamName, unchangedSince seen: Position?
  ) throws(EventLogError) {
    guard let seen else { return }
    let last = lastOf[stream] ?? openedAt
    guard last <= seen else { throw .changed(stream, last: last) }
  }

  /// Adds an append to the batch; sequence, time and place in it are known now.
  private func gather(_ frames: [Frame], _ records: [NewRecord], at now: Date) -> Range<Position> {
    let first = nextSequence
    let micros = Int64((now.timeIntervalSince1970 * 1_000_000).rounded())
    lastTime = max(lastTime, micros)
    for (index, var frame) in frames.enumerated() {
      frame.sequence = first + UInt64(index)
      frame.time = lastTime
      batchFrames.append(frame)
      payloads.append(records[index].payload)
    }
    return Position(rawValue: first)..<Position(rawValue: first + UInt64(frames.count))
  }

  /// Waits for the commit that carries `range`; the first to wait asks for it.
  private func outcome(of range: Range<Position>) async -> Result<Range<Position>, EventLogError> {
    await withCheckedContinuation { continuation in
      if waiters.isEmpty { later { $0.commit() } }
      waiters.append(Waiter(result: range, continuation: continuation))
    }
  }

  /// Writes the gathered batch, syncs it, makes it visible and wakes who waited for it.
  func commit() {
    guard !batchFrames.isEmpty else { return }
    let (frames, bodies, waiting) = (batchFrames, payloads, waiters)
    (batchFrames, payloads, waiters) = ([], [], [])
    let before = chain
    do {
      try write(frames, bodies)
      for waiter in waiting { waiter.continuation.resume(returning: .success(waiter.result)) }
      wakeReaders()
    } catch {
      // Nothing of the batch is there: what was gathered on top of it never was.
      if case .full = error {
        chain = before
        lastOf = lastOf.mapValues { min($0, Position(rawValue: durable - 1)) }
      }
      for waiter in waiting { waiter.continuation.resume(returning: .failure(error)) }
    }
  }

  private func write(_ frames: [Frame], _ bodies: [[UInt8]]) throws(EventLogError) {
    if let ending { throw ending }
    let size = frames.reduce(0) { $0 + $1.size }
    try checkSpace()
    try rollIfNeeded(for: size)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    let segmentStart =
      segments[segments.count - 1].next == segments[segments.count - 1].header.first
    var link = segmentStart ? 0 : chain
    var written: [Frame] = []
    for (index, var frame) in frames.enumerated() {
      frame.index = UInt16(index)
      frame.count = UInt16(frames.count)
      frame.chain = link
      frame.write(bodies[index], to: &bytes)
      link = frame.headerCRC
      written.append(frame)
    }
    try put(bytes)
    chain = link
    publish(written)
  }

  /// The bytes go to the disk whole or leave no trace; a failed sync ends the log.
  private func put(_ bytes: [UInt8]) throws(EventLogError) {
    let segment = segments[segments.count - 1]
    do {
      try disk.write(bytes, to: segment.file, at: segment.end)
    } catch {
      throw withdraw(error, from: segment)
    }
    do {
      try disk.sync(segment.file)
    } catch {
      // The kernel may have dropped the pages, and the next sync would succeed: final.
      throw poison("fdatasync failed: \(error)")
    }
  }

  /// Takes back half a batch after a full disk, so that it never goes out with the next success.
  private func withdraw(_ error: EventLogError, from segment: Segment) -> EventLogError {
    guard case .io(_, _, let code) = error, Self.isFull(code) else {
      return poison("a write failed: \(error)")
    }
    do {
      try disk.truncate(segment.file, to: segment.end)
      try disk.sync(segment.file)
    } catch {
      return poison("half a batch could not be taken back: \(error)")
    }
    return .full(path: folder, free: (try? disk.free(at: folder)) ?? 0, floor: options.floor)
  }

  private func publish(_ frames: [Frame]) {
    let index = segments.count - 1
    for frame in frames {
      segments[index].note(frame, at: segments[index].end)
      segments[index].end += UInt64(frame.size)
    }
    durable += UInt64(frames.count)
    segments[index].next = durable
    // The watermark is a promise to readers; the batch is durable without it.
    try? writeMark(isClean: false, synced: false)
  }

  private func checkSpace() throws(EventLogError) {
    let free = try disk.free(at: folder)
    // Once full, writing begins again only with some room above the floor.
    let floor = isFull ? options.floor + options.floor / 4 : options.floor
    isFull = free < floor
    if isFull { throw .full(path: folder, free: free, floor: options.floor) }
  }

  /// No later call may succeed: only the next start can tell what is on the disk.
  func poison(_ reason: String) -> EventLogError {
    let error = EventLogError.unknown(reason: reason)
    ending = .closed
    wakeReaders()
    return error
  }

  /// ENOSPC, EDQUOT and EFBIG: no room, for whatever reason.
  static func isFull(_ code: Int32) -> Bool { [28, 122, 27].contains(code) }
}
