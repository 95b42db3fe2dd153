import Core
import Foundation
import Testing

@testable import Rules

@Suite("A built-in rule") struct BuiltInTests {
  /// A world in which the built-in rules hold, with `rules` of an operator.
  static func world(_ rules: String = "", _ more: String = "") throws -> RuleWorld {
    let json = #"{"rules":[\#(rules)]\#(more)}"#
    let node = try ConfigNode(json: Array(json.utf8), file: "test")
    return try RuleWorld(set: RuleSet(reading: node, file: "test", hasBuiltIns: true))
  }

  @Test func `is there where nobody changed it, and is not among those that were written`() throws {
    let node = try ConfigNode(
      json: Array(
        #"{"rules":[{"id":"tidings.gap","mode":"off"},{"id":"r","match":"gempa"}],"#.utf8)
        + Array(#""defaults":{"severity":"critical","cooldown":"5m"},"#.utf8)
        + Array(#""outlets":{"desk":{},"file":{}}}"#.utf8), file: "test")
    let rules = RuleSet(reading: node, file: "test", hasBuiltIns: true)
    #expect(rules.faults.isEmpty, "\(rules.faults)")
    #expect(rules.written.map(\.id) == ["tidings.gap", "r"])
    #expect(Set(rules.rules.map(\.id)) == Set(BuiltIn.allCases.map(\.id) + ["r"]))
    let outlet = try #require(rules.rules.first { $0.id == "tidings.outlet" })
    #expect(outlet.outlets == ["file", "desk"] && outlet.severity == .warning)
    #expect(outlet.cooldown?.start == .seconds(300))
    // What the log is told reads as the same rules.
    let read = RuleSet(vocabulary: rules.vocabulary, definitions: rules.definitions)
    #expect(read.faults.isEmpty, "\(read.faults)")
    #expect(
      read.rules.map { [$0.id, $0.severity.rawValue, $0.mode.rawValue, $0.kind.name] }
        == rules.rules.map { [$0.id, $0.severity.rawValue, $0.mode.rawValue, $0.kind.name] })
    #expect(try ruleSet(#"{"rules":[]}"#).rules.isEmpty)
  }

  @Test(arguments: [
    (#"{"id":"tidings.gip"}"#, "'tidings.gip' is no id of a rule; did you mean tidings.gap"),
    (#"{"id":"tidings.gap","match":"x"}"#, "'match' means nothing for kind built_in; remove it"),
    (
      #"{"id":"tidings.gap","when":{"kind":"match"}}"#,
      "'when' means nothing for kind built_in; remove it"
    ),
  ]) func `has an id of the program's and no query`(rule: String, fault: String) throws {
    let faults = try ruleSet(#"{"rules":[\#(rule)]}"#).faults
    #expect(faults.contains { $0.description.contains(fault) }, "\(faults)")
  }

  @Test func `tells of a feed that has failed for ten minutes, and when it is back`() throws {
    let world = try Self.world()
    #expect(try world.judge(.failed(Feed.ID("a"), "HTTP 503"), at: 0).isEmpty)
    #expect(try world.judge(.failed(Feed.ID("b"), "timed out"), at: 60).isEmpty)
    #expect(try world.judge(.recovered(Feed.ID("b")), at: 500).isEmpty)
    let fired = try world.tick(at: 600)
    #expect(fired.told == ["fired feed_down tidings.feed-down"])
    let line = try #require(fired.alerts.first)
    #expect(line.group == ["feed": "a"] && line.severity == .warning && line.outlets == ["file"])
    #expect(
      line.why == [Alert.Clause(clause: "feed-down: a", text: "HTTP 503", via: "built_in")])
    #expect(try world.judge(.failed(Feed.ID("a"), "dns"), at: 700).isEmpty)
    let over = try world.judge(.recovered(Feed.ID("a")), at: 900)
    #expect(over.told == ["resolved recovered tidings.feed-down"] && over.alerts[0].id == line.id)
    #expect(try world.judge(.recovered(Feed.ID("a")), at: 901).isEmpty)
    try world.judge(.failed(Feed.ID("c"), ""), at: 1_000)
    #expect(try world.tick(at: 1_600).told == ["fired feed_down tidings.feed-down"])
    let dropped = try world.judge(.unfollowed(Feed.ID("c")), at: 1_700)
    #expect(dropped.told == ["resolved withdrawn tidings.feed-down"])
  }

  @Test func `is silenced like any other, and told when the silence is over`() throws {
    let world = try Self.world()
    world.store.silences = [HoldTests.silence("tidings.feed-down", ["feed": "a"], until: 3_600)]
    for feed in ["a", "b"] { try world.judge(.failed(Feed.ID(feed), "x"), at: 0) }
    let told = try world.tick(at: 600)
    #expect(told.told == ["held silence tidings.feed-down", "fired feed_down tidings.feed-down"])
    #expect(told.alerts[0].group == ["feed": "b"])
    #expect(try world.tick(at: 3_599).isEmpty)
    let later = try world.tick(at: 3_600)
    #expect(later.told == ["fired feed_down tidings.feed-down"])
    #expect(later.alerts[0].why[0].text == "x" && later.alerts[0].held[.silence] == 1)
  }

  @Test func `is told by the next tick when its silence is lifted, or held nothing for long`()
    throws
  {
    for isLifted in [true, false] {
      let world = try Self.world()
      var silence = HoldTests.silence("tidings.feed-down", until: 30 * 86_400)
      if !isLifted { silence.expireIfIdle = .seconds(3_600) }
      world.store.silences = [silence]
      try world.judge(.silenced(silence), at: 0)
      try world.judge(.failed(Feed.ID("a"), "x"), at: 0)
      #expect(try world.tick(at: 600).told == ["held silence tidings.feed-down"])
      #expect(try world.tick(at: 3_000).isEmpty)
      if isLifted {
        world.store.silences = []
        #expect(try world.judge(.lifted(silence.id), at: 4_199).isEmpty)
      }
      #expect(try world.tick(at: 4_200).told == ["fired feed_down tidings.feed-down"])
    }
  }

  @Test func `is switched off by its id`() throws {
    let world = try Self.world(
      #"{"id":"tidings.feed-down","mode":"off"},{"id":"tidings.offline","mode":"shadow"}"#)
    try world.judge(.failed(Feed.ID("a"), "x"), at: 0)
    #expect(try world.tick(at: 600).isEmpty)
    let held = try world.judge(.networkLost(hosts: ["a.example", "b.example"]), at: 700)
    #expect(held.told == ["held shadow tidings.offline"])
    #expect(held.holds[0].why[0].text == "a.example, b.example")
    #expect(try world.judge(.networkReturned, at: 800).isEmpty)
  }

  @Test func `tells that the network is away`() throws {
    let world = try Self.world()
    #expect(try world.judge(.networkLost(), at: 0).told == ["fired offline tidings.offline"])
    #expect(try world.judge(.networkReturned, at: 9).told == ["resolved recovered tidings.offline"])
  }

  @Test func `tells of gaps, each a line of its feed`() throws {
    let world = try Self.world()
    let gap = try world.judge(.gapped(Feed.ID("a"), missed: 12), at: 0)
    #expect(gap.told == ["fired gap tidings.gap"] && gap.alerts[0].measure?.value == 12)
    #expect(
      try world.judge(.gapped(Feed.ID("a"), missed: 3), at: 9).told == ["updated gap tidings.gap"])
    #expect(
      try world.judge(.gapped(Feed.ID("b"), missed: 3), at: 9).told == ["fired gap tidings.gap"])
  }

  @Test func `tells once of a surge, and counts the rest`() throws {
    let world = try Self.world(#"{"id":"r","match":"gempa"}"#)
    let first = try world.publish("banjir", at: 0, origin: .surge)
    #expect(
      first.told == ["fired surge tidings.surge"] && first.alerts[0].group == ["feed": "wire"])
    #expect(try world.publish("gempa", at: 1, origin: .surge).told == ["held surge r"])
    #expect(try world.publish("angin", at: 2, origin: .live).isEmpty)
    #expect(
      try world.publish("hujan", at: 3, feed: "other", origin: .surge).told
        == ["fired surge tidings.surge"])
  }

  @Test func `of a surge stands though its article is taken back`() throws {
    let world = try Self.world()
    try world.publish("banjir", at: 0, origin: .surge)
    #expect(try world.judge(.withdrawn(Article.ID("banjir"), .tombstone), at: 9).isEmpty)
  }

  @Test func `tells of an outlet to all others, until it takes a line`() throws {
    let world = try Self.world("", #","outlets":{"desk":{},"mail":{}}"#)
    let fired = try world.judge(.outletFailed("desk", "HTTP 401"), at: 0)
    #expect(fired.told == ["fired outlet tidings.outlet"])
    #expect(fired.alerts[0].outlets == ["file", "mail"])
    #expect(fired.alerts[0].why[0].text == "HTTP 401")
    #expect(try world.judge(.delivered("file"), at: 1).isEmpty)
    // After a restart it is said again, and changes nothing.
    #expect(try world.judge(.outletFailed("desk", "HTTP 401"), at: 2).isEmpty)
    let over = try world.judge(.delivered("desk"), at: 3)
    #expect(over.told == ["resolved recovered tidings.outlet"])
    #expect(over.alerts[0].outlets == ["file", "mail"])
  }

  @Test func `tells of an outlet no more when it is configured no more`() throws {
    let world = try Self.world("", #","outlets":{"desk":{},"mail":{}}"#)
    try world.judge(.outletFailed("desk", "HTTP 401"), at: 0)
    #expect(try world.judge(.outletRemoved("mail"), at: 1).isEmpty)
    let over = try world.judge(.outletRemoved("desk"), at: 2)
    #expect(over.told == ["resolved withdrawn tidings.outlet"])
    #expect(try world.judge(.outletRemoved("desk"), at: 3).isEmpty)
  }

  @Test(arguments: [RuleRecord.Fact.reread(faults: []), .started])
  func `tells of a reload that was refused, until one is taken`(end: RuleRecord.Fact) throws {
    let world = try Self.world()
    #expect(try world.judge(.reread(faults: []), at: 0).isEmpty)
    let fired = try world.judge(.reread(faults: ["rules.yaml:3:5: unknown key"]), at: 1)
    #expect(fired.told == ["fired reload tidings.reload"])
    #expect(fired.alerts[0].why[0].text == "rules.yaml:3:5: unknown key")
    #expect(try world.judge(end, at: 2).told == ["resolved recovered tidings.reload"])
  }

  @Test func `says once that a rule ends within two weeks`() throws {
    // The start is 2024-05-16T05:27:00Z.
    let rules =
      #"{"id":"r","match":"gempa","until":"2024-06-01"},{"id":"s","match":"banjir","review_after":"2024-05-20"}"#
    let world = try Self.world(rules)
    let first = try world.tick(at: 1)
    #expect(first.told == ["fired expiry tidings.expiry"])
    #expect(first.alerts[0].group == ["rule": "s"])
    #expect(
      first.alerts[0].why[0].clause
        == "expiry: rule s wants to be looked at from 2024-05-20T00:00:00Z")
    // Two weeks before 1 June are 18 May.
    for hour in 1..<42 { #expect(try world.tick(at: Double(hour) * 3_600).isEmpty) }
    let second = try world.tick(at: 43 * 3_600)
    #expect(second.told == ["fired expiry tidings.expiry"])
    #expect(second.alerts[0].group == ["rule": "r"])
    for day in 3..<14 { #expect(try world.tick(at: Double(day) * 86_400).isEmpty) }
  }

  @Test func `says that a rule ends also where another comes with it that learns the past`() throws
  {
    let world = try Self.world()
    try world.publish("gempa", at: 0)
    let rules =
      #"{"id":"r","match":"angin","until":"2024-05-20"},"#
      + #"{"id":"f","match":"gempa","when":{"kind":"frequency","at_least":9,"within":"1h"}}"#
    let node = try ConfigNode(json: Array(#"{"rules":[\#(rules)]}"#.utf8), file: "test")
    try world.reload(set: RuleSet(reading: node, file: "test", hasBuiltIns: true), at: 60)
    #expect(try world.tick(at: 120).told == ["fired expiry tidings.expiry"])
    #expect(try world.tick(at: 180).isEmpty)
  }

  @Test func `says that a rule wants to be looked at, and later that it ends`() throws {
    let ending = #""until":"2024-06-20","review_after":"2024-05-20"}"#
    let world = try Self.world(#"{"id":"r","match":"gempa",\#(ending)"#)
    let first = try world.tick(at: 1)
    #expect(first.alerts.map { $0.why[0].clause.contains("looked at") } == [true])
    try world.tick(at: 10 * 86_400)
    let second = try world.tick(at: 22 * 86_400)
    #expect(
      second.alerts.map { $0.why[0].clause } == [
        "expiry: rule r is off from 2024-06-20T00:00:00Z"
      ])
    #expect(try world.tick(at: 23 * 86_400).isEmpty)
  }

  @Test func `says once that entries of lists, aliases and filters end`() throws {
    let words =
      #","lists":{"quiz":[{"word":"kuis","until":"2024-05-20"},{"word":"undian","until":"2024-05-21"},"#
      + #"{"word":"lomba","until":"2024-06-05"},"abadi"]},"#
      + #""entities":{"Q1":{"name":"Palu","type":"place","aliases":[{"word":"PLW","until":"2024-05-20"}]}},"#
      + #""filters":[{"id":"f","exclude":"bola","until":"2024-05-20"}]"#
    let world = try Self.world(#"{"id":"r","match":"gempa"}"#, words)
    let told = try world.tick(at: 1)
    #expect(
      told.alerts.map(\.group) == [["entity": "Q1"], ["filter": "f"], ["list": "quiz"]])
    #expect(told.alerts.allSatisfy { $0.rule == "tidings.expiry" && $0.state == .fired })
    #expect(
      told.alerts.map { $0.why.map(\.clause) } == [
        ["expiry: 'PLW' of entity Q1 is off from 2024-05-20T00:00:00Z"],
        ["expiry: filter 'f' is off from 2024-05-20T00:00:00Z"],
        [
          "expiry: 'kuis' of list quiz is off from 2024-05-20T00:00:00Z",
          "expiry: 'undian' of list quiz is off from 2024-05-21T00:00:00Z",
        ],
      ])
    // Two weeks before 5 June are 22 May, the sixth day.
    for day in 1..<6 { #expect(try world.tick(at: Double(day) * 86_400).isEmpty) }
    let later = try world.tick(at: 6 * 86_400)
    #expect(
      later.alerts.map { $0.why.map(\.clause) } == [
        ["expiry: 'lomba' of list quiz is off from 2024-06-05T00:00:00Z"]
      ])
    for day in 7..<12 { #expect(try world.tick(at: Double(day) * 86_400).isEmpty) }
  }

  /// A list of so many words that end on 20 May.
  private static func ending(_ count: Int) -> String {
    let words = (1...count).map { #"{"word":"kuis\#($0)","until":"2024-05-20"}"# }
    return #","lists":{"quiz":[\#(words.joined(separator: ","))]}"#
  }

  @Test(arguments: [(32, 32, 0), (33, 31, 2), (100, 31, 69)])
  func `says how many entries of a list end that it does not name`(
    count: Int, named: Int, more: Int
  ) throws {
    let world = try Self.world(#"{"id":"r","match":"gempa"}"#, Self.ending(count))
    let clauses = try #require(try world.tick(at: 1).alerts.first).why.map(\.clause)
    #expect(clauses.count { $0.hasPrefix("expiry: 'kuis") } == named)
    #expect(clauses.dropFirst(named) == (more == 0 ? [] : ["expiry: and \(more) more"]))
  }

  @Test func `says nothing of entries where it is over itself`() throws {
    // The start is on 16 May; two weeks before 20 June are 6 June.
    let words = #","lists":{"quiz":[{"word":"kuis","until":"2024-06-20"}]}"#
    let world = try Self.world(#"{"id":"tidings.expiry","until":"2024-05-18"}"#, words)
    var told: [Decision] = []
    for day in 1..<30 { told += try world.tick(at: Double(day) * 86_400) }
    #expect(told.isEmpty, "\(told.told)")
    #expect(try world.store.memory("tidings.expiry").timer == nil)
  }
}
