import Core
import Foundation
import Projections
import Testing

@testable import tidings

@Suite("Decisions on the way to the log") struct ReactorTests {
  /// A decision on a record, with a rule's name of some length.
  static func decision(_ cause: UInt64, _ length: Int = 10) -> (cause: UInt64, event: Event) {
    let rule = String(repeating: "r", count: length)
    let hold = AlertHold(rule: rule, article: Article.ID("a"), hold: "cooldown")
    return (cause, Event(at: Date(timeIntervalSince1970: 0), .alertHeld(hold, cause: cause)))
  }

  @Test func `go in parts that the log takes, and those on one record together`() {
    let size = Self.decision(1, 1_000).event.json.count
    let decisions = [1, 1, 2, 3, 3, 3, 4, 5].map { Self.decision($0, 1_000) }
    func causes(_ limit: Int) -> [[UInt64]] {
      Reactor.parts(decisions, limit: limit).map { $0.map(\.cause) }
    }
    #expect(causes(100 * size) == [[1, 1, 2, 3, 3, 3, 4, 5]])
    #expect(causes(3 * size) == [[1, 1, 2], [3, 3, 3], [4, 5]])
    // More than fits on one record stays together, and what comes behind begins anew.
    #expect(causes(2 * size) == [[1, 1], [2, 3, 3, 3], [4, 5]])
    #expect(causes(1) == [[1, 1], [2], [3, 3, 3], [4], [5]])
    #expect(Reactor.parts([]).isEmpty)
  }

  @Test func `go in though others recorded something while it was marked how far they are`()
    async throws
  {
    let desk = try await ScriptedLog("rules: [{id: watch, match: gempa, by: [article]}]")
    let judged = await desk.projector.position
    for title in ["Gempa satu", "Gempa dua"] {
      try await desk.record([.articlePublished(desk.article(title), .live)], at: 10, reacts: false)
    }
    try await desk.mark(upTo: judged)
    try await desk.react()
    #expect(try await desk.lines().map { $0.article?.title } == ["Gempa satu", "Gempa dua"])
    // Nor is anything raised twice.
    try await desk.restart()
    try await desk.react()
    #expect(try await desk.lines().count == 2)
  }

  @Test func `raise nothing about an article that met a rule before there was one`() async throws {
    let desk = try await ScriptedLog("rules: [{id: other, match: banjir}]")
    try await desk.publish("Gempa di Palu", at: 10, id: "old")
    try await desk.publish("Hujan di Palu", at: 20, id: "new")
    try await desk.define("rules: [{id: watch, match: gempa}]")
    try await desk.revise("old", "Gempa besar di Palu", 2, at: 100, [.headline])
    #expect(try await desk.lines().isEmpty)
    try await desk.revise("new", "Gempa di Palu setelah hujan", 2, at: 200, [.headline])
    #expect(try await desk.lines().map(\.reason) == ["became_match"])
  }

  @Test func `are no more than four mebibytes in one append, however many wait`() {
    let decisions = (1...1_000).map { Self.decision(UInt64($0), 8_000) }
    let parts = Reactor.parts(decisions)
    #expect(parts.flatMap { $0 }.map(\.cause) == decisions.map(\.cause))
    for part in parts {
      #expect(part.reduce(0) { $0 + $1.event.json.count + 64 } < 4 << 20)
    }
  }
}
