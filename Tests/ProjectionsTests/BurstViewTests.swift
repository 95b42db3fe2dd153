import Core
import EventLog
import Foundation
import GRDB
import Testing
import Text

@testable import Projections

/// Articles whose title holds «Putin» mention an entity.
@Suite("The burst view") struct BurstViewTests {
  let archived: Archived

  init() async throws {
    archived = try Archived()
    try await archived.append(
      .vocabularyDefined(
        VocabularyDefinition(part: "entities", text: #"{"Q7747":{"name":"Putin"}}"#)))
  }

  /// An article that comes so many hours after the beginning.
  private func publish(
    _ title: String, after hours: Double, by publisher: String, origin: Origin = .live
  ) async throws {
    let at = Archived.now.addingTimeInterval(hours * 3_600)
    var article = archived.article("\(title) \(hours) \(publisher)", title)
    (article.publisher, article.text) = (publisher, "")
    try await archived.log.append(
      [Event(at: at, .articlePublished(article, origin))], to: .daemon, at: at)
  }

  /// Ten days in which each hour brings something, and each day one article on Putin.
  private func quiet() async throws {
    for hour in 0..<240 {
      try await publish(
        hour % 24 == 5 ? "Putin \(hour)" : "Harga \(hour)", after: Double(hour), by: "wire")
    }
  }

  private func bursts() async throws -> [Burst] {
    try await archived.views().bursts(since: nil, limit: 9)
  }

  @Test func `opens where many sources speak at once, and closes when it is calm`() async throws {
    try await quiet()
    for (number, publisher) in ["A", "B", "C", "D", "E", "F", "G"].enumerated() {
      try await publish("Putin \(publisher)", after: 240.1 + Double(number) / 100, by: publisher)
    }
    #expect(try await bursts().isEmpty)
    // The bin is judged by the first record after it.
    try await publish("Harga", after: 240.5, by: "wire")
    let open = try await bursts()
    #expect(open.map(\.key) == ["Q7747"])
    #expect(open.map(\.sources) == [7])
    #expect(open.map(\.closed) == [nil])
    for hour in 241..<246 { try await publish("Harga \(hour)", after: Double(hour), by: "wire") }
    #expect(try await bursts().allSatisfy { $0.closed != nil })
    #expect(try await archived.rebuild().check().isEmpty)
  }

  /// One who is told of by many all the time, and another by few; made one they are told of as always.
  @Test func `takes a merged history for the history of one`() async throws {
    try await archived.append(
      .vocabularyDefined(
        VocabularyDefinition(
          part: "entities", text: #"{"Q7747":{"name":"Putin"},"Q15031":{"name":"Xi"}}"#)))
    func hour(_ hour: Int) async throws {
      let at = Archived.now.addingTimeInterval(Double(hour) * 3_600)
      var titles = ["A", "B", "C", "D", "E", "F", "G"].map { ("Xi \($0)", $0) }
      if hour % 24 == 5 { titles.append(("Putin", "wire")) }
      let events = titles.map { title, publisher in
        var article = archived.article("\(title) \(hour)", title)
        (article.publisher, article.text) = (publisher, "")
        return Event(at: at, .articlePublished(article, .live))
      }
      try await archived.log.append(events, to: .daemon, at: at)
    }
    for number in 0..<192 { try await hour(number) }
    #expect(try await bursts().isEmpty)
    let at = Archived.now.addingTimeInterval(191.5 * 3_600)
    let words = Event.Fact.entityMerged(
      [Entity.ID("Q7747"), Entity.ID("Q15031")], Judgement(by: "rina"))
    try await archived.log.append([Event(at: at, words)], to: .people, at: at)
    for number in 192..<195 { try await hour(number) }
    #expect(try await bursts().isEmpty)
    #expect(try await archived.rebuild().check().isEmpty)
  }

  @Test func `counts sources, not articles, and nothing of a backlog`() async throws {
    try await quiet()
    for number in 0..<7 {
      try await publish("Putin \(number)", after: 240.1 + Double(number) / 100, by: "A")
      try await publish(
        "Putin lama \(number)", after: 240.1 + Double(number) / 100 + 0.001, by: "old\(number)",
        origin: .backlog)
    }
    try await publish("Harga", after: 240.5, by: "wire")
    #expect(try await bursts().isEmpty)
  }

  @Test func `wants a week of what it is held against`() async throws {
    try await publish("Harga", after: 0, by: "wire")
    for (number, publisher) in ["A", "B", "C", "D", "E", "F", "G"].enumerated() {
      try await publish("Putin \(publisher)", after: 1.1 + Double(number) / 100, by: publisher)
    }
    try await publish("Harga", after: 1.5, by: "wire")
    #expect(try await bursts().isEmpty)
  }

  @Test func `keeps hours of four weeks and sources of one hour`() async throws {
    try await quiet()
    try await publish("Harga", after: 240 + 31 * 24, by: "wire")
    try await publish("Harga", after: 241 + 31 * 24, by: "wire")
    let counts = try await archived.views().read { db in
      try ["burst_hour", "burst_source"].map {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)") ?? 0
      }
    }
    #expect(counts == [2, 1])
  }
}
