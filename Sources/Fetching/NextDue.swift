internal import Core
internal import FoundationEssentials

/// How long to wait after an answer: pure rules, in seconds.
enum NextDue {
  private static let day = 86_400.0
  private static let hour = 3600.0

  /// The interval after a success, before jitter.
  ///
  /// An operator's `every` stands for all of it. Else the share of the budget (``Allocation``), halved
  /// while documents turn over, and short enough that no entry leaves unseen; or as rarely as any feed,
  /// where a hub tells of its news. Never outside of ``bounds(_:_:)``.
  static func interval(_ state: PollState, _ pace: Pace, now: Date) -> Double {
    if let every = pace.every { return max(1, every.seconds) }
    let bounds = bounds(state, pace)
    if let until = state.hurryUntil, until > now { return bounds.lowerBound }
    if pace.isBackup { return bounds.upperBound }
    let share = pace.scale / demand(state, pace).squareRoot() * state.factor
    return min(max(min(share, window(state)), bounds.lowerBound), bounds.upperBound)
  }

  /// Weight times entries a day: what a feed asks of the budget.
  static func demand(_ state: PollState, _ pace: Pace) -> Double {
    pace.weight * state.entriesPerDay
  }

  /// The shortest and the longest interval that politeness and the operator allow.
  static func bounds(_ state: PollState, _ pace: Pace) -> ClosedRange<Double> {
    let stated = state.stated
    let lowest = max(
      floor(state, isStated: stated != nil), stated?.seconds ?? 0, pace.shortest?.seconds ?? 0)
    return lowest...max(lowest, pace.longest?.seconds ?? day)
  }

  /// Half the time in which a document is replaced by new entries, so that none leaves unseen.
  static func window(_ state: PollState) -> Double {
    state.window > 0 ? Double(state.window) / (2 * state.entriesPerDay) * day : .infinity
  }

  /// Whether entries may leave unseen because politeness stands above the window.
  static func isWindowShort(_ state: PollState, _ pace: Pace) -> Bool {
    guard pace.every == nil else { return false }
    return window(state) < bounds(state, pace).lowerBound
  }

  /// The politeness floor: 15 minutes where the publisher says how long a document is fresh, an hour
  /// elsewhere, a day for a quiet feed that can only be asked for whole.
  private static func floor(_ state: PollState, isStated: Bool) -> Double {
    if isStated { return hour / 4 }
    let isWhole = state.etag == nil && state.lastModified == nil
    return isWhole && state.entriesPerDay < 1 && state.rateDays >= 7 ? day : hour
  }

  /// The wait after a failure, growing from the one before.
  static func wait(
    _ failure: FetchFailure, after previous: Duration?, every: Duration?,
    using random: inout some RandomNumberGenerator
  ) -> Double {
    let (base, longest, doubles) = backoff(failure.kind, every?.seconds)
    let before = previous?.seconds
    if doubles {
      let wait = before.map { max(base, 2 * $0) } ?? base
      return min(longest, wait * Double.random(in: 1...1.1, using: &random))
    }
    return min(longest, .random(in: base...max(base, 3 * (before ?? base)), using: &random))
  }

  /// Whether the wait after a failure of kind `next` grows from the one after `previous`.
  ///
  /// All that are drawn at random are one run: a server that times out and resets in turn is as ill
  /// as one that only times out. Those that double mean something of their own each.
  static func isRun(_ previous: FetchFailure.Kind, _ next: FetchFailure.Kind) -> Bool {
    previous == next || !(backoff(previous, nil).doubles || backoff(next, nil).doubles)
  }

  /// Base and bound, and whether the wait doubles or is drawn between base and three times the last.
  private static func backoff(
    _ kind: FetchFailure.Kind, _ every: Double?
  ) -> (base: Double, longest: Double, doubles: Bool) {
    switch kind {
    case .client, .unauthorised, .gone: (day, 7 * day, true)
    case .blocked: (4 * hour, 7 * day, true)
    case .notFound: (hour, 7 * day, true)
    case .rateLimited: (600, day, true)
    case .refusedAddress, .tls: (hour, day, false)
    case .dns, .connect, .timeout, .reset, .tooLarge, .truncated, .encoding:
      (min(300, every ?? 300), day, false)
    case .notAFeed, .unreadable, .empty, .protocol, .redirect, .serverError:
      (max(1, every ?? hour), day, false)
    }
  }
}
