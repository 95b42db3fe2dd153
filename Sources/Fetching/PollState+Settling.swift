public import Core
public import FoundationEssentials

/// How a feed's state moves from poll to poll: pure, with the time and chance given.
extension PollState {
  /// Notes that a poll begins, with a due time that holds if its end is never seen.
  public mutating func claim(_ pace: Pace, now: Date) {
    lastAttempt = now
    nextDue = now + NextDue.interval(self, pace, now: now)
  }

  /// Notes how a poll ended, and when the next may be.
  ///
  /// Validators are taken from a success only: after a failure the next request is conditional on
  /// what was last recorded.
  ///
  /// - Returns: what became of the feed's address, if anything did.
  @discardableResult
  public mutating func settle(
    _ fetched: Fetched, _ verdict: Verdict, _ pace: Pace, now: Date,
    using random: inout some RandomNumberGenerator
  ) -> AddressChange? {
    polls += 1
    bytes += fetched.bytes
    lastStatus = fetched.status
    if let failure = Self.failure(fetched, verdict) {
      fail(failure, pace, now: now, using: &random)
      return seekNewAddress(failure, now)
    }
    succeed(now)
    take(fetched.outcome, verdict, now)
    setNextDue(pace, now: now, using: &random)
    return noteMove(fetched.movedTo, now)
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

  /// The latest of the regular time and what the publisher asks for; a hint is only ever lengthened.
  private mutating func setNextDue(
    _ pace: Pace, now: Date, using random: inout some RandomNumberGenerator
  ) {
    // An operator's order stands above what a document asks for, not above the freshness.
    let bound = pace.every == nil ? stated : freshness
    let hint = bound.map { $0.seconds * Double.random(in: 1...1.1, using: &random) }
    hintUntil = hint.map { now + $0 }
    let interval = NextDue.interval(self, pace, now: now)
    let regular =
      (lastAttempt ?? now) + interval * Double.random(in: 0.9...1.1, using: &random)
    let due = max(regular, hintUntil ?? regular)
    nextDue = allowed(due, pace)
  }

  /// The first moment from `due` on at which the publisher does not want to be left alone.
  func allowed(_ due: Date, _ pace: Pace) -> Date {
    pace.every == nil ? skip?.next(from: due) ?? due : due
  }

  /// Takes validators, hash, rate and what the publisher says of the next poll.
  private mutating func take(_ outcome: FetchOutcome, _ verdict: Verdict, _ now: Date) {
    switch outcome {
    case .failed: return
    case .notModified(let answer):
      keep(answer.validators, answer.address, answer.freshness)
      notModified += answer.status == 304 ? 1 : 0
      notModifiedStreak = answer.status == 304 ? notModifiedStreak + 1 : 0
      count(0, now)
    case .document(let document):
      keep(document.validators, document.address, document.freshness)
      notModifiedStreak = 0
      bodyHash = document.hash
      guard case .taken(let taken) = verdict else { return }
      learn(taken, now)
      askedInterval = taken.interval.flatMap {
        $0 > .zero ? min($0, Limits.longestInterval) : nil
      }
      skip = taken.skip
    }
    noteDocument(outcome, now)
  }

  private mutating func keep(
    _ validators: Validators, _ address: String, _ freshness: Duration?
  ) {
    etag = validators.etag
    lastModified = validators.lastModified
    finalURL = address == url ? url : address
    self.freshness = freshness
    if freshness != nil { statesFreshness = true }
  }
}
