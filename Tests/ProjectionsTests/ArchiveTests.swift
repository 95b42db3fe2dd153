import Core
import EventLog
import Foundation
import Support
import Testing

@testable import Projections

@Suite("The archive") struct ArchiveTests {
  @Test func `takes new articles once, and edits as revisions`() async throws {
    let desk = try await Newsdesk()
    #expect(
      try await desk.poll("1|https://n.example/1|Gempa", "1|https://n.example/1|Gempa").told == [
        "new Gempa"
      ])
    #expect(try await desk.poll("1|https://n.example/1|Gempa").isEmpty)
    #expect(try await desk.poll("1|https://n.example/1|GEMPA!").isEmpty)
    let edit = try await desk.poll("1|https://n.example/1|Gempa besar")
    #expect(edit.told == ["edit Gempa besar"])
    let articles = try desk.views.articles(ArticleFilter(), limit: 9)
    #expect(articles.map(\.revision) == [2])
  }

  @Test(arguments: [
    "9|https://www.n.example/1|Gempa", "1|http://n.example/1|Gempa", "1|https://n.example/1|Gempa",
    "1|https://www.n.example/1/?utm_source=x|Gempa", "9|http://m.n.example/1?fbclid=2#top|Gempa",
    "|https://n.example/1|Gempa",
  ])
  func `takes another guid, scheme, host form or tracking parameter for no news`(line: String)
    async throws
  {
    let desk = try await Newsdesk()
    try await desk.poll("1|https://www.n.example/1|Gempa", "2|https://www.n.example/2|Banjir")
    #expect(try await desk.poll(line, "2|https://www.n.example/2|Banjir").isEmpty)
    desk.feed.id = Feed.ID("other")
    #expect(try await desk.poll(line).told == ["sighted"])
    #expect(try await desk.poll(line).isEmpty)
  }

  @Test func `decides on documents together, but for one that shows what another brings`()
    async throws
  {
    let desk = try await Newsdesk()
    try await desk.poll("1|https://n.example/1|Gempa")
    func document(_ feed: String, _ lines: String...) -> Archive.Question {
      desk.feed.id = Feed.ID(feed)
      return Archive.Question(lines.map { desk.entry($0) }, of: desk.feed, at: desk.now)
    }
    let documents = [
      document("wire", "1|https://n.example/1|Gempa", "2|https://n.example/2|Banjir"),
      document("other", "7|https://n.example/1|Gempa", "8|https://n.example/3|Kebakaran"),
      document("third", "5|https://www.n.example/2?utm_source=x|Banjir"),
      document("fourth", "6|https://n.example/9|Banjir"),
      document("wire", "3|https://n.example/4|Longsor"),
    ]
    let told = try desk.archive.news(in: documents).map { $0?.events.map(\.fact).told }
    #expect(
      told == [["new Banjir"], ["sighted", "new Kebakaran"], nil, ["new Banjir"], nil])
  }

  @Test func `takes one address in two feeds for two articles only if they share next to no words`()
    async throws
  {
    let desk = try await Newsdesk()
    try await desk.poll("1|https://n.example/1|Gempa di Palu|Gempa kuat mengguncang Palu pagi ini")
    desk.feed.id = Feed.ID("other")
    let other = try await desk.poll(
      "7|https://n.example/1|Palu gempa|Warga panik ketika bumi bergetar")
    #expect(other.told == ["sighted"])
    let foreign = try await desk.poll(
      "8|https://n.example/1|Harga minyak naik|Pasar dunia menguat lagi")
    #expect(foreign.told == ["new Harga minyak naik"])
  }

  @Test func `takes no article back whose words a person had taken out, whatever names it now`()
    async throws
  {
    let desk = try await Newsdesk()
    let gone = desk.entry("1|https://n.example/1|Gempa")
    let name = gone.keys.name(in: desk.feed.id, by: .id)
    try await desk.archived.append(
      .recordRedacted(Redaction(positions: [1], articles: [name], reason: "order", by: "rina")))
    try await desk.archived.fold(desk.views)
    #expect(
      try await desk.poll([gone, desk.entry("2|https://n.example/2|Banjir")]).told == ["new Banjir"]
    )
    desk.feed.identity = .address
    #expect(try await desk.poll([gone]).told == ["id to url"])
  }

  @Test func `takes every article of a live page, each once`() async throws {
    let desk = try await Newsdesk()
    let posts = ["satu", "dua", "tiga", "empat"].enumerated().map { number, word in
      "p\(number)|https://n.example/live#\(number)|Banjir Jakarta pukul \(word)"
    }
    #expect(try await desk.poll(posts[0], posts[1]).count == 2)
    // A third beside the two is news, and the two are no edits of each other; nor is a fourth alone.
    #expect(
      try await desk.poll(posts[2], posts[1], posts[0]).told == ["new Banjir Jakarta pukul tiga"])
    #expect(try await desk.poll(posts[3]).told == ["new Banjir Jakarta pukul empat"])
    // One article twice, under two guids.
    #expect(
      try await desk.poll(posts[0], "p9|https://n.example/live|BANJIR Jakarta, pukul satu!").isEmpty
    )
    #expect(
      try await desk.poll("x|https://n.example/gempa|Gempa", "y|https://n.example/gempa|Gempa").told
        == ["new Gempa"])
  }
}
