public import Core
public import FoundationEssentials

/// When a feed may be polled again, and what is remembered until then.
///
/// Pure: the same state, outcome, moment and generator give the same answer.
public enum NextDue {
  /// Without a publisher's statement of freshness, polls are so far apart at least.
  static let floor = Duration.seconds(3_600)
  /// With one.
  static let statedFloor = Duration.seconds(900)
  static let ceiling = Duration.seconds(86_400)

  /// The state after a success: `taken` entries were new of `entries`.
  ///
  /// The interval is the latest of the floor, the publisher's hints, and one that grows with the
  /// square root of the time between entries; an operator's `every` replaces floor and formula.
  public static func succeeded(
    _ state: PollState, _ feed: Feed, answer: Answer, new: Int, entries: Int?, ttl: Duration?,
    now: Date, using random: inout some RandomNumberGenerator
  ) -> PollState {
    var next = state
    noteRate(&next, new: new, now: now)
    next.lastSuccess = now
    (next.failures, next.failingSince, next.wait) = (0, nil, nil)
    (next.lastFailure, next.lastFailureMessage) = (nil, nil)
    if let entries { next.window = entries }
    let hint = max(answer.freshFor ?? .zero, feed.every == nil ? ttl ?? .zero : .zero)
    let interval = feed.every ?? self.interval(next, isStated: answer.freshFor != nil)
    let jittered = interval.seconds * Double.random(in: 0.9...1.1, using: &random)
    // An order is kept to the second; only what we chose ourselves is spread.
    let wait = feed.every.map(\.seconds) ?? jittered
    next.nextDue = now.addingTimeInterval(max(wait, hint.seconds))
    next.hintUntil = hint > .zero ? now.addingTimeInterval(hint.seconds) : nil
    return next
  }

  /// The state after a failure.
  ///
  /// Waits grow at random within threefold steps, so that feeds that failed together do not come back
  /// together.
  public static func failed(
    _ state: PollState, _ feed: Feed, _ failure: FetchFailure, now: Date,
    using random: inout some RandomNumberGenerator
  ) -> PollState {
    var next = state
    let (base, most) = bounds(failure.kind, feed)
    let previous = state.wait?.seconds ?? base
    let grown = min(most, Double.random(in: base...max(base, 3 * previous), using: &random))
    let wait = max(grown, failure.retryAfter?.seconds ?? 0)
    next.wait = .seconds(grown)
    next.failures += 1
    next.failingSince = state.failingSince ?? now
    next.lastFailure = failure.kind.rawValue
    next.lastFailureMessage = failure.message
    next.lastStatus = failure.status
    next.nextDue = max(now.addingTimeInterval(wait), state.hintUntil ?? now)
    next.hintUntil =
      failure.retryAfter.map { now.addingTimeInterval($0.seconds) } ?? state.hintUntil
    return next
  }

  /// The least and the longest wait after a failure, in seconds.
  private static func bounds(_ kind: FetchFailure.Kind, _ feed: Feed) -> (
    base: Double, most: Double
  ) {
    let own = (feed.every ?? floor).seconds
    switch kind {
    case .dns, .connect, .timeout, .reset: return (min(300, own), 86_400)
    case .client, .unauthorised, .gone: return (86_400, 7 * 86_400)
    case .blocked: return (4 * 3_600, 7 * 86_400)
    case .notFound, .refusedAddress, .tls: return (3_600, 7 * 86_400)
    case .rateLimited: return (600, 86_400)
    default: return (own, 86_400)
    }
  }

  /// One that polls feeds in proportion to the root of their rate, and sees no window turn over.
  private static func interval(_ state: PollState, isStated: Bool) -> Duration {
    let least = isStated ? statedFloor : floor
    let perDay = state.entriesPerDay
    // A feed of ten entries a day is asked once an hour.
    let rooted = 3_600 * (10 / perDay).squareRoot()
    let window = state.window > 0 ? Double(state.window) / (2 * perDay) * 86_400 : .infinity
    return min(max(.seconds(min(rooted, window)), least), ceiling)
  }

  /// Adds what came since the last success, forgetting the past by half every 14 days.
  private static func noteRate(_ state: inout PollState, new: Int, now: Date) {
    let days = state.rateAt.map { max(0, now.timeIntervalSince($0)) / 86_400 } ?? 0
    let kept = pow2(-days / 14)
    state.rateEntries = state.rateEntries * kept + (state.rateAt == nil ? 0 : Double(new))
    state.rateDays = state.rateDays * kept + days
    state.rateAt = now
  }

  /// 2 to the power of `x`, for -60 to 0: by halving, then the series of the rest.
  private static func pow2(_ x: Double) -> Double {
    let whole = max(-60, x.rounded(.up))
    let rest = (max(-60, x) - whole) * 0.693_147_180_559_945_3
    let series = 1 + rest * (1 + rest / 2 * (1 + rest / 3 * (1 + rest / 4 * (1 + rest / 5))))
    return series * Double(sign: .plus, exponent: Int(whole), significand: 1)
  }
}
