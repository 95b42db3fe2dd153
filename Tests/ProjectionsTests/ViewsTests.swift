import GRDB
import Core
import EventLog
import Foundation
import Support
import Testing
import Text

@testable import Projections

/// A log with a life in it, and views to fold it into.
struct Archived {
  let folder: TemporaryFolder
  let log: SegmentedLog
  static let now = Date(timeIntervalSince1970: 1_715_837_220)
  static let makeReader: MakeReader = { vocabulary in
    { article in
      let words = Words(article.title).joined
      let mentions =
        vocabulary["entities"] != nil && words.contains("putin")
        ? [Reading.Mention(entity: "Q7747", field: "title", start: 0, end: 5, text: "Putin")] : []
      return Reading(
        language: article.language, titleWords: words, bodyWords: Words(article.text).joined,
        mentions: mentions)
    }
  }
  static var projections: [any Projection] {
    [DefinitionView(), FeedView(), ArticleView(), SightingView(), EntityView(), AlertView()]
  }

  init() throws {
    folder = try TemporaryFolder()
    var options = SegmentedLog.Options()
    options.floor = 0
    log = try SegmentedLog.open(folder.path("log"), options: options, now: Self.now)
  }

  func article(_ id: String, _ title: String, feed: String = "wire", url: String? = nil) -> Article
  {
    Article(
      id: Article.ID(id), feed: Feed.ID(feed), url: url, title: title, text: "Isi \(title)",
      language: "id",
      seen: Self.now, contentHash: title)
  }

  func append(_ facts: Event.Fact...) async throws {
    try await log.append(facts.map { Event(at: Self.now, $0) }, to: .daemon, at: Self.now)
  }

  func live(_ count: Int) async throws {
    try await append(
      .feedFollowed(Feed(id: Feed.ID("wire"), url: "https://n.example/"), by: "test"),
      .vocabularyDefined(
        VocabularyDefinition(
          part: "entities", text: #"{"Q7747":{"name":"Putin","type":"person","aliases":["Путин"]}}"#
        )))
    for number in 0..<count {
      let article = article("a\(number)", number % 3 == 0 ? "Putin \(number)" : "Gempa \(number)")
      try await append(.articlePublished(article, .live))
    }
    var edited = article("a1", "Gempa besar")
    edited.revision = 2
    try await append(
      .articleRevised(edited, Revision(previous: 1, changed: ["title"], isDeclared: false)),
      .feedFailed(
        FeedFailure(feed: Feed.ID("wire"), failureClass: "http", status: 500, message: "fault")))
  }

  func views(_ name: String = "views.sqlite") async throws -> Views {
    let views = try Views(folder.path(name), Self.projections)
    let projector = try Projector(views, log: log, makeReader: Self.makeReader)
    try await projector.catchUp()
    return views
  }
}

@Suite("Views") struct ViewsTests {
  @Test func `answer what commands ask`() async throws {
    let archived = try Archived()
    try await archived.live(9)
    let views = try await archived.views()
    #expect(try views.articles(ArticleFilter(), limit: 100).count == 9)
    #expect(try views.search("gempa besar", limit: 9).map(\.id.rawValue) == ["a1"])
    #expect(try views.search("GEMPA \"OR*", limit: 9).isEmpty)
    #expect(try views.revisions(of: Article.ID("a1")).map(\.revision) == [1, 2])
    #expect(try views.entities(since: nil, limit: 9).first?.articles == 3)
    #expect(try views.entity("Путин", since: nil)?.id == "Q7747")
    #expect(try views.feedHealth().first?.failure == "http")
    #expect(try views.articles(ArticleFilter(entity: Entity.ID("Q7747")), limit: 9).count == 3)
  }

  @Test func `folded anew are equal, whatever the batches and restarts were`() async throws {
    let archived = try Archived()
    try await archived.live(20)
    // A restart after every few records.
    let views = try Views(archived.folder.path("views.sqlite"), Archived.projections)
    for end in stride(from: 3, through: 26, by: 4) {
      let projector = try Projector(views, log: archived.log, makeReader: Archived.makeReader)
      try await projector.catchUp(upTo: Position(rawValue: UInt64(end)))
    }
    let rebuild = Rebuild(
      archived.folder.path("views.sqlite"), { Archived.projections }, log: archived.log,
      makeReader: Archived.makeReader)
    #expect(try await rebuild.check() == [])
    try await views.database.write {
      try $0.execute(sql: "UPDATE article SET language = 'xx' WHERE id = 'a4'")
    }
    #expect(try await rebuild.check().map(\.table) == ["article"])
  }

  @Test func `made anew in place hold all that was folded, in one file`() async throws {
    let archived = try Archived()
    try await archived.live(9)
    let file = archived.folder.path("views.sqlite")
    try (try await archived.views()).close()
    let rebuild = Rebuild(
      file, { Archived.projections }, log: archived.log, makeReader: Archived.makeReader)
    let position = try await rebuild.replace()
    let views = try Views.reader(file, Archived.projections)
    #expect(try views.position == position)
    #expect(try views.articles(ArticleFilter(), limit: 100).count == 9)
    #expect(!FileManager.default.fileExists(atPath: file + ".new-wal"))
    #expect(try await rebuild.check() == [])
  }

  @Test func `of another version are made anew`() async throws {
    let archived = try Archived()
    try await archived.live(3)
    _ = try await archived.views()
    let fewer = try Views(archived.folder.path("views.sqlite"), [FeedView()])
    #expect(try fewer.position == .origin)
    #expect(throws: ViewsError.self) {
      try Views.reader(archived.folder.path("views.sqlite"), Archived.projections)
    }
  }

  @Test func `say what an outlet still has to get`() async throws {
    let archived = try Archived()
    let alert = Alert(
      id: Alert.ID("x"), rule: "r", ruleRevision: "0", severity: .info, state: .fired,
      at: Archived.now,
      reason: "new", outlets: ["file", "journal"])
    try await archived.append(.alertRaised(alert, cause: 1))
    let delivery = Delivery(alert: alert.id, number: 0, state: .fired, outlet: "file", attempts: 1)
    let views = try await archived.views()
    #expect(try views.due("file", limit: 9).map(\.alert) == [alert])
    try await archived.append(.alertDelivered(delivery))
    let projector = try Projector(views, log: archived.log, makeReader: Archived.makeReader)
    try await projector.catchUp()
    #expect(try views.due("file", limit: 9).isEmpty)
    #expect(try views.due("journal", limit: 9).count == 1)
    #expect(try views.judgedThrough() == 1)
  }
}

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
