public import Core
public import FoundationEssentials

/// What failures do to a feed's state.
extension PollState {
  mutating func fail(
    _ failure: FetchFailure, _ pace: Pace, now: Date,
    using random: inout some RandomNumberGenerator
  ) {
    let previous = lastFailure.flatMap { FetchFailure.Kind(rawValue: $0) }
    let isRun = previous.map { NextDue.isRun($0, failure.kind) } ?? false
    failures += 1
    failingSince = failingSince ?? now
    var seconds = NextDue.wait(
      failure, after: isRun ? wait : nil, every: pace.every, using: &random)
    // A month without success: once a week will do, but no count of failures ends a feed.
    if isDead(now) { seconds = 7 * 86_400 }
    wait = .seconds(seconds)
    lastFailure = failure.kind.rawValue
    lastFailureMessage = failure.message
    noteGone(failure, now)
    let retry = failure.retryAfter.map { now + $0.seconds * .random(in: 1...1.1, using: &random) }
    let due = now + seconds
    // Without a wait of the publisher's own, a hint given earlier still holds.
    nextDue = max(due, retry ?? hintUntil ?? due)
    if let retry { hintUntil = retry }
  }

  /// Whether nothing came for a month.
  public func isDead(_ now: Date) -> Bool {
    failingSince.map { now.timeIntervalSince($0) > 30 * 86_400 } ?? false
  }

  /// One 410 may be a slip; a second one a day later ends the polling.
  private mutating func noteGone(_ failure: FetchFailure, _ now: Date) {
    guard failure.kind == .gone else {
      goneAt = nil
      return
    }
    if let goneAt, now.timeIntervalSince(goneAt) >= 86_400 { isGone = true }
    goneAt = goneAt ?? now
  }
}
