import Core
import FoundationEssentials
import Testing

@testable import Parsing

@Suite("The date of an article") struct DatingTests {
  /// 2024-05-16T05:27:00Z.
  static let now = Date(timeIntervalSince1970: 1_715_837_220)

  /// Jakarta is seven hours ahead, New York four behind.
  static let zones: ZoneNames = { name, _ in
    ["Asia/Jakarta": 25_200, "America/New_York": -14_400, "Europe/Paris": 7_200][name]
  }

  static func articles(
    _ items: String, channel: String = "", timezone: String? = nil,
    url: String = "https://n.example/feed"
  ) throws -> [Article] {
    let text = "<rss version='2.0'><channel><title>T</title>\(channel)\(items)</channel></rss>"
    let feed = try ParsedFeed(
      parsing: Array(text.utf8), base: nil, contentType: nil, contentLanguage: nil, zones: zones)
    let followed = Feed(id: Feed.ID("wire"), url: url, timezone: timezone)
    return feed.articles(in: followed, seen: now, zones: zones)
  }

  static func item(_ date: String, _ rest: String = "") -> String {
    "<item><title>A</title>\(date.isEmpty ? "" : "<pubDate>\(date)</pubDate>")\(rest)</item>"
  }

  @Test(
    arguments: [
      // With a zone, whatever else is known.
      (
        "Thu, 16 May 2024 04:00:00 GMT", "", "+07:00", "2024-05-16T04:00:00Z",
        Article.DateSource.feed
      ),
      // The feed's own setting, by number, by short name, by full name.
      ("16 May 2024 11:00", "", "+07:00", "2024-05-16T04:00:00Z", .feed),
      ("16 May 2024 11:00", "", "WIB", "2024-05-16T04:00:00Z", .feed),
      ("16 May 2024 11:00", "", "Asia/Jakarta", "2024-05-16T04:00:00Z", .feed),
      ("16 May 2024 00:00", "", "America/New_York", "2024-05-16T04:00:00Z", .feed),
      ("16 May 2024", "", "+07:00", "2024-05-15T17:00:00Z", .feed),
      // The zone that the document's other dates name.
      (
        "16 May 2024 11:00", "<lastBuildDate>Thu, 16 May 2024 12:00:00 WIB</lastBuildDate>", nil,
        "2024-05-16T04:00:00Z", .feedZoneAssumed
      ),
      // The zone of the country, where UTC would lie in the future.
      (
        "16 May 2024 12:20", "<language>id</language>", nil, "2024-05-16T05:20:00Z",
        .feedZoneAssumed
      ),
      (
        "16 May 2024 12:20", "<link>https://a.co.id/</link>", nil, "2024-05-16T05:20:00Z",
        .feedZoneAssumed
      ),
      (
        "16 May 2024 07:20", "<language>fr-FR</language>", nil, "2024-05-16T05:20:00Z",
        .feedZoneAssumed
      ),
      // Not where it does not, nor where the country's would lie in the future too.
      ("16 May 2024 05:00", "<language>id</language>", nil, "2024-05-16T05:00:00Z", .feed),
      ("16 May 2024 18:00", "<language>id</language>", nil, "2024-05-16T05:27:00Z", .clamped),
      ("16 May 2024 07:20", "<language>fr</language>", nil, "2024-05-16T05:27:00Z", .clamped),
      ("16 May 2024 05:37", "", nil, "2024-05-16T05:37:00Z", .feed),
      ("16 May 2024 05:38", "", nil, "2024-05-16T05:27:00Z", .clamped),
      ("Thu, 16 May 2099 12:27:00 GMT", "", nil, "2024-05-16T05:27:00Z", .clamped),
      ("2024-05-16 00:30:00 America/New_York", "", nil, "2024-05-16T04:30:00Z", .feed),
      // None, or none that can be.
      ("", "", nil, "2024-05-16T05:27:00Z", .seen),
      ("soon", "", nil, "2024-05-16T05:27:00Z", .seen),
      ("1 Jan 1989 00:00:00 GMT", "", nil, "2024-05-16T05:27:00Z", .seen),
      ("1 Jan 1990 00:00:00 GMT", "", nil, "1990-01-01T00:00:00Z", .feed),
    ] as [(String, String, String?, String, Article.DateSource)])
  func `is the feed's, in the zone that is likeliest`(
    date: String, channel: String, timezone: String?, published: String, source: Article.DateSource
  ) throws {
    let article = try Self.articles(Self.item(date), channel: channel, timezone: timezone)[0]
    #expect(article.published.map(Timestamp.text) == published)
    #expect(article.dateSource == source)
  }

