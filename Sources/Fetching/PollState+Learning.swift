public import Core
public import FoundationEssentials

/// What documents teach of a feed's rate.
extension PollState {
  /// The first document is a backlog: it seeds the rate by the span its newest entries cover, or as if
  /// it were a week's.
  mutating func learn(_ taken: Taken, _ now: Date) {
    if rateAt == nil {
      rateEntries = Double(taken.recent?.entries ?? max(taken.entries, taken.new))
      rateDays = taken.recent?.days ?? 7
      rateAt = now
    } else {
      count(taken.new, now)
      guard !taken.isPartial else { return }
      if taken.new > 0, taken.overlap < 1.0 / 3 { factor = max(0.125, factor / 2) }
      if taken.overlap > 2.0 / 3 { factor = min(1, factor * 1.25) }
      // A whole window passed between two polls: what else did, nobody can say.
      if taken.new > 0, taken.overlap == 0 { hurryUntil = now + Limits.hurry.seconds }
    }
    window = taken.entries
  }

  /// Brings the rate up to date; what is past counts half after 14 days.
  mutating func count(_ new: Int, _ now: Date) {
    guard let before = rateAt else { return }
    let days = max(0, now.timeIntervalSince(before) / 86_400)
    var decay = 1.0
    for _ in 0..<min(64, Int(days / 14)) { decay /= 2 }
    decay *= 1 - (days / 14).truncatingRemainder(dividingBy: 1) / 2
    rateEntries = rateEntries * decay + Double(new)
    rateDays = rateDays * decay + days
    rateAt = now
  }
}

/// The way out for servers that answer 304 to whatever they are sent.
extension PollState {
  /// The state to ask with: without validators where a rescue is due, so that the answer is a document.
  ///
  /// At most once in 14 days, only after 304 answers over more than 20 expected gaps between entries,
  /// and never where the publisher limits requests or says how long an answer is fresh.
  public func asking(isSiteLimited: Bool, now: Date) -> PollState {
    guard let rescueAt, rescueAt <= now, notModifiedStreak > 0, !statesFreshness, !isSiteLimited
    else { return self }
    var state = self
    (state.etag, state.lastModified) = (nil, nil)
    return state
  }

  /// Sets the earliest time of a rescue anew after each document, whether its bytes were known or not.
  mutating func noteDocument(_ outcome: FetchOutcome, _ now: Date) {
    let isWhole: Bool
    switch outcome {
    case .document: isWhole = true
    case .notModified(let answer): isWhole = answer.status != 304
    case .failed: return
    }
    guard isWhole else { return }
    rescueAt = now + max(Limits.rescue.seconds, 20 / entriesPerDay * 86_400)
  }

  /// Puts off the next rescue, however this one ends.
  public mutating func noteRescue(now: Date) {
    rescueAt = now + Limits.rescue.seconds
  }
}
