import Core
import EventLog
import Foundation
import Testing

@testable import Projections

@Suite("A record that says nothing") struct SkippedRecordTests {
  func log(_ archived: Archived, _ facts: Event.Fact...) -> ShelfLog {
    ShelfLog(
      facts.map { fact in
        let event = Event(at: Archived.now, fact)
        return (event.kind.rawValue, String(decoding: event.json, as: UTF8.self))
      })
  }

  func fold(_ log: ShelfLog, _ archived: Archived) async throws -> Views {
    let views = try Views(archived.file, log: 1, Archived.projections)
    let projector = try Projector(views, log: log, makeReader: Archived.makeReader)
    try await projector.catchUp()
    return views
  }

  @Test(arguments: [true, false])
  func `redacted or lost is passed over, and its words are nowhere`(isRedacted: Bool) async throws {
    let archived = try Archived()
    var log = log(
      archived, .articlePublished(archived.article("a", "Gempa"), .live),
      .articlePublished(archived.article("b", "Banjir"), .live))
    log.records[0].payload = Array((isRedacted ? #"{"redacted":true}"# : "{}").utf8)
    (log.records[0].isRedacted, log.records[0].isLost) = (isRedacted, !isRedacted)
    let views = try await fold(log, archived)
    #expect(try views.articles(ArticleFilter(), limit: 9).map(\.id.rawValue) == ["b"])
    #expect(try views.search("gempa", limit: 9).isEmpty)
    #expect(try views.position == Position(rawValue: 2))
  }

  @Test func `at the end still moves the checkpoint and its time`() async throws {
    let archived = try Archived()
    var log = log(
      archived, .articlePublished(archived.article("a", "Gempa"), .live), .clockTicked)
    log.records[1].isLost = true
    let checkpoint = try await fold(log, archived).checkpoint
    #expect(checkpoint.position == Position(rawValue: 2))
    #expect(checkpoint.logTime == Archived.now.addingTimeInterval(1))
  }

  @Test func `of a later version is passed over only where it may be`() async throws {
    let archived = try Archived()
    let skippable = ShelfLog([(kind: 0x8FFF, payload: #"{"type":"later","v":1}"#)])
    #expect(try await fold(skippable, archived).position == Position(rawValue: 1))
    try Views.remove(archived.file)
    let binding = ShelfLog([(kind: 0x0FFF, payload: #"{"type":"later","v":1}"#)])
    await #expect(throws: (any Error).self) { try await fold(binding, archived) }
  }

  @Test func `lets the revision after it publish the article`() async throws {
    let archived = try Archived()
    var log = log(
      archived,
      .articlePublished(archived.article("a", "Gempa", url: "https://n.example/1"), .live),
      archived.revised("a", "Gempa besar", 2))
    log.records[0].isRedacted = true
    let views = try await fold(log, archived)
    #expect(try views.articles(ArticleFilter(), limit: 9).map(\.title) == ["Gempa besar"])
    #expect(try views.history(of: Article.ID("a")).map(\.article.revision) == [2])
    #expect(try views.search("besar", limit: 9).count == 1)
  }
}
