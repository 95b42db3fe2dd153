public import Core
public import FoundationEssentials

/// How a feed's state moves from poll to poll: pure, with the time and chance given.
extension PollState {
  /// Notes that a poll begins, with a due time that holds if its end is never seen.
  public mutating func claim(every: Duration?, now: Date) {
    lastAttempt = now
    nextDue = now + NextDue.interval(self, every: every, stated: nil)
  }

  /// Notes how a poll ended, and when the next may be.
  ///
  /// Validators are taken from a success only: after a failure the next request is conditional on
  /// what was last recorded.
  public mutating func settle(
    _ fetched: Fetched, _ verdict: Verdict, every: Duration?, now: Date,
    using random: inout some RandomNumberGenerator
  ) {
    polls += 1
    bytes += fetched.bytes
    lastStatus = fetched.status
    if let failure = Self.failure(fetched, verdict) {
      fail(failure, every: every, now: now, using: &random)
      return
    }
    succeed(now)
    noteMove(fetched.movedTo, now)
    let stated = take(fetched.outcome, verdict, now)
    // An operator's order stands above what a document asks for, not above the freshness.
    let bound = every == nil ? stated.shortest : stated.freshness
    let hint = bound.map { $0.seconds * Double.random(in: 1...1.1, using: &random) }
    hintUntil = hint.map { now + $0 }
    let interval = NextDue.interval(self, every: every, stated: stated.shortest)
    let regular =
      (lastAttempt ?? now) + interval * Double.random(in: 0.9...1.1, using: &random)
    nextDue = max(regular, hintUntil ?? regular)
  }

  /// Until when the feed's whole site is to be left alone; `nil` if it did not ask for it.
  ///
  /// A 429 speaks for a public site: limits sit on the parent domain. What it does not say itself
  /// binds the others for a day at most, so that one feed that is refused for good ends none.
  var sitePause: Date? {
    guard lastFailure == FetchFailure.Kind.rateLimited.rawValue, let nextDue else { return nil }
    let day = (lastAttempt ?? nextDue) + Limits.longestInterval.seconds
    return min(nextDue, max(hintUntil ?? day, day))
  }

  /// The failure that an outcome and what became of it amount to; `nil` for a success.
  public static func failure(_ fetched: Fetched, _ verdict: Verdict) -> FetchFailure? {
    if case .failed(let failure) = fetched.outcome { return failure }
    switch verdict {
    case .taken, .unchanged: return nil
    case .notAFeed(let found):
      return FetchFailure(.notAFeed, "not a feed: \(found)", status: fetched.status)
    case .unreadable(let why):
      return FetchFailure(.unreadable, "cannot be read: \(why)", status: fetched.status)
    }
  }
}

extension PollState {
  private mutating func succeed(_ now: Date) {
    lastSuccess = now
    wait = nil
    failures = 0
    failingSince = nil
    lastFailure = nil
    lastFailureMessage = nil
    goneAt = nil
  }

  /// Takes validators, hash and rate; returns what the publisher says of freshness.
  private mutating func take(
    _ outcome: FetchOutcome, _ verdict: Verdict, _ now: Date
  ) -> (freshness: Duration?, shortest: Duration?) {
    switch outcome {
    case .failed: return (nil, nil)
    case .notModified(let answer):
      keep(answer.validators, answer.address)
      notModified += answer.status == 304 ? 1 : 0
      notModifiedStreak = answer.status == 304 ? notModifiedStreak + 1 : 0
      count(0, now)
      return (answer.freshness, answer.freshness)
    case .document(let document):
      keep(document.validators, document.address)
      notModifiedStreak = 0
      bodyHash = document.hash
      guard case .taken(let taken) = verdict else {
        return (document.freshness, document.freshness)
      }
      learn(taken, now)
      let interval = taken.interval.flatMap { $0 > .zero ? min($0, Limits.longestInterval) : nil }
      return (document.freshness, [document.freshness, interval].compactMap { $0 }.max())
    }
  }

  private mutating func keep(_ validators: Validators, _ address: String) {
    etag = validators.etag
    lastModified = validators.lastModified
    finalURL = address
  }

  /// The first document is a backlog: it seeds the rate as if it were a week's.
  private mutating func learn(_ taken: Taken, _ now: Date) {
    if rateAt == nil {
      rateEntries = Double(max(taken.entries, taken.new))
      rateDays = 7
      rateAt = now
    } else {
      count(taken.new, now)
      if taken.new > 0, taken.overlap < 1.0 / 3 { factor = max(0.125, factor / 2) }
      if taken.overlap > 2.0 / 3 { factor = min(1, factor * 1.25) }
    }
    window = taken.entries
  }

  /// Brings the rate up to date; what is past counts half after 14 days.
  private mutating func count(_ new: Int, _ now: Date) {
    guard let before = rateAt else { return }
    let days = max(0, now.timeIntervalSince(before) / 86_400)
    var decay = 1.0
    for _ in 0..<min(64, Int(days / 14)) { decay /= 2 }
    decay *= 1 - (days / 14).truncatingRemainder(dividingBy: 1) / 2
    rateEntries = rateEntries * decay + Double(new)
    rateDays = rateDays * decay + days
    rateAt = now
  }

  /// Counts polls that agree on a permanent target; nothing is rewritten by it.
  private mutating func noteMove(_ target: String?, _ now: Date) {
    if target != movedTo {
      movedTo = target
      movedCount = 0
      movedSince = target == nil ? nil : now
    }
    if target != nil { movedCount += 1 }
  }

  private mutating func fail(
    _ failure: FetchFailure, every: Duration?, now: Date,
    using random: inout some RandomNumberGenerator
  ) {
    let previous = lastFailure.flatMap { FetchFailure.Kind(rawValue: $0) }
    let isRun = previous.map { NextDue.isRun($0, failure.kind) } ?? false
    failures += 1
    failingSince = failingSince ?? now
    var seconds = NextDue.wait(
      failure, after: isRun ? wait : nil, every: every, using: &random)
    // A month without success: once a week will do, but no count of failures ends a feed.
    if now.timeIntervalSince(failingSince ?? now) > 30 * 86_400 { seconds = 7 * 86_400 }
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
