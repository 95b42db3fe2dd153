import Core
import Foundation
import Testing
import Text

@testable import Rules

@Suite("A rule about what was never seen") struct TermKindTests {
  static let words =
    #""entities":{"Q1":{"name":"Andi","type":"person"},"Q2":{"name":"Pertamina","type":"organisation"},"Q3":{"name":"Bulog","type":"organisation"}}"#

  static func world(_ kind: String, match: String = "entity:*", _ more: String = "") throws
    -> RuleWorld
  {
    try RuleWorld(
      #"{\#(words),"rules":[{"id":"r","match":"\#(match)","when":{\#(kind)}\#(more)}]}"#)
  }

  @Test func `fires when a new name is in enough articles of enough sources`() throws {
    let world = try Self.world(
      #""kind":"new_term","types":["organisation"],"not_seen":"30d","at_least":"2","sources":"2","within":"2d""#
    )
    #expect(try world.publish("Andi dan Pertamina", at: 0, publisher: "A").isEmpty)
    #expect(try world.publish("Pertamina lagi", at: 10, publisher: "A").isEmpty)
    let fired = try world.publish("Pertamina dan Andi", at: 20, publisher: "B")
    #expect(fired.told == ["fired new_term r"])
    #expect(fired.alerts[0].why[0].clause == "new: Q2")
    #expect(try world.publish("Pertamina kini", at: 30, publisher: "C").isEmpty)
    // Another name of the same group goes on in the open alert.
    try world.publish("Bulog", at: 40, publisher: "A")
    #expect(try world.publish("Bulog lagi", at: 50, publisher: "B").told == ["updated new_term r"])
    // Unseen for as long as it takes, it is new again.
    for day in 1...29 { try world.publish("Pertamina \(day)", at: Double(day) * 86_400) }
    #expect(try world.publish("Pertamina x", at: 58 * 86_400, publisher: "A").isEmpty)
    try world.publish("Pertamina y", at: 89 * 86_400, publisher: "A")
    #expect(
      try world.publish("Pertamina z", at: 89 * 86_400 + 9, publisher: "B").told
        == ["fired new_term r"])
  }

