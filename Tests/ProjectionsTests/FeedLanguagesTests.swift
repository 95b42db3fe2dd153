import Core
import EventLog
import Foundation
import GRDB
import Testing

@testable import Projections
@testable import Text

/// Titles in capitals say their language for sure; other ones could be Indonesian or Malay.
@Suite("The languages of a feed") struct FeedLanguagesTests {
  let archived: Archived
  let makeReader: MakeReader = { _ in
    { article, language in
      let isSure = article.title == article.title.uppercased()
      let code = language ?? (isSure ? String(article.title.lowercased().prefix(2)) : "id")
      var reading = Reading(language: code, topics: ["t-\(code)"])
      reading.models = "m"
      reading.names = [
        Reading.Mention(
          entity: "tid:\(code)", name: code, field: "title", start: 0, end: 2, text: code,
          via: "tagger")
      ]
      reading.languageAnswer = LanguageAnswer(
        code: code, confidence: 0.99, evidence: isSure ? .declared : .words, isMalayOpen: !isSure)
      return reading
    }
  }

  init() throws { archived = try Archived() }

  private func publish(_ titles: [String], in feed: String) async throws {
    for (number, title) in titles.enumerated() {
      let article = archived.article("\(feed) \(number) \(title)", title, feed: feed)
      try await archived.append(.articlePublished(article, .live))
    }
  }

  private func views(batch: Int = 1_000) async throws -> Views {
    let views = try Views(
      "\(archived.file)-\(batch)", log: await archived.log.identity, Archived.projections)
    try await Projector(views, log: archived.log, makeReader: makeReader, batch: batch).catchUp()
    return views
  }

  private func language(of article: String, batch: Int = 1_000) async throws -> String? {
    try await views(batch: batch).language(of: Article.ID(article))
  }

  /// The second feed shows that it is the history: alone the words say `id`.
  @Test(arguments: [1, 7, 1_000])
  func `decide where an article's words do not`(batch: Int) async throws {
    try await publish(["Harga naik", "MS", "Harga turun"], in: "malay")
    try await publish(["ID", "Harga naik"], in: "other")
    #expect(try await language(of: "malay 0 Harga naik", batch: batch) == "id")
    #expect(try await language(of: "malay 2 Harga turun", batch: batch) == "ms")
    #expect(try await language(of: "other 1 Harga naik", batch: batch) == "id")
  }

  @Test func `are those of sure answers alone`() async throws {
    try await publish(["MS"] + (0..<30).map { "Harga naik \($0)" }, in: "malay")
    #expect(try await language(of: "malay 30 Harga naik 29") == "ms")
  }

  /// Words alone say `id`, so only what the feed was first can make it change to `ms`.
  @Test func `change when the feed does`() async throws {
    try await publish(
      (0..<300).map { "ID \($0)" } + ["Harga naik"] + (0..<200).map { "MS \($0)" }, in: "wire")
    try await publish(["Harga naik"], in: "wire")
    #expect(try await language(of: "wire 300 Harga naik") == "id")
    #expect(try await language(of: "wire 0 Harga naik") == "ms")
  }

  @Test(arguments: [1, 1_000])
  func `are those in which names and topics are read`(batch: Int) async throws {
    try await publish(["MS", "Harga naik"], in: "malay")
    let views = try await views(batch: batch)
    let malay = try #require(try views.entity("tid:ms", since: nil))
    #expect(malay.count.articles == 2)
    #expect(try views.entity("tid:id", since: nil) == nil)
    #expect(try views.articles(ArticleFilter(topic: Topic.ID("t-ms")), limit: 9).count == 2)
  }

  @Test func `are few, whatever a feed declares`() async throws {
    let codes = (0..<60).map { "X" + String(UnicodeScalar(65 + UInt8($0 % 26))) + " \($0)" }
    try await publish((0..<5).map { "MS \($0)" } + codes + ["ZZ", "Harga"], in: "wild")
    let kept = try await views().read { db in
      try String.fetchAll(db, sql: "SELECT language FROM feed_language")
    }
    #expect(kept.count == 16 && kept.contains("ms") && kept.contains("zz"))
  }
}
