internal import Core
internal import FoundationEssentials
internal import Logging

/// What must be kept before a poll goes out and after it came back, in batches.
extension Poller {
  func keep(_ state: PollState, for feed: Feed.ID) {
    states[feed] = state
    unsaved[feed] = state
    unsavedSince = unsavedSince ?? clock()
  }

  func keep(_ state: SiteState, for site: SiteKey) {
    sites[site.description] = state
    unsavedSites.insert(site.description)
    unsavedSince = unsavedSince ?? clock()
  }

  /// Records what was found out; what cannot be recorded now is told later.
  func tellFacts() async throws {
    while let fact = untold.first {
      do {
        try await tell(fact)
        untold.removeFirst()
      } catch let pause as PollPaused {
        if isOnce { throw pause }
        return begin(pause)
      }
    }
  }

  /// Saves at once what was claimed, and together with it, or soon, what was settled.
  private func saveIfDue(claims: Bool) throws {
    guard let since = unsavedSince else { return }
    if claims || schedule.inFlight == 0 || unsaved.count >= Limits.settlements
      || clock().timeIntervalSince(since) >= Limits.settlementDelay
    {
      try save()
    }
  }

  /// The claims that are saved; none where there is no room for them, which is waited for.
  func remembered(_ claimed: [(Feed, PollState)]) throws -> [(Feed, PollState)] {
    do {
      try saveIfDue(claims: !claimed.isEmpty)
      return claimed
    } catch let pause as PollPaused {
      if isOnce { throw pause }
      for (feed, _) in claimed { schedule.finished(feed.id) }
      for (feed, _) in claimed { enqueue(feed, due: clock()) }
      begin(pause)
      unsavedSince = pausedUntil
      return []
    }
  }

  /// What a full disk does not take at the end costs a fetch at the next start.
  func saveAtEnd() throws {
    do {
      try save()
    } catch let pause as PollPaused {
      logger.warning("Poll states are not kept", metadata: ["poll.reason": "\(pause.reason)"])
    }
  }

  private func save() throws {
    guard !unsaved.isEmpty || !unsavedSites.isEmpty else { return }
    let changed = unsavedSites.compactMap { key in sites[key].map { (key, $0) } }
    try store.save(unsaved, Dictionary(uniqueKeysWithValues: changed))
    unsaved = [:]
    unsavedSites = []
    unsavedSince = nil
  }

  func begin(_ pause: PollPaused) {
    let now = clock()
    pausedUntil = max(pausedUntil ?? now, pause.until ?? now + 30)
    pauseReason = pause.reason
    guard !isPaused else { return }
    isPaused = true
    logger.error("Polling paused", metadata: ["poll.reason": "\(pause.reason)"])
  }

  func endPause() {
    guard isPaused, pausedUntil == nil else { return }
    isPaused = false
    pauseReason = nil
    logger.notice("Polling resumed")
  }
}
