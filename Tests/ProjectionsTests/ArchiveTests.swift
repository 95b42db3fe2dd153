import Core
import EventLog
import Foundation
import Support
import Testing

@testable import Projections

@Suite("The archive") struct ArchiveTests {
  func facts(_ archived: Archived, _ articles: Article...) async throws -> [EventKind] {
    let archive = Archive(try await archived.views())
    return try archive.news(in: articles.map { .init(article: $0, origin: .live) }).events.map(
      \.kind)
  }

  @Test func `takes new articles once, and edits as revisions`() async throws {
    let archived = try Archived()
    let first = archived.article("a", "Gempa", url: "https://www.n.example/1?utm_source=x")
    try await archived.append(.articlePublished(first, .live))
    #expect(try await facts(archived, first) == [])
    #expect(
      try await facts(archived, archived.article("b", "Baru"), archived.article("b", "Baru")) == [
        .articlePublished
      ])
    #expect(
      try await facts(archived, archived.article("a", "Gempa besar", url: first.url)) == [
        .articleRevised
      ])
    var shouted = first
    (shouted.title, shouted.contentHash) = ("GEMPA!", "other")
    #expect(try await facts(archived, shouted) == [])
  }

  @Test func `takes another guid, scheme or tracking parameter for no news`() async throws {
    let archived = try Archived()
    let first = archived.article("a", "Gempa", url: "https://www.n.example/1?utm_source=x")
    try await archived.append(.articlePublished(first, .live))
    var renamed = first
    (renamed.id, renamed.url) = (Article.ID("z"), "http://n.example/1/")
    #expect(try await facts(archived, renamed) == [])
    var elsewhere = renamed
    elsewhere.feed = Feed.ID("other")
    #expect(try await facts(archived, elsewhere) == [.articleSighted])
  }

  @Test func `takes no article back whose words a person had taken out`() async throws {
    let archived = try Archived()
    let gone = archived.article("gone", "Gempa")
    try await archived.append(
      .recordRedacted(
        Redaction(positions: [1], articles: [gone.id], reason: "order", by: "rina")))
    let other = archived.article("other", "Banjir")
    #expect(try await facts(archived, gone, other) == [.articlePublished])
  }

  @Test func `takes every article of a live page, each once`() async throws {
    let archived = try Archived()
    func post(_ number: Int, _ title: String) -> Article {
      archived.article("p\(number)", title, url: "https://n.example/live#\(number)")
    }
    let first = [post(1, "Banjir Jakarta pukul satu"), post(2, "Banjir Jakarta pukul dua")]
    #expect(
      try await facts(archived, first[0], first[1]) == [.articlePublished, .articlePublished])
    try await archived.append(.articlePublished(first[0], .live))
    try await archived.append(.articlePublished(first[1], .live))
    // A third beside the two is news, and the two are no edits of each other.
    let third = post(3, "Banjir Jakarta pukul tiga")
    #expect(try await facts(archived, third, first[1], first[0]) == [.articlePublished])
    // One article twice, under two guids.
    #expect(try await facts(archived, first[0], post(4, "BANJIR Jakarta, pukul satu!")) == [])
    let twins = ["x", "y"].map { archived.article($0, "Gempa", url: "https://n.example/gempa") }
    #expect(try await facts(archived, twins[0], twins[1]) == [.articlePublished])
  }
}
