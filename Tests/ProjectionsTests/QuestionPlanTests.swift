import Core
import EventLog
import Foundation
import GRDB
import Synchronization
import Testing

@testable import Projections

/// What is asked of entities, topics, stories and bursts, held against SQLite's plans for it.
@Suite("A question to the views") struct QuestionPlanTests {
  /// What may be gone through: what a query has picked itself, rows that do not grow with the articles, and an
  /// order that ends with the rows that are shown.
  private static let few: Set<String> = [
    "newest", "narrowed", "json_each", "counts", "form", "ranked", "picked", "counted", "shown",
    "risen",
    "whole",
    "told", "topic",
    "checkpoint", "CONSTANT", "topic_day", "entity_judged", "family", "path",
    "entity USING INDEX entity_configured", "entity USING INDEX entity_known",
    "entity USING COVERING INDEX entity_known",
    "story USING INDEX story_rank", "burst USING INDEX burst_opened",
  ]

  let world: EntityWorld

  init() async throws {
    world = try EntityWorld()
    let topics = VocabularyDefinition(part: "topics", text: #"{"t":{"name":"T"}}"#)
    try await world.append(.vocabularyDefined(topics))
    for source in ["A", "B"] {
      try await world.publish("Budi dan Sari ke China dan Tiongkok", by: source)
      try await world.publish("Siluanov Силуанов", after: 1, by: source)
    }
    try await world.append(
      .topicJudged(
        Article.ID("Budi dan Sari ke China dan Tiongkok 0.0 A"), Topic.ID("t"), right: true,
        Judgement(by: "rina")), after: 2)
  }

  @Test(arguments: EntityOrder.allCases, [false, true])
  func `for entities is answered by an index`(order: EntityOrder, isSince: Bool) async throws {
    try await expectIndices { (views: Views) throws in
      let since = isSince ? Archived.now : nil
      #expect(try !views.entities(since: since, order: order, limit: 3).isEmpty)
    }
  }

  @Test(arguments: [false, true])
  func `for one entity is answered by an index`(isSince: Bool) async throws {
    try await expectIndices { (views: Views) throws in
      #expect(try views.entity("Tiongkok", since: isSince ? Archived.now : nil) != nil)
      #expect(try views.entityID("sari") != nil)
      #expect(try views.isAlias("Tiongkok", of: Entity.ID("Q148")))
      #expect(try !views.articles(ArticleFilter(entity: Entity.ID("Q148")), limit: 3).isEmpty)
    }
  }

  @Test(arguments: [false, true])
  func `for topics is answered by an index`(isSince: Bool) async throws {
    try await expectIndices { (views: Views) throws in
      #expect(try !views.topics(since: isSince ? Archived.now : nil).isEmpty)
      #expect(try !views.articles(ArticleFilter(topic: Topic.ID("t")), limit: 3).isEmpty)
    }
  }

  @Test func `for stories is answered by an index`() async throws {
    try await expectIndices { (views: Views) throws in
      let story = try #require(try views.stories(since: Archived.now, limit: 1).first)
      #expect(try !views.articles(ArticleFilter(story: story.id), limit: 3).isEmpty)
      #expect(try !views.story(story).members.isEmpty)
      #expect(try !views.stories(idPrefix: story.id.rawValue).isEmpty)
    }
  }

  @Test func `for suggestions and bursts is answered by an index`() async throws {
    try await expectIndices { (views: Views) throws in
      #expect(try views.suggestions(limit: 3).isEmpty)
      let areShared = try views.read { db in
        var stories = NewestStories(db)
        return try stories.areShared("tid:budi", "Q148")
      }
      #expect(areShared)
      #expect(try views.bursts(since: nil, limit: 3).isEmpty)
    }
  }

  /// Looks at the plans of all that `ask` asks.
  private func expectIndices(_ ask: (Views) throws -> Void) async throws {
    let views = try Views(
      alone: world.archived.file, log: await world.archived.log.identity, Archived.projections)
    try await Projector(views, log: world.archived.log, makeReader: world.makeReader).catchUp()
    let asked = Mutex<Set<String>>([])
    try views.read { db in
      db.trace { event in
        guard case .statement(let statement) = event else { return }
        asked.withLock { _ = $0.insert(statement.expandedSQL) }
      }
    }
    try ask(views)
    try views.read { $0.trace() }
    let selects = asked.withLock { $0 }.sorted().filter { $0.contains("SELECT") }
    #expect(!selects.isEmpty)
    for sql in selects where !Self.endsEarly(sql) {
      let steps = try views.read { try Row.fetchAll($0, sql: "EXPLAIN QUERY PLAN " + sql) }
      for step in steps { Self.expectNoScan(step["detail"], of: sql) }
    }
    try views.close()
  }

  private static func expectNoScan(_ step: String, of sql: String) {
    guard step.hasPrefix("SCAN ") else { return }
    let what = step.dropFirst("SCAN ".count)
    let isFew =
      what.hasPrefix("(subquery") || few.contains { what == $0 || what.hasPrefix($0 + " ") }
    #expect(isFew, "\(step) of \(sql)")
  }

  /// The one question that goes through articles until it meets one that is a day old.
  private static func endsEarly(_ sql: String) -> Bool {
    sql.contains("SELECT min(position) FROM revision WHERE article = (")
  }
}
