public import FoundationEssentials

extension SegmentedLog {
  @discardableResult
  nonisolated public func append(
    _ records: [NewRecord], to stream: StreamName, at now: Date,
    ifUnchangedSince seen: Position? = nil
  ) async throws(EventLogError) -> Range<Position> {
    // In the caller's task: the log's thread has only the disk to wait for.
    try await append(
      try Batch(records, in: stream.hash), to: stream, at: now, ifUnchangedSince: seen)
  }

  private func append(
    _ batch: consuming Batch, to stream: StreamName, at now: Date, ifUnchangedSince seen: Position?
  ) async throws(EventLogError) -> Range<Position> {
    try checkWritable()
    try check(stream, unchangedSince: seen)
    if batch.isEmpty { return Position(rawValue: nextSequence)..<Position(rawValue: nextSequence) }
    if !gathering.takes(batch) {
      commit()
      try checkWritable()
    }
    let first = nextSequence
    let range = Position(rawValue: first)..<Position(rawValue: first + UInt64(batch.frames.count))
    lastTime = max(lastTime, Self.micros(now))
    // Moved, not copied: a batch may be megabytes.
    gathering.join(consume batch, first: first, time: lastTime)
    lastOf[stream] = Position(rawValue: range.upperBound.rawValue - 1)
    return try await outcome(of: range).get()
  }

  /// The sequence that the next record gathered will have.
  private var nextSequence: UInt64 { durable + UInt64(gathering.frames.count) }

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

  /// Waits for the commit that carries `range`; the first to wait asks for it.
  private func outcome(of range: Range<Position>) async -> Result<Range<Position>, EventLogError> {
    await withCheckedContinuation { continuation in
      if waiters.isEmpty { later { $0.commit() } }
      waiters.append(Waiter(result: range, continuation: continuation))
    }
  }

  // MARK: Commit

  /// Writes the gathered batch, syncs it, makes it visible and wakes who waited for it.
  func commit() {
    guard !gathering.isEmpty else { return }
    let waiting = waiters
    do {
      try write()
      for waiter in waiting { waiter.continuation.resume(returning: .success(waiter.result)) }
      wakeReaders()
    } catch {
      // Nothing of the batch is there: what was decided on top of it never was.
      lastOf = lastOf.mapValues { min($0, Position(rawValue: durable - 1)) }
      for waiter in waiting { waiter.continuation.resume(returning: .failure(error)) }
    }
  }

  private func write() throws(EventLogError) {
    var batch = Batch()
    swap(&batch, &gathering)
    waiters = []
    if let ending { throw ending }
    try checkSpace()
    try rollIfNeeded(for: batch.bytes.count, at: batch.frames[0].frame.time)
    batch.seal(chain: segments[segments.count - 1].isEmpty ? 0 : chain)
    try put(batch.bytes)
    publish(batch)
  }

  /// The bytes go to the disk whole or leave no trace; a failed sync ends the log.
  private func put(_ bytes: [UInt8]) throws(EventLogError) {
    guard let file = active?.file else { throw .closed }
    let end = segments[segments.count - 1].end
    do {
      try disk.write(bytes, to: file, at: end)
    } catch {
      throw withdraw(error, from: file, end: end)
    }
    do {
      try disk.sync(file)
    } catch {
      // The kernel may have dropped the pages, and the next sync would succeed: final.
      throw poison("a sync failed: \(error)")
    }
  }

  /// Takes back half a batch after a full disk, so that it never goes out with the next success.
  private func withdraw(
    _ error: EventLogError, from file: OpenFile, end: UInt64
  ) -> EventLogError {
    guard let full = noRoom(error) else { return poison("a write failed: \(error)") }
    do {
      try disk.truncate(file, to: end)
      try disk.sync(file)
    } catch {
      return poison("half a batch could not be taken back: \(error)")
    }
    isFull = true
    return full
  }

  private func publish(_ batch: Batch) {
    let last = segments.count - 1
    for placed in batch.frames { active?.index.note(placed.frame) }
    segments[last].end += UInt64(batch.bytes.count)
    durable += UInt64(batch.frames.count)
    segments[last].next = durable
    chain = batch.frames[batch.frames.count - 1].frame.headerCRC
    // A promise to readers only; the batch is durable without it.
    do { try writeMark(isClean: false) } catch { warn(error) }
    markFile.syncLater(options.watermarkDelay, failed: warn)
  }

  private func checkSpace() throws(EventLogError) {
    let free = try disk.free(at: folder)
    // Once full, writing begins again only with some room above the floor.
    isFull = free < options.floor + (isFull ? Limits.resumeBytes : 0)
    if isFull { throw .full(path: folder, free: free, floor: options.floor) }
  }

  /// No later call may succeed: only the next start can tell what is on the disk.
  func poison(_ reason: String) -> EventLogError {
    ending = .closed
    wakeReaders()
    return .unknown(reason: reason)
  }
}
