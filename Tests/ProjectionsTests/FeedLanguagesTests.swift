import Core
import EventLog
import Foundation
import Testing

@testable import Projections
@testable import Text

/// Titles in capitals say their language for sure; other ones could be Indonesian or Malay.
@Suite("The languages of a feed") struct FeedLanguagesTests {
  let archived: Archived
  let makeReader: MakeReader = { _ in
    { article in
      let isSure = article.title == article.title.uppercased()
      let code = isSure ? String(article.title.lowercased().prefix(2)) : "id"
      var reading = Reading(language: code)
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

  private func language(of article: String, batch: Int = 1_000) async throws -> String? {
    let views = try Views(
      "\(archived.file)-\(batch)", log: await archived.log.identity, Archived.projections)
    try await Projector(views, log: archived.log, makeReader: makeReader, batch: batch).catchUp()
    return try views.language(of: Article.ID(article))
  }

  @Test(arguments: [1, 7, 1_000])
  func `decide where an article's words do not`(batch: Int) async throws {
    try await publish(Array(repeating: "MS", count: 1) + ["Harga naik"], in: "malay")
    try await publish(["ID", "Harga naik"], in: "other")
    #expect(try await language(of: "malay 1 Harga naik", batch: batch) == "ms")
    #expect(try await language(of: "other 1 Harga naik", batch: batch) == "id")
  }

  @Test func `change when the feed does`() async throws {
    try await publish((0..<300).map { "MS \($0)" } + (0..<200).map { "ID \($0)" }, in: "wire")
    try await publish(["Harga naik"], in: "wire")
    #expect(try await language(of: "wire 0 Harga naik") == "id")
  }
}
