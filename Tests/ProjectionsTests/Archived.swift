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
    { article, _ in
      let words = Words(article.title).joined
      let names = vocabulary["entities"] == nil ? [] : [("Q7747", "putin"), ("Q15031", "xi")]
      let mentions = names.filter { words.contains($0.1) }.map {
        Reading.Mention(entity: $0.0, field: "title", start: 0, end: 5, text: $0.1)
      }
      return Reading(
        language: article.language, titleWords: words, bodyWords: Words(article.text).joined,
        mentions: mentions, topics: words.contains("gempa") ? ["t"] : [])
    }
  }
  static var projections: [any Projection] {
    [
      DefinitionView(), FeedView(), ArticleView(), SearchView(), SightingView(), EntityView(),
      StoryView(tail: 8), BurstView(), RedactionView(), AlertView(),
    ]
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
      id: Article.ID(id), feed: Feed.ID(feed), url: url, title: title, text: "Isi berita \(title)",
      language: "id",
      seen: Self.now, contentHash: title)
  }

  /// An edit of an article.
  func revised(_ id: String, _ title: String, _ revision: Int) -> Event.Fact {
    var edited = article(id, title)
    edited.revision = revision
    return .articleRevised(
      edited, Revision(previous: revision - 1, changed: ["title"], isDeclared: false))
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
    try await append(
      revised("a1", "Gempa besar", 2),
      .feedFailed(
        FeedFailure(feed: Feed.ID("wire"), failureClass: "http", status: 500, message: "fault")))
  }

  var file: String { folder.path("views.sqlite") }

  /// The live views, folded to the log's end.
  func views() async throws -> Views {
    let views = try Views(file, log: await log.identity, Self.projections)
    try await fold(views)
    return views
  }

  /// Folds into `views` with a projector that knows nothing but them.
  func fold(_ views: Views, upTo last: UInt64? = nil, batch: Int = 1_000) async throws {
    let projector = try Projector(views, log: log, makeReader: Self.makeReader, batch: batch)
    try await projector.catchUp(upTo: last.map { Position(rawValue: $0) })
  }

  func rebuild(
    _ projections: @escaping @Sendable () -> [any Projection] = { Archived.projections },
    _ report: Projector.Report? = nil
  ) async -> Rebuild {
    Rebuild(
      file, projections, log: log, identity: await log.identity, makeReader: Self.makeReader,
      report: report)
  }
}
