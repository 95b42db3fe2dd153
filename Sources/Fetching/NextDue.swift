internal import Core

/// How long to wait after an answer: pure rules, in seconds.
enum NextDue {
  private static let day = 86_400.0
  private static let hour = 3600.0

  /// The interval after a success, before jitter.
  ///
  /// An operator's `every` stands for all of it. Else `c/√λ` for λ new entries a day, with `c` such
  /// that 24 entries a day are asked for hourly (a square-root allocation wastes fewer polls on fast
  /// feeds than a proportional one), halved while documents turn over, and short enough that no
  /// entry leaves unseen; but never under the floor or over a day.
  static func interval(_ state: PollState, every: Duration?, stated: Duration?) -> Double {
    if let every { return max(1, every.seconds) }
    let rate = state.entriesPerDay
    var interval = hour * (24 / rate).squareRoot() * state.factor
    if state.window > 0 { interval = min(interval, Double(state.window) / (2 * rate) * day) }
    let lowest = max(floor(state, isStated: stated != nil), stated?.seconds ?? 0)
    return min(max(interval, lowest), day)
  }

  /// The politeness floor: 15 minutes where the publisher says how long a document is fresh, an hour
  /// elsewhere, a day for a quiet feed that can only be asked for whole.
  static func floor(_ state: PollState, isStated: Bool) -> Double {
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
