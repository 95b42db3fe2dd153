import Core
import FoundationEssentials

/// Decides when the articles of one document were published, and what says so.
struct Dating {
  /// An article's date.
  struct Published: Hashable {
    var date: Date
    var source: Article.DateSource
    /// What the source gave, where that lay in the future.
    var given: Date?
  }

  /// Of dates before this no feed of news tells the truth: 1990.
  private static let earliest = Date(timeIntervalSince1970: 631_152_000)
  /// Clocks differ; so far ahead a date is still believed.
  private static let leeway: TimeInterval = 600

  private let seen: Date
  private let names: ZoneNames?
  /// The zone of dates that name none, and whether nobody said so.
  private let spare: FeedDate.Zone
  private let isAssumed: Bool
  /// Whether `spare` counts for a day without a time too.
  private let takesDays: Bool

  /// The zone is the feed's setting; else what other dates of the document name; else, where UTC would
  /// put one of them in the future and the country's zone would not, the country's.
  init(_ document: ParsedFeed, in feed: Feed, seen: Date, _ names: ZoneNames?) {
    (self.seen, self.names) = (seen, names)
    if let zone = feed.timezone.flatMap({ FeedDate.Zone($0) }) {
      (spare, isAssumed, takesDays) = (zone, false, true)
    } else if let zone = document.usualZone {
      (spare, isAssumed, takesDays) = (zone, true, false)
    } else {
      let country = Self.country(document, feed)
      let open = document.entries.flatMap(\.dates).filter { $0.zone == .open }
      let latest = seen.addingTimeInterval(Self.leeway)
      let isTelling = open.contains { date in
        date.moment(in: .open, names) > latest && date.moment(in: country, names) <= latest
      }
      (spare, isAssumed, takesDays) = (isTelling ? country : .open, isTelling, true)
    }
  }

  private static func country(_ document: ParsedFeed, _ feed: Feed) -> FeedDate.Zone {
    let address = document.home ?? feed.url
    let rest = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? ""
    let host = String(rest.prefix { !"/:?#".contains($0) })
    let language = feed.language ?? document.language ?? document.entries.first?.language
    return CountryZones.zone(language: language, host: host) ?? .open
  }

  /// What dates an entry: its own date, its update, the header of its text, its address, else now.
  func published(_ entry: ParsedEntry, header: FeedDate?) -> Published {
    let own = entry.publishedAs.map { (moment(of: $0), source(of: $0)) }
    let update = entry.updatedAs.map { (moment(of: $0), Article.DateSource.feedUpdated) }
    let top = header.map { (moment(of: $0), Article.DateSource.header) }
    for case (let date, let source)? in [own, update, top] where date >= Self.earliest {
      guard date > seen.addingTimeInterval(Self.leeway) else {
        return Published(date: date, source: source)
      }
      return Published(date: seen, source: .clamped, given: date)
    }
    if let date = entry.url.flatMap(day) { return Published(date: date, source: .url) }
    return Published(date: seen, source: .seen)
  }

  func moment(of date: FeedDate) -> Date {
    date.moment(in: takesDays || date.hasTime ? spare : .open, names)
  }

  private func source(of date: FeedDate) -> Article.DateSource {
    let isTaken = spare != .open && (takesDays || date.hasTime)
    return date.zone == .open && isTaken && isAssumed ? .feedZoneAssumed : .feed
  }

  /// Noon of the day that an address names, as `/2024/05/16/` does; not after it was seen.
  private func day(in address: String) -> Date? {
    let parts = address.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
    for index in parts.indices.dropLast(2) where Self.isNumber(parts[index], 4) {
      let (month, day) = (parts[index + 1], parts[index + 2])
      guard Self.isNumber(month, 2), Self.isNumber(day, 2),
        let date = FeedDate.date("\(parts[index])-\(month)-\(day)T12:00:00Z"),
        date >= Self.earliest, date <= seen.addingTimeInterval(86_400)
      else { continue }
      return min(date, seen)
    }
    return nil
  }

  private static func isNumber(_ part: Substring, _ digits: Int) -> Bool {
    part.utf8.count == digits && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
