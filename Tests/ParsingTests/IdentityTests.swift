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

  static func ids(_ entries: String...) -> [Article.ID] {
    var feed = ParsedFeed(format: "rss2")
    feed.entries = entries.map(entry)
    let followed = Feed(id: Feed.ID("wire"), url: "https://n.example/feed")
    return feed.articles(in: followed, seen: Date(timeIntervalSince1970: 1_800_000_000)).map(\.id)
  }

  @Test(arguments: [
    ("1|/a|A", "id"), ("|/a|A", "url"), ("||A", "content"), ("||", "content"),
    ("same|/a|A", "url"), ("same||A", "content"), ("|/same|A", "url_title"),
    ("same|/same|A", "url_title"), ("2|/same|A", "id"),
  ])
  func `is the first part that is its own`(entry: String, rung: String) {
    let others = ["same|/b|B", "same|/c|C", "|/same|D", "|/same|E"]
    let entries = ([entry] + others).map(Self.entry)
    #expect(Identity(of: entries).key(of: entries[0]).rung.rawValue == rung)
  }

  @Test func `is the same whatever entries stand beside it`() {
    let alone = Self.ids("1||A", "2||B")
    // An entry without a guid, one twice, a guid that two titles share.
    #expect(Self.ids("1||A", "2||B", "||C").prefix(2) == alone[...])
    #expect(Self.ids("1||A", "2||B", "2||B") == alone)
    #expect(Self.ids("2||B", "1||A") == alone.reversed())
    #expect(Self.ids("1||A", "2||B", "3|/x|C", "3|/y|D").prefix(2) == alone[...])
    #expect(Self.ids("1|/new|A", "2|/new|B") == alone)
  }

  @Test func `is never that of an article with another title`() {
    #expect(Set(Self.ids("1|/a|A", "1|/b|B", "1|/c|C")).count == 3)
    #expect(Set(Self.ids("|/a|A", "|/a|B", "||A", "||B")).count == 4)
    #expect(Self.ids("1|/a|A", "1|/b|A").count == 1)
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
