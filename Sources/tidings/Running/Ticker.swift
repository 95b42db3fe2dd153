import Core
import EventLog
import FoundationEssentials
import Logging
import Projections

/// Records the time where something falls due and no other record comes.
///
/// Rules know one clock, that of the log. A replay meets the same ticks in the same places, and so decides the
/// same.
struct Ticker: Sendable {
  /// The least time between two ticks.
  static let pause: TimeInterval = 10

  let views: Views
  let log: any EventLog
  let logger: Logger
  let clock: @Sendable () -> Date
  var pulse: Pulse = { _ in }

  func run() async throws {
    var last: Date?
    var isStill = false
    while !Task.isCancelled {
      pulse(.rest(atMost: .seconds(1)))
      try await Task.sleep(for: .seconds(1))
      pulse(.step)
      let now = clock()
      try tell(of: now, &isStill)
      guard Self.isDue(try views.nextDue(), at: now, after: last), try await tick(now) else {
        continue
      }
      last = now
    }
  }

  /// Whether a tick is wanted: something was due by `now`, and the last tick is old enough.
  static func isDue(_ due: Date?, at now: Date, after last: Date?) -> Bool {
    guard let due, due <= now else { return false }
    return last.map { now.timeIntervalSince($0) >= pause } ?? true
  }

  /// - Returns: whether it was recorded; not while the log is full or pauses.
  private func tick(_ now: Date) async throws -> Bool {
    do {
      try await log.append([Event(at: now, .clockTicked)], to: .daemon, at: now)
      return true
    } catch {
      guard error.isPassing else { throw error }
      return false
    }
  }

  /// Says once that time stands still in the log, and once that it goes on.
  private func tell(of now: Date, _ isStill: inout Bool) throws {
    let logTime = try views.checkpoint.logTime
    let standsStill = ClockWatch.standsStill(now, after: logTime)
    guard standsStill != isStill else { return }
    isStill = standsStill
    if isStill {
      logger.warning(
        "The clock is behind the log, whose time stands still; set it right",
        metadata: ["log.time": "\(Timestamp.text(logTime))"])
    } else {
      logger.notice("The clock is past the log again")
    }
  }
}
