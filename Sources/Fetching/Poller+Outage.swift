internal import Core
internal import FoundationEssentials
internal import Logging

/// What is done when it is we who are cut off: nothing is counted, and one feed asks for all.
extension Poller {
  /// A poll without any answer, which waits for what others say of the network before it counts.
  struct Held: Sendable {
    let feed: Feed
    let fetched: Fetched
    let before: PollState
    var until: Date
  }

  /// The time without a network.
  struct Outage {
    let since: Date
    /// When the next feed may try.
    var probeAt: Date
    var wait = 30.0
    /// The feed that tries.
    var probe: Feed.ID?
    /// Feeds that are not asked meanwhile.
    var stranded: Set<Feed.ID> = []
  }

  /// Holds a failure back, or puts the feed with those that wait for the network.
  func hold(_ poll: Held) {
    let now = clock()
    guard feeds[poll.feed.id]?.url == poll.feed.url,
      let site = siteKey(of: poll.before.address)
    else { return askAgain(poll.feed.id) }
    detector.note(site, isAnswered: false, at: now)
    if outage != nil { return strand(poll.feed.id, now) }
    held[poll.feed.id] = poll
    held[poll.feed.id]?.until = isOnce ? .distantFuture : now + Limits.hold
    if !isOnce, detector.isOut(sites: publicSites, at: now) { beginOutage(now) }
  }

  /// Counts the failures that were held back long enough.
  func release(_ group: inout ThrowingTaskGroup<Event, any Error>) {
    let now = clock()
    if let pausedUntil, pausedUntil > now { return }
    for poll in held.values.filter({ $0.until <= now }).sorted(by: { $0.feed.id < $1.feed.id }) {
      held[poll.feed.id] = nil
      accepting.insert(poll.feed.id)
      group.addTask { [accept] in
        do {
          let verdict = try await accept(poll.feed, poll.fetched.outcome, poll.before)
          return .polled(poll.feed, poll.fetched, verdict)
        } catch let pause as PollPaused {
          return .paused(poll.feed, pause)
        }
      }
    }
  }

  /// Takes an answer into account, which may show that the network is back.
  func noteAnswer(of feed: Feed, _ fetched: Fetched, _ verdict: Verdict) {
    let now = clock()
    guard let site = states[feed.id].flatMap({ siteKey(of: $0.address) }), !site.isPrivate,
      !fetched.isUnanswered
    else { return }
    detector.note(site, isAnswered: true, at: now)
    guard outage != nil else { return }
    let failure = PollState.failure(fetched, verdict)
    let isError = (failure?.status ?? 0) >= 400
    if detector.isBack(site, isFeed: failure == nil, isError: isError) { endOutage(now) }
  }

  /// Lets one feed try whether the network is back, at growing distances.
  func probe(at now: Date) {
    guard let state = outage, state.probe == nil, state.probeAt <= now else { return }
    let wait = min(300, state.wait * 2)
    outage?.wait = wait
    outage?.probeAt = now + wait
    guard let id = candidate(state.stranded, now),
      let site = states[id].flatMap({ siteKey(of: $0.address) })
    else { return }
    outage?.stranded.remove(id)
    outage?.probe = id
    schedule.add(id, site: site, due: now)
  }

  /// A feed that is due and was healthy, else one that is due, at random.
  private func candidate(_ stranded: Set<Feed.ID>, _ now: Date) -> Feed.ID? {
    let due = stranded.sorted().filter { id in
      guard let state = states[id], let site = siteKey(of: state.address) else { return false }
      return (state.nextDue ?? now) <= now && !isClosed(site)
    }
    let healthy = due.filter { states[$0]?.failures == 0 }
    return (healthy.isEmpty ? due : healthy).randomElement(using: &random)
  }

  private func beginOutage(_ now: Date) {
    let hosts = detector.silent.prefix(100).map(\.description)
    outage = Outage(since: now, probeAt: now + 30)
    for id in held.keys { strand(id, now) }
    held = [:]
    for (id, state) in states where feeds[id] != nil && !isBusy(id) && !state.isGone {
      guard let site = siteKey(of: state.address), !site.isPrivate else { continue }
      schedule.remove(id)
      outage?.stranded.insert(id)
    }
    untold.append(.networkLost(hosts: hosts))
    logger.warning("Network lost; polling waits", metadata: ["sites": "\(hosts.count)"])
  }

  private func endOutage(_ now: Date) {
    guard let over = outage else { return }
    outage = nil
    detector.reset()
    spread(over.stranded.compactMap { feeds[$0] }, now)
    untold.append(.networkReturned(since: over.since))
    logger.notice("Network returned", metadata: ["feeds": "\(over.stranded.count)"])
  }

  /// Puts a feed aside that got no answer: nobody was asked, so it is due as soon as there is a network.
  private func strand(_ id: Feed.ID, _ now: Date) {
    guard feeds[id] != nil, var state = states[id] else { return }
    state.nextDue = max(now, state.hintUntil ?? now)
    keep(state, for: id)
    outage?.stranded.insert(id)
  }
}
