public import Core
public import FoundationEssentials

/// Which feed is asked next: by due time, with one request a site at a time and a gap between.
public struct Schedule: Sendable {
  /// How a site is treated.
  struct Manners: Hashable, Sendable {
    var inFlight: Int
    var gap: Duration

    static let open = Manners(inFlight: 1, gap: .seconds(2))
    static let inside = Manners(inFlight: 8, gap: .zero)
  }

  private struct Site: Sendable {
    var inFlight = 0
    var freeAt = Date.distantPast
  }

  private var dues: [Feed.ID: Date] = [:]
  private var sites: [Feed.ID: SiteKey] = [:]
  private var states: [SiteKey: Site] = [:]
  private var inFlight: Set<Feed.ID> = []
  /// Feeds by due time, earliest first; one entry a feed that is not running.
  private var queue: [(due: Date, feed: Feed.ID)] = []

  public init() {}

  /// Adds a feed, or moves it to another due time or site.
  public mutating func set(_ feed: Feed.ID, due: Date, site: SiteKey) {
    sites[feed] = site
    place(feed, due)
  }

  public mutating func remove(_ feed: Feed.ID) {
    (dues[feed], sites[feed]) = (nil, nil)
    queue.removeAll { $0.feed == feed }
  }

  /// Takes feeds due by `due` whose site is free at `now`, at most `limit`; they run until `finished`.
  public mutating func take(_ limit: Int, due: Date, at now: Date) -> [Feed.ID] {
    var taken: [Feed.ID] = []
    var index = 0
    while index < queue.count, taken.count < limit, queue[index].due <= due {
      let feed = queue[index].feed
      guard let site = sites[feed], claim(site, at: now) else {
        index += 1
        continue
      }
      queue.remove(at: index)
      inFlight.insert(feed)
      taken.append(feed)
    }
    return taken
  }

  /// A feed's poll is over; it is due again at `due`.
  public mutating func finished(_ feed: Feed.ID, due: Date) {
    guard inFlight.remove(feed) != nil else { return }
    if let site = sites[feed] { states[site]?.inFlight -= 1 }
    if sites[feed] != nil { place(feed, due) }
  }

  /// No feed of the site is asked before `until`.
  public mutating func pause(siteOf feed: Feed.ID, until: Date) {
    guard let site = sites[feed] else { return }
    states[site, default: Site()].freeAt = max(states[site]?.freeAt ?? until, until)
  }

  /// When it is worth looking again; nil while nothing waits but for a poll to end.
  public func next(after now: Date) -> Date? {
    var earliest: Date?
    for (due, feed) in queue {
      if let earliest, due >= earliest { break }
      guard let site = sites[feed] else { continue }
      let state = states[site] ?? Site()
      guard state.inFlight < manners(site).inFlight else { continue }
      let moment = max(due, state.freeAt)
      earliest = min(earliest ?? moment, moment)
    }
    return earliest
  }

  public var running: Int { inFlight.count }

  public var isIdle: Bool { inFlight.isEmpty }

  /// Whether a feed that is not running is due by `now`, whatever its site.
  public func hasDue(at now: Date) -> Bool { queue.first.map { $0.due <= now } ?? false }

  private func manners(_ site: SiteKey) -> Manners { site.isPrivate ? .inside : .open }

  private mutating func claim(_ site: SiteKey, at now: Date) -> Bool {
    var state = states[site] ?? Site()
    let manners = manners(site)
    guard state.inFlight < manners.inFlight, state.freeAt <= now else { return false }
    state.inFlight += 1
    state.freeAt = now.addingTimeInterval(manners.gap.seconds)
    states[site] = state
    return true
  }

  /// Puts a feed into the queue at its place; equal times keep the order of ids.
  private mutating func place(_ feed: Feed.ID, _ due: Date) {
    dues[feed] = due
    guard !inFlight.contains(feed) else { return }
    queue.removeAll { $0.feed == feed }
    var (low, high) = (0, queue.count)
    while low < high {
      let middle = (low + high) / 2
      if (queue[middle].due, queue[middle].feed) < (due, feed) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    queue.insert((due, feed), at: low)
  }
}
