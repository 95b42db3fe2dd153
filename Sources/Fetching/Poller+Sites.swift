internal import Core
internal import Curl
internal import FoundationEssentials

/// What sites allow: their pauses, their budgets of a day, and redirects that wait for one.
extension Poller {
  /// A poll that waits until the site a redirect leads to may be asked.
  struct Hop {
    let site: SiteKey
    let waiter: CheckedContinuation<Void, any Error>
  }

  /// Waits until a redirect may be followed to `address`; the site it came from is free meanwhile.
  ///
  /// - Throws: `closed` where that takes long; `CancellationError` when the poller ends.
  func pass(_ feed: Feed.ID, to address: HTTPAddress) async throws {
    let site = SiteKey(address)
    if let until = longPause(site) { throw PollDeferred.closed(until: until) }
    try await withCheckedThrowingContinuation { (waiter: CheckedContinuation<Void, any Error>) in
      guard !isEnding else { return waiter.resume(throwing: CancellationError()) }
      hops[feed] = Hop(site: site, waiter: waiter)
      schedule.hop(feed, to: site, at: clock())
      changes.continuation.yield()
    }
  }

  /// Lets a redirect of `id` go on; `false` if none waits.
  func resumeHop(of id: Feed.ID, at now: Date) -> Bool {
    guard let hop = hops.removeValue(forKey: id) else { return false }
    begin(hop.site, at: now)
    hop.waiter.resume()
    return true
  }

  func cancelHop(of id: Feed.ID) {
    hops.removeValue(forKey: id)?.waiter.resume(throwing: CancellationError())
  }

  /// Ends every wait, and those that would begin.
  func cancelHops() {
    isEnding = true
    for id in hops.keys { cancelHop(of: id) }
  }
}

extension Poller {
  /// Notes a request to the site of `address`.
  func begin(_ address: String, at now: Date) -> SiteKey? {
    guard let site = siteKey(of: address) else { return nil }
    begin(site, at: now)
    return site
  }

  private func begin(_ site: SiteKey, at now: Date) {
    var state = sites[site.description] ?? SiteState()
    state.begin(at: now)
    keep(state, for: site)
    closeIfSpent(site, state)
  }

  /// Notes what an answer said of its site, and leaves the site alone if it asked for that.
  func note(_ fetched: Fetched, of feed: Feed, at site: SiteKey, _ state: PollState) {
    let now = clock()
    enter(fetched.status, bytes: fetched.bytes, fetched.retryAfter, of: site, now)
    guard !site.isPrivate else { return }
    if let until = state.sitePause { pause(site, until: until) }
    if state.lastFailure == FetchFailure.Kind.blocked.rawValue { noteBlocked(feed.id, site, now) }
  }

  /// Notes the answer to a request that is no poll, and leaves a site alone that calls it one too many.
  func noteAnswer(
    at site: SiteKey, bytes: Int, status: Int?, _ wait: Duration?, _ now: Date
  ) {
    enter(status, bytes: bytes, wait, of: site, now)
    guard status == 429, !site.isPrivate else { return }
    pause(site, until: now + (wait?.seconds ?? Limits.errandPause))
  }

  /// Enters an answer into the ledger of its site.
  private func enter(
    _ status: Int?, bytes: Int, _ wait: Duration?, of site: SiteKey, _ now: Date
  ) {
    var ledger = sites[site.description] ?? SiteState()
    ledger.end(bytes: bytes, status: status, retryAfter: wait, at: now)
    keep(ledger, for: site)
    closeIfSpent(site, ledger)
  }

  /// Three feeds of a site that are blocked within an hour: it is the site that blocks.
  private func noteBlocked(_ feed: Feed.ID, _ site: SiteKey, _ now: Date) {
    var feeds = (blocked[site] ?? [:]).filter { now.timeIntervalSince($0.value) < 3600 }
    feeds[feed] = now
    blocked[site] = feeds.count >= 3 ? nil : feeds
    if feeds.count >= 3 { pause(site, until: now + 3600) }
  }

  func pause(_ site: SiteKey, until: Date) {
    var state = sites[site.description] ?? SiteState()
    state.pause(until: until)
    keep(state, for: site)
    close(site, until: until)
  }

  private func close(_ site: SiteKey, until: Date) {
    schedule.pause(site, until: until)
    guard longPause(site) != nil else { return }
    for (id, hop) in hops where hop.site == site {
      schedule.remove(id)
      hops[id] = nil
      hop.waiter.resume(throwing: PollDeferred.closed(until: until))
    }
    // A single round does not wait for hours; what the site keeps back is not due.
    guard isOnce else { return }
    for (id, state) in states where siteKey(of: state.address) == site { schedule.remove(id) }
    dropErrands(to: site)
  }

  func isSpent(_ state: SiteState, _ rule: SiteRule) -> Bool {
    state.requests >= rule.perDay ?? .max || state.bytes >= rule.bytesPerDay ?? .max
  }

  /// Closes a site for the rest of the day whose budget is used up.
  private func closeIfSpent(_ site: SiteKey, _ state: SiteState) {
    if isSpent(state, schedule.rules[site]) { close(site, until: state.dayEnd) }
  }

  /// Takes over what sites asked for before the start, and what they were asked last.
  func closeSites() {
    let now = clock()
    for feed in feeds.values {
      guard let site = siteKey(of: feed.url) else { continue }
      openLater(site, now)
    }
  }

  /// Takes over what others asked of sites meanwhile, as whoever looked for a new feed there.
  func catchUp(with stored: [String: SiteState]) {
    guard !stored.isEmpty else { return }
    let now = clock()
    for (key, state) in stored {
      guard let last = state.lastStart, last > sites[key]?.lastStart ?? .distantPast else {
        continue
      }
      if sites[key] == nil { sites[key] = state } else { sites[key]?.lastStart = last }
    }
    for site in Set(feeds.values.compactMap { siteKey(of: $0.url) }) { openLater(site, now) }
  }

  private func openLater(_ site: SiteKey, _ now: Date) {
    guard let state = sites[site.description] else { return }
    if let until = state.pausedUntil, until > now { schedule.pause(site, until: until) }
    if let last = state.lastStart, last <= now {
      schedule.pause(site, until: last + schedule.rules[site].gap)
    }
    if state.dayEnd > now { closeIfSpent(site, state) }
  }

  /// Until when a site is closed, if that is long.
  private func longPause(_ site: SiteKey) -> Date? {
    let now = clock()
    return schedule.closed(site, at: now).flatMap { $0 > now + Limits.hopWait ? $0 : nil }
  }

  func isClosed(_ site: SiteKey) -> Bool { longPause(site) != nil }

  /// Whether the site ever answered 429.
  func isLimited(_ site: SiteKey?) -> Bool {
    site.flatMap { sites[$0.description] }.map { $0.limited > 0 } ?? false
  }
}
