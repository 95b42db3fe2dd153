import Core
import EventLog
import Foundation
import GRDB
import Support
import Testing

@testable import Projections

@Suite("Folding") struct FoldingTests {
  /// What a life of edits, sightings and alerts leaves behind.
  static func live(_ archived: Archived) async throws {
    try await archived.live(20)
    let alert = Alert(
      id: Alert.ID("x"), rule: "r", ruleRevision: "0", severity: .info, state: .fired,
      at: Archived.now, reason: "new", outlets: ["file", "journal"])
    try await archived.append(
      .articlePublished(archived.article("b", "Banjir", url: "https://n.example/b"), .live),
      .articleWithdrawn(Article.ID("b"), revision: 1, .gone), Self.fetch("a"), Self.fetch("b"),
      .feedGapped(Feed.ID("wire"), from: Archived.now - 9, to: Archived.now, missedEstimate: 1),
      .feedRekeyed(Feed.ID("wire"), from: "id", to: "url", evidence: "test"),
      .articleSighted(Article.ID("a2"), in: Feed.ID("other")),
      archived.revised("a4", "Putin, Xi", 2),
      .vocabularyDefined(VocabularyDefinition(part: "topics", text: #"{"t":{"name":"Quakes"}}"#)),
      .topicJudged(Article.ID("a5"), Topic.ID("t"), right: true, Judgement(by: "rina")),
      .ruleDefined(RuleDefinition(rule: "r", revision: "0", mode: "live", text: "{}")),
      .alertRaised(alert, cause: 3), .rulesEvaluated(through: 9, engine: "1"),
      .recordRedacted(
        Redaction(positions: [4], articles: [Article.ID("gone")], reason: "order", by: "rina")))
  }

  static func fetch(_ digest: String) -> Event.Fact {
    .feedFetched(
      FeedFetch(
        feed: Feed.ID("wire"), url: "https://n.example/", bytes: 1, sha256: digest, format: "rss2",
        entries: 3, published: 0, revised: 0, identity: .id))
  }

  @Test(arguments: [1, 7, 1_000])
  func `gives equal rows, whatever the batches and however often it is broken off`(batch: Int)
    async throws
  {
    let archived = try Archived()
    try await Self.live(archived)
    let whole = try await archived.views().digests()
    let empty = whole.filter { $0.rows == 0 }.map(\.table)
    #expect(whole.count == 44)
    #expect(
      empty == [
        "feed_language", "reading_model", "alias_judged", "entity_judged", "entity_merged",
        "mention_recount", "burst",
      ])
    let path = archived.folder.path("other.sqlite")
    let end = try await archived.log.end
    var last: UInt64 = 0
    while last + 1 < end.rawValue {
      // Opened anew for each transaction: all that is known is in the file.
      last = min(last + UInt64(batch), end.rawValue - 1)
      let views = try Views(path, log: await archived.log.identity, Archived.projections)
      try await archived.fold(views, upTo: last, batch: batch)
      try views.close()
    }
    let other = try Views(path, log: await archived.log.identity, Archived.projections)
    #expect(try other.digests() == whole)
  }

  @Test func `changes nothing by a fact that comes again`() async throws {
    let archived = try Archived()
    try await Self.live(archived)
    let fetch = Event.Fact.feedFetched(
      FeedFetch(
        feed: Feed.ID("wire"), url: "https://n.example/", bytes: 1, sha256: "0", format: "rss",
        entries: 1, published: 1, revised: 0))
    try await archived.append(fetch)
    let views = try await archived.views()
    let before = try views.digests()
    #expect(try views.feedHealth().first?.published == 1)
    let records = try await archived.log.read(from: .origin, limit: 100)
    for record in records {
      let again = NewRecord(id: 0, kind: record.kind, payload: record.payload)
      try await archived.log.append([again], to: .daemon, at: Archived.now)
    }
    try await archived.fold(views)
    #expect(try views.position.rawValue == UInt64(records.count * 2))
    #expect(try views.digests() == before)
    let event = Event(at: Archived.now, fetch)
    #expect(try views.knows(event.id))
    #expect(try !views.knows(Event(at: Archived.now, .clockTicked).id))
  }

  @Test func `reads with the words of the time, also after a full disk`() async throws {
    let archived = try Archived()
    // The article stands before the vocabulary that would find a name in it.
    try await archived.append(.articlePublished(archived.article("a", "Putin"), .live))
    try await archived.live(3)
    let views = try Views(archived.file, log: await archived.log.identity, Archived.projections)
    let projector = try Projector(views, log: archived.log, makeReader: Archived.makeReader)
    let pages = try await views.database.write { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages)")
      return pages
    }
    // Nothing is too small to be put in unless its pages are full; so the room of one page is filled.
    try await archived.append(
      .articlePublished(
        archived.article("long", String(repeating: "kata ", count: pages * 1_000)), .live))
    await #expect(throws: ViewsError.full(archived.file)) { try await projector.catchUp() }
    #expect(try views.position == .origin)
    try await views.database.write { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
    try await projector.catchUp()
    #expect(try views.entity("Q7747", since: nil)?.days.map(\.articles) == [1])
  }

  @Test func `refuses to fold where another process has`() async throws {
    let archived = try Archived()
    try await archived.live(3)
    let views = try Views(archived.file, log: await archived.log.identity, Archived.projections)
    let late = try Projector(views, log: archived.log, makeReader: Archived.makeReader)
    try await archived.fold(views)
    let before = try views.digests()
    await #expect(throws: ViewsError.inUse(archived.file)) { try await late.catchUp() }
    #expect(try views.digests() == before)
  }
}
