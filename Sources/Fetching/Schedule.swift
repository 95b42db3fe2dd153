public import Core
public import FoundationEssentials

/// Which feed may be polled now: due times, one request a site at a time, gaps, pauses.
///
///     due (heap) ─▶ waiting, a queue a site ─▶ openings (heap of sites that may start) ─▶ in flight
///
/// A site stands among the openings at most once, and only while it has feeds waiting and room. It
/// stands there by the time from which it could have started, so that no later one goes before it;
/// private sites stand apart, since the bound on starts does not hold for them.
public struct Schedule: Sendable {
  private struct Site {
    var inFlight = 0
    var earliest = -Double.infinity
    var waiting: [Entry] = []
    var isOpening = false
  }

  /// A feed's place; a later one of the same feed makes it void.
  private struct Entry {
    var feed: Feed.ID
    var number: Int
    var date: Double
  }

  /// How each site may be asked.
  public let rules: SiteRules

  private let inFlightLimit: Int
  private let startGap: Double
  private var places: [Feed.ID: (site: SiteKey, number: Int)] = [:]
  private var flying: [Feed.ID: SiteKey] = [:]
  private var sites: [SiteKey: Site] = [:]
  private var due = Heap<Entry>()
  private var openings = Heap<SiteKey>()
  private var privateOpenings = Heap<SiteKey>()
  private var earliestStart = -Double.infinity
  private var number = 0

  /// Creates an empty schedule.
  ///
  /// - Parameters:
  ///   - inFlight: polls at once, over all sites.
  ///   - startsPerSecond: polls of public sites that may begin in a second; 0 for any number.
  ///   - rules: how each site may be asked.
  public init(inFlight: Int = 64, startsPerSecond: Int = 50, rules: SiteRules = SiteRules()) {
    self.rules = rules
    inFlightLimit = inFlight
    startGap = startsPerSecond > 0 ? 1 / Double(startsPerSecond) : 0
  }

  /// How many feeds wait for their time or their site.
  public var count: Int { places.count }

  /// How many polls are under way.
  public var inFlight: Int { flying.count }

  /// Whether fewer than a quarter of the places are free.
  public var isCrowded: Bool { 4 * flying.count > 3 * inFlightLimit }

  /// Whether `feed` is being polled.
  public func isInFlight(_ feed: Feed.ID) -> Bool { flying[feed] != nil }

  /// Sets, or moves, the due time of a feed.
  public mutating func add(_ feed: Feed.ID, site: SiteKey, due date: Date) {
    number += 1
    places[feed] = (site, number)
    let moment = date.timeIntervalSinceReferenceDate
    due.insert(Entry(feed: feed, number: number, date: moment), at: moment)
  }

  /// Forgets a feed; a poll of it that is under way goes on.
  public mutating func remove(_ feed: Feed.ID) {
    places[feed] = nil
  }

  /// Takes a feed that may be polled at `now`; it counts as in flight until ``finished(_:)``.
  public mutating func next(at now: Date) -> Feed.ID? {
    let moment = now.timeIntervalSinceReferenceDate
    queueDue(moment)
    while flying.count < inFlightLimit, let key = takeOpening(moment) {
      guard var site = sites[key] else { continue }
      site.isOpening = false
      defer {
        sites[key] = site
        open(key)
      }
      // A pause that came after the site was put here.
      if site.earliest > moment { continue }
      guard let feed = takeValid(&site) else { continue }
      start(feed, key, &site, moment)
      return feed
    }
    return nil
  }

  /// The next moment at which ``next(at:)`` may have something, if nothing else happens.
  public var wake: Date? {
    var dates = [due.firstDate]
    if flying.count < inFlightLimit {
      dates.append(privateOpenings.firstDate)
      dates.append(openings.firstDate.map { max($0, earliestStart) })
    }
    return dates.compactMap { $0 }.min().map { Date(timeIntervalSinceReferenceDate: $0) }
  }

  /// Frees the place of a poll that ended.
  public mutating func finished(_ feed: Feed.ID) {
    guard let key = flying.removeValue(forKey: feed) else { return }
    sites[key]?.inFlight -= 1
    open(key)
  }

  /// Lets a poll under way wait for another site, where a redirect leads; it is given by
  /// ``next(at:)`` again, and holds no site meanwhile.
  public mutating func hop(_ feed: Feed.ID, to site: SiteKey, at now: Date) {
    finished(feed)
    add(feed, site: site, due: now)
  }

  /// Until when nothing starts at `site`; `nil` if something may at `now`, as far as time goes.
  public func closed(_ site: SiteKey, at now: Date) -> Date? {
    let earliest = sites[site]?.earliest ?? -.infinity
    return earliest > now.timeIntervalSinceReferenceDate
      ? Date(timeIntervalSinceReferenceDate: earliest) : nil
  }

  /// Follows a clock that was set back by `seconds`: what was to be waited for becomes no longer.
  ///
  /// Feeds must be added anew.
  public mutating func turnBack(by seconds: Double) {
    for key in sites.keys { sites[key]?.earliest -= seconds }
    earliestStart -= seconds
    openings.shift(by: -seconds)
    privateOpenings.shift(by: -seconds)
  }

  /// Starts nothing at `site` before `until`.
  public mutating func pause(_ site: SiteKey, until: Date) {
    let moment = until.timeIntervalSinceReferenceDate
    sites[site, default: Site()].earliest = max(sites[site]?.earliest ?? moment, moment)
  }
}

extension Schedule {
  private mutating func queueDue(_ moment: Double) {
    while let entry = due.pop(until: moment) {
      guard let place = places[entry.feed], place.number == entry.number else { continue }
      sites[place.site, default: Site()].waiting.append(entry)
      open(place.site)
    }
  }

  /// The site that could have started longest ago.
  private mutating func takeOpening(_ moment: Double) -> SiteKey? {
    guard earliestStart <= moment, let first = openings.firstDate else {
      return privateOpenings.pop(until: moment)
    }
    let isPrivateFirst = (privateOpenings.firstDate ?? .infinity) < first
    return isPrivateFirst ? privateOpenings.pop(until: moment) : openings.pop(until: moment)
  }

  private mutating func takeValid(_ site: inout Site) -> Feed.ID? {
    while !site.waiting.isEmpty {
      let entry = site.waiting.removeFirst()
      if places[entry.feed]?.number == entry.number, flying[entry.feed] == nil {
        return entry.feed
      }
    }
    return nil
  }

  private mutating func start(
    _ feed: Feed.ID, _ key: SiteKey, _ site: inout Site, _ moment: Double
  ) {
    places[feed] = nil
    flying[feed] = key
    site.inFlight += 1
    site.earliest = max(site.earliest, moment + rules[key].gap)
    if !key.isPrivate { earliestStart = moment + startGap }
  }

  /// Puts a site among the openings, if it has feeds waiting and room.
  private mutating func open(_ key: SiteKey) {
    guard var site = sites[key], !site.isOpening, let first = site.waiting.first,
      site.inFlight < rules[key].inFlight
    else { return }
    site.isOpening = true
    sites[key] = site
    let date = max(site.earliest, first.date)
    if key.isPrivate {
      privateOpenings.insert(key, at: date)
    } else {
      openings.insert(key, at: date)
    }
  }
}
