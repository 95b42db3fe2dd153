public import Core
public import Curl
internal import FoundationEssentials

/// What hubs have to do with polls: feeds that are pushed are polled rarely, and requests to hubs go
/// through the same gates.
extension Poller {
  /// Polls these feeds as a backup only from their next poll on, and all others at their usual pace.
  public func backUp(_ feeds: Set<Feed.ID>) {
    let left = backedUp.subtracting(feeds)
    backedUp = feeds
    askUsually(left.sorted())
  }

  /// Brings polls forward that were put off because a hub pushed; those of failures wait as they were.
  public func askUsually(_ wanted: [Feed.ID]) {
    let now = clock()
    for id in wanted where !isBusy(id) && held[id] == nil {
      guard let feed = feeds[id], var state = states[id], state.failures == 0,
        let last = state.lastAttempt, let due = state.nextDue
      else { continue }
      let pace = pace(feed)
      let usual = last + NextDue.interval(state, pace, now: now)
      let next = state.allowed(max(usual, state.hintUntil ?? usual), pace)
      guard next < due else { continue }
      state.nextDue = next
      keep(state, for: id)
      enqueue(feed, due: max(now, state.nextDue ?? now))
    }
    changes.continuation.yield()
  }
}

extension Poller {
  /// Waits until a request that is no poll may go to `address`; it is called `name` until its turn ends.
  ///
  /// - Throws: `closed` where that takes long; `CancellationError` when the poller ends.
  public func waitForTurn(of name: String, at address: HTTPAddress) async throws {
    try await pass(Self.place(of: name), to: address)
  }

  /// Frees the place of such a request, and notes what its answer says of its site.
  public func endTurn(of name: String, at address: HTTPAddress, _ response: HTTPResponse?) {
    schedule.finished(Self.place(of: name))
    changes.continuation.yield()
    guard let response else { return }
    let now = clock()
    let wait = Hints(response.headers, now: now).retryAfter
    noteAnswer(
      at: SiteKey(address), bytes: response.wireBytes, status: response.status, wait, now)
  }

  /// Learns from a push, which polls would else take for silence, and takes what it gives reason to ask for.
  func notePush(of feed: Feed, new: Int, _ errands: [Errand]) {
    if feeds[feed.id]?.url == feed.url, var state = states[feed.id] {
      state.count(new, clock())
      keep(state, for: feed.id)
    }
    take(errands)
    changes.continuation.yield()
  }

  /// A place in the schedule that no feed can have.
  private static func place(of name: String) -> Feed.ID { Feed.ID("\u{0}" + name) }
}
