internal import Core
internal import FoundationEssentials

extension Poller {
  /// How often `feed` is to be asked, as things stand.
  func pace(_ feed: Feed) -> Pace {
    var pace = (options[feed.id] ?? PollOptions()).pace(every: feed.every, scale: scale)
    pace.isBackup = backedUp.contains(feed.id)
    return pace
  }

  /// Shares the budget anew, and counts the sites that share it; feeds that are polled by
  /// order, or as a backup, take no part.
  func allocate() {
    allocatedAt = clock()
    let shares = feeds.values.sorted { $0.id < $1.id }.compactMap { feed -> Allocation.Share? in
      guard feed.every == nil, !backedUp.contains(feed.id), let state = states[feed.id],
        !state.isGone
      else { return nil }
      let pace = pace(feed)
      return Allocation.Share(
        demand: NextDue.demand(state, pace), interval: NextDue.bounds(state, pace))
    }
    let sites = feeds.keys.compactMap { states[$0].flatMap { siteKey(of: $0.address) } }
    publicSites = Set(sites.filter { !$0.isPrivate }).count
    scale = Allocation(shares, pollsPerDay: budget * Double(shares.count)).scale
  }
}
