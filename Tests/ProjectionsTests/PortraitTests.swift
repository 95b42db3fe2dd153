import Core
import EventLog
import Foundation
import Testing

@testable import Projections

@Suite("What is told of an entity or a topic") struct PortraitTests {
  @Test func `is who tells of it, since when, and in which stories`() async throws {
    let archived = try Archived()
    try await archived.live(0)
    let words = (0..<80).map { "kata\($0)" }.joined(separator: " ")
    for (id, feed) in [("a", "wire"), ("b", "wire"), ("c", "other")] {
      var article = archived.article(
        id, "Putin tiba", feed: feed, url: "https://\(feed).example/\(id)")
      article.text = words
      try await archived.append(.articlePublished(article, .live))
    }
    let views = try await archived.views()
    let entity = try #require(try views.entity("Q7747", since: nil))
    #expect(entity.count.first == Archived.now)
    #expect(
      entity.tellers.map { [$0.source, "\($0.articles)"] } == [["wire", "2"], ["other", "1"]])
    #expect(entity.stories.map(\.articles) == [3])
    #expect(try views.entity("Q1", since: nil) == nil)
  }

  @Test func `is when there was news of a topic`() async throws {
    let archived = try Archived()
    try await archived.live(6)
    try await archived.append(
      .vocabularyDefined(VocabularyDefinition(part: "topics", text: #"{"t":{"name":"Bencana"}}"#)))
    let views = try await archived.views()
    let topic = try #require(try views.topic("Bencana", since: nil))
    #expect(topic.count.id == "t" && topic.count.articles == 4)
    #expect(topic.days == [DayCount(day: "2024-05-16", articles: 4)])
    let later = try #require(
      try views.topic("t", since: Archived.now.addingTimeInterval(86_400)))
    #expect(later.days == [] && later.count.articles == 0)
    #expect(try views.topic("nothing", since: nil) == nil)
  }
}

@Suite("Lines of alerts") struct AlertFilterTests {
  /// Views of alerts of two rules, their severities by turns.
  private func views() async throws -> Views {
    let archived = try Archived()
    for number in 0..<6 {
      let alert = Alert(
        id: Alert.ID("x\(number / 2)"), rule: number < 4 ? "quake" : "flood", ruleRevision: "0",
        severity: number % 2 == 0 ? .warning : .info, state: .fired,
        at: Archived.now.addingTimeInterval(Double(number)), reason: "new", number: number % 2)
      let cause = UInt64(number)
      try await archived.append(
        number % 2 == 0 ? .alertRaised(alert, cause: cause) : .alertChanged(alert, cause: cause))
    }
    return try await archived.views()
  }

  @Test(
    arguments: [
      (AlertFilter(), [6, 5, 4, 3, 2, 1]), (AlertFilter(rule: "quake"), [4, 3, 2, 1]),
      (AlertFilter(severity: .warning), [5, 3, 1]), (AlertFilter(severity: .critical), []),
      (AlertFilter(since: Archived.now.addingTimeInterval(4)), [6, 5]),
      (AlertFilter(rule: "quake", severity: .warning, before: Position(rawValue: 3)), [1]),
    ] as [(AlertFilter, [UInt64])])
  func `are given newest first, as they are wanted`(filter: AlertFilter, positions: [UInt64])
    async throws
  {
    let views = try await views()
    #expect(try views.alerts(filter, limit: 10).map(\.position.rawValue) == positions)
    #expect(
      try views.alerts(filter, limit: 2).map(\.position.rawValue) == Array(positions.prefix(2)))
  }

  @Test func `are given behind a position, and of one alert, oldest first`() async throws {
    let views = try await views()
    let after = try views.alerts(after: Position(rawValue: 3), limit: 2)
    #expect(after.map(\.position.rawValue) == [4, 5])
    #expect(try views.alerts(after: Position(rawValue: .max), limit: 2) == [])
    #expect(try views.lines(of: Alert.ID("x1")).map(\.position.rawValue) == [3, 4])
    #expect(try views.lines(of: Alert.ID("x")) == [])
  }

  @Test func `are due again where a person asks for it, until all of them went`() async throws {
    let archived = try Archived()
    let id = Alert.ID("x")
    for number in 0..<2 {
      let alert = Alert(
        id: id, rule: "quake", ruleRevision: "0", severity: .info, state: .fired, at: Archived.now,
        reason: "new", number: number)
      try await archived.append(
        number == 0 ? .alertRaised(alert, cause: 0) : .alertChanged(alert, cause: 0))
    }
    try await archived.append(.deliveryRequested(outlet: "desk", alerts: [id], by: "rina"))
    let asked = try await archived.views().due("desk", limit: 9)
    #expect(asked.map(\.alert.number) == [0, 1] && asked.allSatisfy { $0.request == 3 })
    for number in 0..<2 {
      try await archived.append(
        .alertDelivered(
          Delivery(
            alert: id, number: number, state: .fired, outlet: "desk", attempts: 1, request: 3)))
    }
    #expect(try await archived.views().due("desk", limit: 9).isEmpty)
  }
}
