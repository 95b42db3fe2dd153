internal import Core
public import FoundationEssentials

/// How polling stands at a moment.
public struct PollStanding: Hashable, Sendable {
  public var feeds: Int
  /// How many feeds are ok, failing, dead, gone or new.
  public var states: [String: Int]
  /// Feeds that could be asked now if their sites and our own limits let them.
  public var due: Int
  public var inFlight: Int
  /// The oldest due time of those that are due; nil if none is.
  public var oldestDue: Date?
  /// Sites that asked to be left alone for now.
  public var pausedSites: Int
  /// Sites whose budget of the day is used up.
  public var spentSites: Int
  public var isNetworkUp: Bool
  /// Why nothing is asked; nil while polling goes on.
  public var pause: String?
}

extension Poller {
  /// How polling stands now; a walk over all feeds.
  public func standing() -> PollStanding {
    let now = clock()
    let due = feeds.keys.filter { id in
      guard let state = states[id], !state.isGone, !isBusy(id) else { return false }
      return (state.nextDue ?? now) <= now
    }
    return PollStanding(
      feeds: feeds.count, states: counts(now), due: due.count, inFlight: schedule.inFlight,
      oldestDue: due.compactMap { states[$0]?.nextDue }.min(),
      pausedSites: sites.values.count { ($0.pausedUntil ?? now) > now },
      spentSites: spentSites(now),
      isNetworkUp: outage == nil, pause: pauseReason)
  }

  private func counts(_ now: Date) -> [String: Int] {
    var counts = ["ok": 0, "failing": 0, "dead": 0, "gone": 0, "new": 0]
    for id in feeds.keys { counts[state(of: states[id], now), default: 0] += 1 }
    return counts
  }

  private func state(of feed: PollState?, _ now: Date) -> String {
    guard let feed else { return "new" }
    if feed.isGone { return "gone" }
    if feed.failures > 0 { return feed.isDead(now) ? "dead" : "failing" }
    return feed.lastSuccess == nil ? "new" : "ok"
  }

  private func spentSites(_ now: Date) -> Int {
    let keys = Set(feeds.keys.compactMap { id in states[id].flatMap { siteKey(of: $0.address) } })
    return keys.count { key in
      guard let site = sites[key.description], site.dayEnd > now else { return false }
      return isSpent(site, schedule.rules[key])
    }
  }
}