  @Test func `in the future is kept beside the moment it was seen`() throws {
    let article = try Self.articles(Self.item("Thu, 16 May 2099 12:27:00 GMT"))[0]
    #expect(article.publishedGiven.map(Timestamp.text) == "2099-05-16T12:27:00Z")
    var writer = JSONWriter()
    article.write(to: &writer)
    var reader = JSONReader(writer.bytes)
    #expect(try Article(from: &reader, now: .distantPast) == article)
    #expect(try Self.articles(Self.item("16 May 2024 05:00 GMT"))[0].publishedGiven == nil)
  }

  @Test(arguments: [
    ("https://n.example/2024/05/15/a", "2024-05-15T12:00:00Z", Article.DateSource.url),
    ("https://n.example/news/2024/05/16/", "2024-05-16T05:27:00Z", .url),
    ("https://n.example/2024/05/18/a", "2024-05-16T05:27:00Z", .seen),
    ("https://n.example/2024/13/01/a", "2024-05-16T05:27:00Z", .seen),
    ("https://n.example/1024/768/12/a", "2024-05-16T05:27:00Z", .seen),
    ("https://n.example/a?d=/2024/05/15/", "2024-05-16T05:27:00Z", .seen),
  ])
  func `is that of its address where nothing else names one`(
    url: String, published: String, source: Article.DateSource
  ) throws {
    let article = try Self.articles(Self.item("", "<link>\(url)</link>"))[0]
    #expect(article.published.map(Timestamp.text) == published)
    #expect(article.dateSource == source)
  }

  @Test func `is that of its update, then that of its header`() throws {
    let atom = "<x:updated xmlns:x='http://www.w3.org/2005/Atom'>2024-05-15T01:00:00Z</x:updated>"
    let updated = try Self.articles(Self.item("", atom))[0]
    #expect(updated.dateSource == .feedUpdated)
    #expect(updated.published.map(Timestamp.text) == "2024-05-15T01:00:00Z")
    let body =
      "<description>&lt;p&gt;15 Mei 2024, 12:27 WIB, oleh Rina&lt;/p&gt;&lt;p&gt;Isi.&lt;/p&gt;</description>"
    let headed = try Self.articles(Self.item("", body), channel: "<language>id</language>")[0]
    #expect(headed.dateSource == .header)
    #expect(headed.published.map(Timestamp.text) == "2024-05-15T05:27:00Z")
    #expect(headed.text == "Isi." && headed.authors == ["Rina"])
  }

  @Test func `is no edit when time passes`() throws {
    let text =
      "<rss><channel><language>id</language>\(Self.item("16 May 2024 12:20"))"
      + "\(Self.item("Thu, 16 May 2024 09:00:00 GMT", "<guid>2</guid>"))</channel></rss>"
    let feed = try ParsedFeed(
      parsing: Array(text.utf8), base: nil, contentType: nil, contentLanguage: nil)
    let followed = Feed(id: Feed.ID("wire"), url: "https://n.example/")
    let first = feed.articles(in: followed, seen: Self.now, zones: Self.zones)
    let later = feed.articles(
      in: followed, seen: Self.now.addingTimeInterval(86_400), zones: Self.zones)
    #expect(first.map(\.dateSource) != later.map(\.dateSource))
    #expect(first.map(\.contentHash) == later.map(\.contentHash))
  }

  @Test(arguments: [
    ("+07:00", true), ("-0330", true), ("WIB", true), ("UTC", true), ("GMT+7", true),
    ("Asia/Jakarta", true), ("Asia/Nowhere", false), ("", false), ("7", false), ("+25:00", false),
    ("Jakarta", false), ("2024", false), ("+07:00 WIB x", false),
  ])
  func `may be set to a zone that is known`(text: String, isKnown: Bool) {
    #expect(FeedDate.Zone.isKnown(text, Self.zones) == isKnown)
  }
}
