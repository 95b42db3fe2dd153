import Core
import EventLog
import FoundationEssentials

/// The log of a daemon, which records nothing while the clock is set far into the future.
///
/// The pause ends when the clock is set right; a restart takes the new time for good.
struct GuardedLog: EventLog {
  private let log: SegmentedLog
  private let watch: ClockWatch
  private let clock: @Sendable () -> ClockWatch.Reading

  init(_ log: SegmentedLog, clock: @escaping @Sendable () -> ClockWatch.Reading) {
    (self.log, watch, self.clock) = (log, ClockWatch(clock()), clock)
  }

  var end: Position {
    get async throws(EventLogError) { try await log.end }
  }

  @discardableResult
  func append(
    _ records: [NewRecord], to stream: StreamName, at now: Date, ifUnchangedSince seen: Position?
  ) async throws(EventLogError) -> Range<Position> {
    let reading = clock()
    guard !watch.isAhead(at: reading) else {
      throw .paused(
        reason: "the clock went forward by \(Int(watch.jump(at: reading)) / 3600) h; "
          + "set it right, or restart to take it")
    }
    return try await log.append(records, to: stream, at: now, ifUnchangedSince: seen)
  }

  func read(from position: Position, limit: Int) async throws(EventLogError) -> [Record] {
    try await log.read(from: position, limit: limit)
  }

  func subscribe(from position: Position) -> Subscription { log.subscribe(from: position) }
}
