import Core
import FoundationEssentials
import Testing

@testable import Parsing

@Suite("The identity of an article") struct IdentityTests {
  /// An entry of `id|url|title`, each of which may be empty.
  static func entry(_ parts: String) -> ParsedEntry {
    let parts = parts.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    var entry = ParsedEntry()
    (entry.id, entry.url, entry.title) = (parts[0].nonEmpty, parts[1].nonEmpty, parts[2].nonEmpty)
    return entry
  }

  static func keyed(_ entries: [String], _ policy: IdentityPolicy?) -> [KeyedArticle] {
    var feed = ParsedFeed(format: "rss2")
    feed.entries = entries.map(entry)
    let followed = Feed(id: Feed.ID("wire"), url: "https://n.example/feed", identity: policy)
    return feed.keyed(in: followed, seen: Date(timeIntervalSince1970: 1_800_000_000))
  }

  static func ids(_ entries: String..., by policy: IdentityPolicy? = nil) -> [Article.ID] {
    keyed(entries, policy).map(\.article.id)
  }

  @Test(arguments: [
    (["1|/a|A", "2|/b|B"], "id"), (["1|/a|A", "|/b|B"], "url"), (["1||A", "|/b|B"], "content"),
    (["1||A", "2||B"], "id"), (["||A"], "content"), (["||"], "content"),
    // One id for all: addresses tell them apart, or titles do.
    (["1|/a|A", "1|/b|B"], "id_url"), (["1|/a|A", "1|/a|B"], "url_title"),
    (["1||A", "1||B"], "content"), (["1|/a|A", "1|/b|B", "1|/b|C"], "url_title"),
    // A live page: with ids of its own, and without.
    (["1|/a|A", "2|/a|B"], "id"), (["|/a|A", "|/a|B"], "url_title"), (["|/a|A", "|/b|A"], "url"),
    // An entry twice, before and after an edit.
    (["1|/a|Gempa di Palu", "1|/a|Gempa kuat di Palu"], "id"), (["1|/a|A", "1|/b|A"], "id"),
  ])
  func `starts where a first document names every entry`(entries: [String], policy: String) {
    let keys = Self.keyed(entries, nil).map(\.keys)
    #expect(IdentityPolicy.first(for: keys)?.rawValue == policy)
  }

  @Test func `starts nowhere without entries`() {
    #expect(IdentityPolicy.first(for: []) == nil)
  }

  @Test func `says what it found against a policy`() {
    let keys = Self.keyed(["1|/a|Banjir besar", "1|/b|Gempa"], nil).map(\.keys)
    #expect(
      IdentityPolicy.id.flaw(in: keys)
        == Rekeying(to: .idAndAddress, evidence: "one id, two articles: 'banjir besar' and 'gempa'")
    )
    #expect(IdentityPolicy.idAndAddress.flaw(in: keys) == nil)
    #expect(IdentityPolicy.content.flaw(in: keys) == nil)
  }

  @Test func `is the same whatever entries stand beside it`() {
    let alone = Self.ids("1||A", "2||B")
    // An entry without a guid, one twice, another order, addresses.
    #expect(Self.ids("1||A", "2||B", "||C", by: .id).prefix(2) == alone[...])
    #expect(Self.ids("1||A", "2||B", "2||B") == alone + [alone[1]])
    #expect(Self.ids("2||B", "1||A") == alone.reversed())
    #expect(Self.ids("1|/new|A", "2|/new|B") == alone)
  }

  @Test func `is that of the next key where one is missing`() {
    #expect(Self.ids("|/a|A", by: .id) == Self.ids("1|/a|B", by: .address))
    #expect(Self.ids("1||A", by: .address) == Self.ids("|/a|A", by: .content))
    #expect(Self.ids("||", by: .id).count == 1)
  }

  @Test(arguments: [
    ("http://www.n.example/a?utm_source=x", "https://n.example/a"),
    ("https://m.n.example/a/#x", "https://n.example/a"),
  ]) func `outlasts how an address is written`(one: String, other: String) {
    #expect(Self.ids("|\(one)|A") == Self.ids("|\(other)|A"))
  }

  @Test func `is never that of an article with another title`() {
    #expect(Set(Self.ids("1|/a|A", "1|/b|B", "1|/c|C")).count == 3)
    #expect(Set(Self.ids("|/a|A", "|/a|B", "||C", "||D")).count == 4)
    #expect(Set(Self.ids("1|/a|A", "1|/b|A")).count == 1)
  }

  private func written(_ date: Date) -> FeedDate {
    FeedDate(clock: date.timeIntervalSince1970, zone: .offset(0), hasTime: true)
  }

  @Test func `of what is said every day is another every day`() {
    var feed = ParsedFeed(format: "rss2")
    let day = Date(timeIntervalSince1970: 1_700_000_000)
    feed.entries = (0..<2).map { number in
      var entry = Self.entry("||Cuaca hari ini")
      entry.publishedAs = written(day.addingTimeInterval(Double(number) * 86_400))
      return entry
    }
    let followed = Feed(id: Feed.ID("wire"), url: "https://n.example/")
    #expect(feed.articles(in: followed, seen: day.addingTimeInterval(200_000)).count == 2)
    feed.entries[1].publishedAs = written(day.addingTimeInterval(60))
    #expect(feed.articles(in: followed, seen: day.addingTimeInterval(200_000)).count == 1)
  }

  @Test func `by content is the same before and after its date has come`() {
    var feed = ParsedFeed(format: "rss2")
    var entry = Self.entry("||Cuaca hari ini")
    entry.publishedAs = FeedDate("2023-11-15 02:00")
    feed.entries = [entry]
    feed.language = "id"
    let followed = Feed(id: Feed.ID("wire"), url: "https://n.example/")
    let names: ZoneNames = { _, _ in 25_200 }
    // At first UTC would lie ahead, so Jakarta's zone is taken, in which it is the fourteenth for UTC.
    let early = Date(timeIntervalSince1970: 1_699_990_000)
    let ids = [early, early.addingTimeInterval(86_400)].map { seen in
      feed.articles(in: followed, seen: seen, zones: names).map(\.id)
    }
    #expect(ids[0] == ids[1])
  }

  @Test func `differs from feed to feed`() {
    var feed = ParsedFeed(format: "rss2")
    feed.entries = [Self.entry("1||A")]
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    let ids = ["a", "b"].flatMap { name in
      feed.articles(in: Feed(id: Feed.ID(name), url: "https://n.example/"), seen: now).map(\.id)
    }
    #expect(Set(ids).count == 2)
  }
}