  @Test func `knows quietly what came too slowly, too early, or with a backlog`() throws {
    let kind =
      #""kind":"new_term","field":"publisher","not_seen":"30d","at_least":"2","within":"1h""#
    let slow = try Self.world(kind, match: "gempa")
    try slow.publish("gempa 1", at: 0, publisher: "A")
    #expect(try slow.publish("gempa 2", at: 3_601, publisher: "A").isEmpty)
    #expect(try slow.publish("gempa 3", at: 3_602, publisher: "A").isEmpty)
    try slow.publish("gempa 4", origin: .backlog)
    try slow.publish("gempa 5", at: 3_603, publisher: "B", origin: .backlog)
    for number in 6...9 { #expect(try slow.publish("gempa \(number)", publisher: "B").isEmpty) }
    let early = try Self.world(kind + #","warmup":"1d""#, match: "gempa")
    for number in 1...3 {
      #expect(try early.publish("gempa \(number)", at: 9, publisher: "A").isEmpty)
    }
  }

  @Test func `fires for each new pair with a name of its query`() throws {
    let world = try Self.world(
      #""kind":"new_pair","types":["organisation"],"not_seen":"30d""#, match: "entity:Q1",
      #","by":["entity_pair"]"#)
    let fired = try world.publish("Andi di Pertamina dan Bulog", at: 0)
    #expect(fired.told == ["fired new_pair r", "fired new_pair r"])
    #expect(
      fired.alerts.map(\.group) == [["entity_pair": "Q1+Q2"], ["entity_pair": "Q1+Q3"]])
    #expect(try world.publish("Andi di Pertamina", at: 60).isEmpty)
  }
}

@Suite("A rule that looks at others") struct StepKindTests {
  static func world(_ when: String, _ more: String = "") throws -> RuleWorld {
    try RuleWorld(
      #"{"rules":[{"id":"a","match":"gempa","mode":"part"},{"id":"b","match":"tsunami","mode":"part"},"#
        + #"{"id":"c","match":"korban","mode":"part"},{"id":"r","when":{\#(when)}\#(more)}]}"#)
  }

  @Test func `fires where all of them matched for one group within its window`() throws {
    let world = try Self.world(
      #""kind":"cooccur","rules":["a","b"],"within":"1h""#, #","by":["feed"]"#)
    #expect(try world.publish("tsunami", at: 0).isEmpty)
    #expect(try world.publish("gempa", at: 1, feed: "other").isEmpty)
    #expect(try world.publish("gempa", at: 3_600, id: "late").isEmpty)
    let fired = try world.publish("tsunami lagi", at: 3_700)
    #expect(fired.told == ["fired cooccur r"])
    #expect(fired.alerts[0].why[0].clause == "a and b")
    #expect(fired.alerts[0].articles.map(\.rawValue) == ["late", "tsunami lagi"])
    // It forgets them: one alone is none again.
    #expect(try world.publish("tsunami tiga", at: 3_800).isEmpty)
  }

  /// The steps were judged all along; the rule that looks at them is new.
  @Test(arguments: [
    (#""kind":"cooccur","rules":["a","b"]"#, ["gempa"], "tsunami", ["fired cooccur r"]),
    (
      #""kind":"sequence","rules":["a","b","c"]"#, ["gempa", "tsunami"], "korban",
      ["fired sequence r"]
    ),
    // What was whole before it came is past.
    (#""kind":"cooccur","rules":["a","b"]"#, ["gempa", "tsunami"], "banjir", []),
    (#""kind":"cooccur","rules":["a","b"]"#, ["gempa", "tsunami"], "tsunami 2", []),
  ])
  func `knows the steps that came before it`(
    when: String, past: [String], next: String, told: [String]
  ) throws {
    let steps =
      #"{"id":"a","match":"gempa","mode":"part"},{"id":"b","match":"tsunami","mode":"part"},"#
      + #"{"id":"c","match":"korban","mode":"part"}"#
    let world = try RuleWorld(#"{"rules":[\#(steps)]}"#)
    for (number, title) in past.enumerated() { try world.publish(title, at: Double(number)) }
    #expect(
      try world.reload(
        #"{"rules":[\#(steps),{"id":"r","when":{\#(when),"within":"1h"}}]}"#, at: 60
      ).isEmpty)
    #expect(try world.publish(next, at: 100).told == told)
  }

  @Test func `waits for what should follow what came before it, and tells of no more`() throws {
    let steps =
      #"{"id":"a","match":"gempa","mode":"part"},{"id":"b","match":"bantah","mode":"part"}"#
    let world = try RuleWorld(#"{"rules":[\#(steps)]}"#)
    try world.publish("gempa lama", at: 0)
    try world.publish("gempa", at: 5_000)
    try world.reload(
      #"{"rules":[\#(steps),{"id":"r","when":{"kind":"absent_after","rules":["a","b"],"within":"1h"}}]}"#,
      at: 6_000)
    #expect(try world.tick(at: 8_599).isEmpty)
    #expect(try world.tick(at: 8_600).told == ["fired absent r"])
  }

  /// What the feed of an article writes may have decided its language, which its words alone do not give.
  @Test func `goes by the language in which an article was read`() throws {
    let steps =
      #"{"id":"a","match":"gempa","mode":"part"},{"id":"b","match":"lang:ms AND gempa","mode":"part"}"#
    let absent = #"{"id":"r","when":{"kind":"absent_after","rules":["a","b"],"within":"1h"}}"#
    let world = try RuleWorld(#"{"rules":[\#(steps),\#(absent)]}"#)
    for (language, told) in [("ms", []), ("id", ["fired absent r"])] {
      let begin = world.now + 10_000
      var reading = Reading()
      reading.language = language
      try world.judge(.article(article("gempa \(language)"), .live, nil, reading), at: begin)
      #expect(try world.tick(at: begin + 3_600).told == told)
    }
  }

  @Test func `fires where they matched in order`() throws {
    let world = try Self.world(#""kind":"sequence","rules":["a","b","c"],"within":"1h""#)
    #expect(try world.publish("tsunami", at: 0).isEmpty)
    #expect(try world.publish("gempa", at: 10).isEmpty)
    // One record is one step.
    #expect(try world.publish("gempa 2", at: 1_000).isEmpty)
    #expect(try world.publish("tsunami 2", at: 3_700).isEmpty)
    #expect(try world.publish("korban", at: 4_599).told == ["fired sequence r"])
    #expect(try world.publish("korban 2", at: 4_600).isEmpty)
  }

  @Test func `fires where an article is a step and its own predecessor`() throws {
    let world = try Self.world(#""kind":"sequence","rules":["a","b"],"within":"1h""#)
    #expect(try world.publish("gempa", at: 0).isEmpty)
    #expect(try world.publish("gempa dan tsunami", at: 60).told == ["fired sequence r"])
    #expect(try world.publish("gempa dan tsunami 2", at: 120).isEmpty)
  }

  @Test func `does not fire where the chain is too long`() throws {
    let world = try Self.world(#""kind":"sequence","rules":["a","b"],"within":"1h""#)
    try world.publish("gempa", at: 0)
    #expect(try world.publish("tsunami", at: 3_600).isEmpty)
    #expect(try world.publish("gempa tsunami", at: 3_601).isEmpty)
  }

  @Test(arguments: [["a", "b"], ["b", "a"]])
  func `does not fire for an article that is both, whichever stands first`(steps: [String]) throws {
    let world = try Self.world(
      #""kind":"absent_after","rules":["\#(steps[0])","\#(steps[1])"],"within":"50m""#)
    #expect(try world.publish("gempa dan tsunami", at: 0).isEmpty)
    #expect(try world.tick(at: 3_001).isEmpty)
    #expect(try world.tick(at: 6_000).isEmpty)
  }

  @Test func `fires where the second did not follow, and only that stops it`() throws {
    let world = try Self.world(#""kind":"absent_after","rules":["a","b"],"within":"1h""#)
    try world.publish("gempa", at: 0)
    try world.publish("gempa lagi", at: 1_800)
    #expect(try world.tick(at: 3_599).isEmpty)
    let fired = try world.tick(at: 3_600)
    #expect(fired.told == ["fired absent r"])
    #expect(fired.alerts[0].articles.map(\.rawValue) == ["gempa"])
    try world.publish("gempa tiga", at: 4_000)
    try world.publish("tsunami", at: 5_000)
    #expect(try world.tick(at: 8_000).isEmpty)
  }

  @Test func `tells of edits of what raised an alert, each once, up to its limit`() throws {
    let world = try RuleWorld(
      #"{"rules":[{"id":"q","match":"gempa"},{"id":"r","when":{"kind":"change","of":["q"],"classes":["number","retracted"],"max_per_article":"2"}}]}"#
    )
    let fired = try world.publish("gempa", id: "a")
    #expect(try world.revise("a", "gempa palu", classes: [.headline]).isEmpty)
    let first = try world.revise("a", "gempa 12", classes: [.number])
    #expect(first.told == ["fired change r"])
    #expect(first.alerts[0].group == ["article": "a"])
    #expect(first.alerts[0].why.map(\.clause) == ["number", "after alert \(fired.alerts[0].id)"])
    #expect(try world.revise("a", "gempa 21", classes: [.number]).told == ["updated change r"])
    #expect(try world.revise("a", "gempa 22", classes: [.number]).isEmpty)
    try world.publish("banjir", id: "b")
    #expect(try world.revise("b", "banjir 2", classes: [.number]).isEmpty)
    try world.publish("gempa lain", id: "c")
    #expect(
      try world.judge(.withdrawn(Article.ID("c"), .gone)).told
        == ["fired change r", "retracted withdrawn q"])
  }

  @Test func `may want only edits that nobody announced`() throws {
    let world = try RuleWorld(
      #"{"rules":[{"id":"q","match":"gempa"},{"id":"r","when":{"kind":"change","of":["q"],"stealth":"true"}}]}"#
    )
    try world.publish("gempa", id: "a")
    #expect(try world.revise("a", "gempa 1", declared: true).isEmpty)
    #expect(try world.revise("a", "gempa 2", classes: [.typo]).isEmpty)
    #expect(try world.revise("a", "gempa 3").told == ["fired change r"])
  }
}
