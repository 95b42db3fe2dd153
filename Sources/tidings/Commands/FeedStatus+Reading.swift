import Core
import Curl
import Fetching
import FoundationEssentials
import Projections
import Serving

extension FeedStatus {
  /// How feeds are by what `store` remembers and `access` allows.
  static func read(
    _ health: [FeedHealth], _ store: StateStore, _ sites: [String: SiteState],
    _ access: [Feed.ID: FeedAccess], now: Date
  ) throws -> [FeedStatus] {
    let states = try store.load(health.map(\.feed.id))
    let hubs = Dictionary(
      try store.loadHubs().filter { $0.state != .leaving }.map { ($0.feed, $0) }
    ) { _, last in last }
    return health.map { health in
      let feed = health.feed.id
      let options = access[feed]?.options ?? PollOptions()
      return FeedStatus(health, states[feed], sites, hubs[feed], options, now: now)
    }
  }

  private init(
    _ health: FeedHealth, _ poll: PollState?, _ sites: [String: SiteState],
    _ hub: HubSubscription?, _ options: PollOptions, now: Date
  ) {
    let address = try? HTTPAddress(poll?.address ?? health.feed.url)
    let site = address.map { SiteKey($0).description } ?? ""
    var pace = options.pace(every: health.feed.every)
    pace.isBackup = hub?.isHeld(at: now) == true
    let due = poll.map { DueReason($0, pace, sitePause: sites[site]?.pausedUntil, now: now) }
    self.init(
      health, poll, site: site, state: Self.state(health, poll, now), due: due?.date,
      dueWords: due?.words,
      notes: (poll?.notes(pace) ?? []) + [hub?.message].compactMap(\.self), hub: hub)
  }

  private static func state(_ health: FeedHealth, _ poll: PollState?, _ now: Date) -> String {
    if poll?.isGone == true { return "gone" }
    if health.failingSince != nil { return poll?.isDead(now) == true ? "dead" : "failing" }
    return poll?.lastSuccess == nil ? "new" : "ok"
  }
}

extension SiteStatus {
  /// Sites by name.
  static func list(_ sites: [String: SiteState]) -> [SiteStatus] {
    sites.sorted { $0.key < $1.key }.map { SiteStatus(name: $0.key, state: $0.value) }
  }
}
