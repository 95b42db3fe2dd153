import EventLog

extension EventLog {
  /// Gives the records from `start` on, in order and batch by batch, up to the end that the log has then, or
  /// before `end`.
  ///
  /// - Returns: where to go on.
  /// - Throws: what reading throws, and what `body` throws.
  @discardableResult
  func forEachBatch(
    from start: Position = .origin, before end: Position? = nil, _ body: ([Record]) throws -> Void
  ) async throws -> Position {
    var position = start
    while end.map({ position < $0 }) ?? true {
      let records = try await read(from: position, limit: 4_096)
      guard let last = records.last else { break }
      try body(end.map { end in records.filter { $0.position < end } } ?? records)
      position = last.position.next
    }
    return position
  }
}
