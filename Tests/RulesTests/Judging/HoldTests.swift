import Core
import Foundation
import Testing

@testable import Rules

@Suite("A line that is held") struct HoldTests {
  static func date(_ seconds: Double) -> Date {
    Date(timeIntervalSince1970: RuleWorld.start + seconds)
  }

  static func silence(
    _ rule: String, _ scope: [String: String] = [:], until: Double = 600
  ) -> Silence {
    Silence(
      id: Silence.ID("s\(until)"), rules: [rule], scope: scope, until: date(until),
      reason: "latihan", by: "rina")
  }

  @Test func `by a cooldown is told when it ends, so that the last event is never dropped`() throws
  {
    let world = try RuleWorld(#"{"rules":[{"id":"r","match":"gempa","by":[],"cooldown":"10m"}]}"#)
    let first = try world.publish("gempa satu", at: 0)
    #expect(first.alerts[0].held.isEmpty)
    let held = try world.publish("gempa dua", at: 1)
    #expect(held.told == ["held cooldown r"])
    #expect(held.holds[0].until == Self.date(600) && held.holds[0].alert == first.alerts[0].id)
    #expect(try world.publish("gempa tiga", at: 599.5).told == ["held cooldown r"])
    let after = try world.tick(at: 600)
    #expect(after.told == ["updated after_cooldown r"])
    #expect(after.alerts[0].held.cooldown == 2 && after.alerts[0].id == first.alerts[0].id)
    #expect(after.alerts[0].articles.map(\.rawValue) == ["gempa dua", "gempa tiga"])
    #expect(after.alerts[0].article?.title == "gempa tiga")
    // The line itself begins the next one, which held nothing.
    #expect(try world.tick(at: 1_200).isEmpty)
    #expect(try world.publish("gempa empat", at: 1_201).told == ["updated joined r"])
  }

  @Test func `by a cooldown counts once, however often its article is edited`() throws {
    let world = try RuleWorld(#"{"rules":[{"id":"r","match":"gempa","by":[],"cooldown":"10m"}]}"#)
    try world.publish("gempa satu", at: 0)
    #expect(try world.publish("gempa dua", at: 1).told == ["held cooldown r"])
    #expect(try world.revise("gempa dua", "gempa dua lagi", at: 2).isEmpty)
    #expect(try world.tick(at: 600).alerts[0].held.cooldown == 1)
  }

  @Test func `by a cooldown that doubles is held longer while there is something to hold`() throws {
    let world = try RuleWorld(
      #"{"rules":[{"id":"r","match":"gempa","by":[],"cooldown":{"start":"10m","double_to":"30m"}}]}"#
    )
    func ends(_ title: String, at seconds: Double) throws -> Date? {
      try world.publish(title, at: seconds).holds.first?.until
    }
    try world.publish("gempa a", at: 0)
    #expect(try ends("gempa b", at: 1) == Self.date(600))
    #expect(try world.tick(at: 600).told == ["updated after_cooldown r"])
    #expect(try ends("gempa c", at: 700) == Self.date(1_800))
    try world.tick(at: 1_800)
    #expect(try ends("gempa d", at: 1_900) == Self.date(3_600))
    try world.tick(at: 3_600)
    try world.tick(at: 5_400)
    // A quiet half hour behind the last line, and it begins anew.
    #expect(try world.publish("gempa e", at: 5_401).told == ["updated joined r"])
    #expect(try ends("gempa f", at: 5_402) == Self.date(6_001))
  }

  @Test func `by a cooldown that has doubled is held as long for as long as there is something`()
    throws
  {
    let world = try RuleWorld(
      #"{"rules":[{"id":"r","match":"gempa","by":[],"cooldown":{"start":"1m","double_to":"4m"}}]}"#)
    var told: [Int] = []
    for second in stride(from: 0, through: 1_200, by: 30) {
      let decisions = try world.publish("gempa \(second)", at: Double(second))
      told += decisions.alerts.filter { $0.reason == "after_cooldown" }.map { _ in second }
    }
    #expect(told == [60, 180, 420, 660, 900, 1_140])
  }

  @Test func `by another rule is judged behind it, also where it is made of others`() throws {
    let world = try RuleWorld(
      #"{"rules":[{"id":"a","match":"gempa"},{"id":"b","match":"tsunami"},"#
        + #"{"id":"x","by":[],"when":{"kind":"cooccur","rules":["a","b"],"within":"1h"}},"#
        + #"{"id":"y","match":"aceh","by":[],"inhibits":["x"]}]}"#)
    let told = try world.publish("gempa dan tsunami di aceh", at: 0).told
    #expect(
      told.contains("fired new y") && !told.contains { $0.hasPrefix("fired") && $0.hasSuffix(" x") }
    )
  }

  @Test func `by a silence opens nothing; the next one says how many there were`() throws {
    let world = try RuleWorld(#"{"rules":[{"id":"r","match":"gempa","by":[]}]}"#)
    world.store.silences = [Self.silence("r"), Self.silence("r", until: 300)]
    let held = try world.publish("gempa satu", at: 0)
    #expect(held.told == ["held silence r"])
    #expect(held.holds[0].until == Self.date(600) && held.holds[0].reason == "latihan")
    try world.publish("gempa dua", at: 599)
    let fired = try world.publish("gempa tiga", at: 600)
    #expect(fired.told == ["fired new r"])
    #expect(fired.alerts[0].held.silence == 2)
  }

  @Test(arguments: [
    ([:], true), (["feed": "wire"], true), (["feed": "wire", "publisher": "Antara"], true),
    (["feed": "other"], false), (["entity": "Q148"], false), (["article": "gempa"], true),
  ])
  func `by a silence has all that the silence names`(scope: [String: String], held: Bool) throws {
    let world = try RuleWorld(
      #"{"rules":[{"id":"r","match":"gempa"},{"id":"o","match":"banjir"}]}"#)
    world.store.silences = [Self.silence("r", scope)]
    let told = try world.publish("gempa", at: 0, publisher: "Antara").told
    #expect(told == [held ? "held silence r" : "fired new r"])
    #expect(try world.publish("banjir").told == ["fired new o"])
  }

  @Test func `by a silence that holds nothing for long is held no more`() throws {
    let world = try RuleWorld(#"{"rules":[{"id":"r","match":"gempa","by":[]}]}"#)
    var silence = Self.silence("r", until: 86_400)
    silence.expireIfIdle = .seconds(3_600)
    world.store.silences = [silence]
    try world.judge(.silenced(silence), at: 0)
    #expect(try world.publish("gempa satu", at: 3_500).told == ["held silence r"])
    // What it holds keeps it.
    #expect(try world.publish("gempa dua", at: 7_099).told == ["held silence r"])
    let fired = try world.publish("gempa tiga", at: 10_700)
    #expect(fired.told == ["fired new r"] && fired.alerts[0].held[.silence] == 2)
  }

  @Test func `by the rate stands in one line with the others once the hour allows it`() throws {
    let world = try RuleWorld(#"{"rules":[{"id":"r","match":"gempa","max_per_hour":2}]}"#)
    try world.publish("gempa 1", at: 0)
    try world.publish("gempa 2", at: 60)
    #expect(try world.publish("gempa 3", at: 61).told == ["held rate r"])
    let held = try world.publish("gempa 4", at: 62)
    #expect(held.holds[0].until == Self.date(3_600))
    #expect(try world.tick(at: 3_599).isEmpty)
    let digest = try world.tick(at: 3_600)
    #expect(digest.told == ["fired digest r"])
    let line = digest.alerts[0]
    #expect(line.articles.map(\.rawValue) == ["gempa 3", "gempa 4"])
    #expect(line.article == nil && line.held[.rate] == 2)
    #expect(line.id == Turn.id("r", "{}", 6, number: 1))
    #expect(try world.tick(at: 9_000).isEmpty)
  }

  @Test func `by the rate is told when the rule becomes another`() throws {
    func rules(_ match: String) -> String {
      #"{"rules":[{"id":"r","match":"\#(match)","max_per_hour":"1"}]}"#
    }
    let world = try RuleWorld(rules("gempa"))
    try world.publish("gempa satu", at: 0)
    for (number, title) in ["gempa dua", "gempa tiga"].enumerated() {
      #expect(try world.publish(title, at: Double(number) + 1).told == ["held rate r"])
    }
    let told = try world.reload(rules("gempa OR banjir"), at: 10)
    #expect(told.told == ["fired digest r"] && told.alerts[0].held[.rate] == 2)
    #expect(try world.tick(at: 4_000).isEmpty)
  }

  /// Gone, off or over: there is nobody who would tell it later.
  @Test(arguments: ["", #"{"id":"r","match":"gempa","max_per_hour":"1","mode":"off"}"#])
  func `by the rate is told when the rule is gone`(rules: String) throws {
    let world = try RuleWorld(#"{"rules":[{"id":"r","match":"gempa","max_per_hour":"1"}]}"#)
    try world.publish("gempa satu", at: 0)
    #expect(try world.publish("gempa dua", at: 1).told == ["held rate r"])
    let told = try world.reload(#"{"rules":[\#(rules)]}"#, at: 10)
    #expect(told.told == ["fired digest r"])
    #expect(told.alerts[0].held[.rate] == 1 && told.alerts[0].article?.title == "gempa dua")
    #expect(try world.tick(at: 4_000).isEmpty)
    #expect(world.store.memories.isEmpty)
  }

  @Test func `by the rate is told when the rule ends`() throws {
    let world = try RuleWorld(
      #"{"rules":[{"id":"r","match":"gempa","max_per_hour":"1","until":"2024-05-16T05:28:00Z"}]}"#)
    try world.publish("gempa satu", at: 0)
    #expect(try world.publish("gempa dua", at: 1).told == ["held rate r"])
    #expect(try world.tick(at: 60).told == ["fired digest r"])
    #expect(try world.tick(at: 4_000).isEmpty)
  }

  @Test func `by a cooldown is told when the rule is gone`() throws {
    let world = try RuleWorld(#"{"rules":[{"id":"r","match":"gempa","by":[],"cooldown":"10m"}]}"#)
    let first = try world.publish("gempa satu", at: 0)
    try world.publish("gempa dua", at: 1)
    let told = try world.reload(#"{"rules":[]}"#, at: 10)
    #expect(told.told == ["updated after_cooldown r"])
    #expect(told.alerts[0].id == first.alerts[0].id && told.alerts[0].held.cooldown == 1)
    #expect(told.alerts[0].articles.map(\.rawValue) == ["gempa dua"])
  }

  @Test func `of a surge stands in one line for each rule`() throws {
    let world = try RuleWorld(#"{"rules":[{"id":"r","match":"gempa"},{"id":"s","match":"gempa"}]}"#)
    for number in 1...60 {
      let told = try world.publish("gempa \(number)", at: 0, origin: .surge).told
      #expect(told == ["held surge r", "held surge s"])
    }
    let lines = try world.tick(at: 300)
    #expect(lines.told == ["fired surge r", "fired surge s"])
    #expect(lines.alerts.map(\.articles.count) == [50, 50])
    #expect(lines.alerts.map { $0.held[.surge] } == [60, 60])
  }

  @Test func `of a surge is told before the daemon stops`() throws {
    let world = try RuleWorld(#"{"rules":[{"id":"r","match":"gempa","by":[]}]}"#)
    try world.publish("gempa 1", at: 0, origin: .surge)
    try world.publish("gempa 2", at: 0, origin: .surge)
    let lines = try world.judge(.stopped, at: 1)
    #expect(lines.told == ["fired surge r"] && lines.alerts[0].article == nil)
    #expect(try world.tick(at: 900).isEmpty)
    // What that line counted is not counted again.
    #expect(try world.publish("gempa 3", at: 901).alerts[0].held.isEmpty)
  }

  @Test func `of what comes first after a time without records is told in one line`() throws {
    let world = try RuleWorld(#"{"rules":[{"id":"r","match":"gempa"}]}"#)
    world.store.feeds.fetched[Feed.ID("wire")] = RuleWorld.start
    try world.publish("gempa 1", at: 0)
    try world.tick(at: 3_600)
    // Fetched an hour ago and not since: within the limit.
    #expect(try world.publish("gempa 2", at: 3_601).told == ["fired new r"])
    try world.tick(at: 7_202)
    #expect(try world.publish("gempa 3").told == ["held catchup r"])
    // A feed that is new has nothing to catch up with.
    #expect(try world.publish("gempa 4", feed: "new").told == ["fired new r"])
    world.store.feeds.fetched[Feed.ID("wire")] = RuleWorld.start + 7_203
    #expect(try world.publish("gempa 5", at: 7_204).told == ["fired new r"])
    let line = try world.tick(at: 7_502)
    #expect(line.told == ["fired catchup r"])
    // One alone is told as what it is.
    #expect(line.alerts[0].article?.title == "gempa 3" && !line.alerts[0].why.isEmpty)
  }

  @Test func `by a rule that inhibits it has its values in all that both are told apart by`() throws
  {
    let world = try RuleWorld(
      #"{"rules":[{"id":"low","match":"gempa","by":["feed"]},"#
        + #"{"id":"high","match":"tsunami","by":["feed"],"inhibits":["low"],"resolve_after":"1h"}]}"#
    )
    #expect(try world.publish("gempa tsunami").told == ["fired new high", "held inhibited low"])
    // What was held in a group that never had a line stands in the rule's next.
    let other = try world.publish("gempa", feed: "other")
    #expect(other.told == ["fired new low"] && other.alerts[0].held[.inhibited] == 1)
    #expect(try world.publish("gempa lagi").told == ["held inhibited low"])
    let later = try world.publish("gempa besok", at: 3_601)
    #expect(later.told == ["fired new low"])
    #expect(later.alerts[0].held[.inhibited] == 1)
  }

  @Test func `by a rule that inhibited it once is told when that one has long closed`() throws {
    let low = #"{"id":"low","match":"gempa","by":["feed"]}"#
    func high(_ more: String) -> String {
      #"{"id":"high","match":"tsunami","by":["feed"],"resolve_after":"1h"\#(more)}"#
    }
    let inhibiting = #"{"rules":[\#(low),\#(high(#","inhibits":["low"]"#))]}"#
    let world = try RuleWorld(inhibiting)
    try world.publish("tsunami", at: 0)
    #expect(try world.publish("gempa", at: 1).told == ["held inhibited low"])
    try world.reload(#"{"rules":[\#(low),\#(high(""))]}"#)
    try world.tick(at: 3_000)
    try world.tick(at: 5_000)
    try world.reload(inhibiting)
    #expect(try world.publish("gempa lagi", at: 5_001).told == ["fired new low"])
  }

  @Test func `by one that is held by another is judged after both`() throws {
    let rules = ["low", "middle", "high"].enumerated().map { number, id in
      let inhibits = [[], ["low"], ["middle"]][number].map { "\"\($0)\"" }.joined()
      return #"{"id":"\#(id)","match":"gempa","by":[],"inhibits":[\#(inhibits)]}"#
    }
    for order in [rules, rules.reversed()] {
      let world = try RuleWorld(#"{"rules":[\#(order.joined(separator: ","))]}"#)
      // The one in the middle opens nothing, and so holds nothing.
      let told = try world.publish("gempa", at: 0).told
      #expect(told == ["fired new high", "held inhibited middle", "fired new low"])
    }
  }
}
