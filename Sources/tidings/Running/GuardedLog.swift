import Core
import EventLog
import FoundationEssentials

/// The log of a daemon, which records nothing while the clock is set far into the future, and counts what it
/// records.
///
/// The pause ends when the clock is set right; a restart takes the new time for good.
struct GuardedLog: EventLog {
  private let log: SegmentedLog
  private let watch: ClockWatch
  private let clock: @Sendable () -> ClockWatch.Reading
  private let vitals: Vitals
  private let tally: Tally

  init(
    _ log: SegmentedLog, _ vitals: Vitals, _ tally: Tally,
    clock: @escaping @Sendable () -> ClockWatch.Reading
  ) {
    (self.log, watch, self.clock) = (log, ClockWatch(clock()), clock)
    (self.vitals, self.tally) = (vitals, tally)
  }

  var end: Position {
    get async throws(EventLogError) { try await log.end }
  }

  @discardableResult
  func append(
    _ records: [NewRecord], to stream: StreamName, at now: Date, ifUnchangedSince seen: Position?
  ) async throws(EventLogError) -> Range<Position> {
    let start = clock()
    if let pause = pause(at: start) { throw pause }
    let range = try await vitals.during("append", bound: .seconds(10)) {
      () async throws(EventLogError) in
      try await log.append(records, to: stream, at: now, ifUnchangedSince: seen)
    }
    let time = (clock().boot - start.boot).seconds
    tally.note { $0.count(records, took: time) }
    return range
  }

  /// Why nothing is recorded; nil while the clock is as it was.
  var pause: EventLogError? { pause(at: clock()) }

  private func pause(at reading: ClockWatch.Reading) -> EventLogError? {
    guard watch.isAhead(at: reading) else { return nil }
    return .paused(
      reason: "the clock went forward by \(Int(watch.jump(at: reading)) / 3600) h; "
        + "set it right, or restart to take it")
  }

  func read(from position: Position, limit: Int) async throws(EventLogError) -> [Record] {
    try await log.read(from: position, limit: limit)
  }

  func subscribe(from position: Position) -> Subscription { log.subscribe(from: position) }
}
