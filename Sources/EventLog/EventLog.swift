public import FoundationEssentials

/// A sequence of records, kept in order and durably, that many may read and follow.
///
/// What the bytes mean is the caller's affair. `SegmentedLog` keeps them in local files.
public protocol EventLog: Sendable {
  /// The position the next record will take; everything before it is durable.
  var end: Position { get async throws(EventLogError) }

  /// Appends `records` to `stream` as one unit; they are durable when it returns.
  ///
  /// - Parameters:
  ///   - records: at most 4,096, of at most 4 MiB together.
  ///   - stream: what the condition looks at.
  ///   - now: the time to record; where the clock went back, the last recorded time is taken.
  ///   - seen: the position up to which the caller's views were folded when it decided; nil to
  ///     append in any case.
  /// - Returns: the positions the records took; empty if there are none.
  /// - Throws: `changed` if `stream` has a record after `seen`: nothing was written, decide again.
  ///   `full`: nothing was written, try later. `unknown`: a sync failed; the log is closed and only
  ///   the next start knows. `refused`: the records are out of bounds.
  @discardableResult
  func append(
    _ records: [NewRecord], to stream: StreamName, at now: Date, ifUnchangedSince seen: Position?
  ) async throws(EventLogError) -> Range<Position>

  /// The records at `position` and after it: at most `limit`, and about 4 MiB; empty at the end.
  func read(from position: Position, limit: Int) async throws(EventLogError) -> [Record]

  /// The past from `position` on, then what is appended, without a gap, until cancelled.
  func subscribe(from position: Position) -> Subscription
}

extension EventLog {
  /// Appends `records` to `stream` as one unit, whatever the stream holds by now.
  @discardableResult
  public func append(
    _ records: [NewRecord], to stream: StreamName, at now: Date
  ) async throws(EventLogError) -> Range<Position> {
    try await append(records, to: stream, at: now, ifUnchangedSince: nil)
  }
}
