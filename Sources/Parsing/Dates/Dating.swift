import Core
import FoundationEssentials
import Text

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

  private static let slash = UInt8(ascii: "/")

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
    let path = Array(address.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
    var place = 0
    while true {
      place = ByteSearch.first(UInt8(ascii: "/"), in: path, from: place, to: path.count) + 1
      guard place + 10 <= path.count else { return nil }
      guard isDay(path[place..<(place + 10)]),
        place + 10 == path.count || path[place + 10] == Self.slash
      else { continue }
      let day = String(decoding: path[place..<(place + 10)], as: UTF8.self).replacing(
        "/", with: "-")
      guard let date = FeedDate.date(day + "T12:00:00Z"), date >= Self.earliest,
        date <= seen.addingTimeInterval(86_400)
      else { continue }
      return min(date, seen)
    }
  }

  /// Whether ten bytes are four digits, two and two, with slashes between.
  private func isDay(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.enumerated().allSatisfy { index, byte in
      index == 4 || index == 7 ? byte == Self.slash : (0x30...0x39).contains(byte)
    }
  }

}
