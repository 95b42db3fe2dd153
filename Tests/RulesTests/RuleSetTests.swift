import Core
import Foundation
import Testing

@testable import Rules

/// A configuration made of JSON: the same tree, without YAML.
func ruleSet(_ json: String) throws -> RuleSet {
  RuleSet(reading: try ConfigNode(json: Array(json.utf8), file: "test"), file: "test")
}

func article(_ title: String, _ text: String = "", language: String? = nil) -> Article {
  Article(
    id: Article.ID(title), feed: Feed.ID("wire"), title: title, text: text, language: language,
    seen: Date(timeIntervalSince1970: 0))
}

@Suite("A rule set") struct RuleSetTests {
  static let words = #"""
    "entities":{"Q7747":{"name":"Vladimir Putin","type":"person","aliases":["Putin","Путин","普京"]},
      "Q148":{"name":"China","type":"place","aliases":["Tiongkok"]}},
    "topics":{"energy":{"name":"Energy","match":"energi OR minyak"}},
    "lists":{"summit":["kunjung~id","state visit"]}
    """#

  @Test(arguments: [
    ("gempa AND palu", "Gempa di Palu", true), ("gempa AND palu", "Gempa di Poso", false),
    ("gempa AND NOT palu", "Gempa di Poso", true), ("title:palu", "Palu", true),
    ("text:palu", "Palu", false),
    ("entity:Q7747 AND entity:China", "Putin di Tiongkok", true),
    ("entity:\"Vladimir Putin\"", "普京访华", true),
    ("Putin NEAR/2 Beijing", "Putin tiba di Beijing", true),
    ("Putin NEAR/1 Beijing", "Putin tiba di Beijing", false),
    ("Beijing ONEAR/5 Putin", "Putin tiba di Beijing", false),
    ("kunjung~id", "Putin mengunjungi Harbin", true),
    ("list:summit", "A state visit begins", true), ("=AS", "AS dan Jepang", true),
    ("=AS", "as usual", false),
    ("topic:energy", "Harga minyak naik", true), ("lang:id AND minyak", "minyak", true),
    ("lang:en", "minyak", false),
    ("ATLEAST/2(gempa)", "gempa dan gempa", true), ("ATLEAST/3(gempa)", "gempa dan gempa", false),
    ("bum*", "gempa bumi", true), ("*empa*", "gempa", true), ("feed:wire", "x", true),
    ("feed:other", "x", false),
  ])
  func `fires where the query holds`(query: String, title: String, fires: Bool) throws {
    let quoted = query.split(separator: "\"", omittingEmptySubsequences: false).joined(
      separator: "\\\"")
    let rules = try ruleSet("{\(Self.words),\"rules\":[{\"id\":\"r\",\"match\":\"\(quoted)\"}]}")
    #expect(rules.faults.isEmpty, "\(rules.faults)")
    #expect(!rules.matches(article(title, language: "id")).isEmpty == fires)
  }

  @Test func `says where each clause held`() throws {
    let rules = try ruleSet(
      "{\(Self.words),\"rules\":[{\"id\":\"r\",\"match\":\"entity:Q7747 AND gempa\"}]}")
    let match = try #require(rules.matches(article("Kata Putin", "Ada gempa.")).first)
    #expect(
      match.why == [
        Alert.Clause(
          clause: "entity:Q7747", field: "title", start: 5, end: 10, text: "Putin", via: "alias"),
        Alert.Clause(clause: "gempa", field: "text", start: 4, end: 9, text: "gempa", via: "word"),
      ])
  }

  @Test func `tells all faults at once`() throws {
    let rules = try ruleSet(
      #"{"rules":[{"id":"A b","match":"x"},{"match":"x"},{"id":"c","match":"list:none"},{"id":"d","mach":"x"},{"id":"e","match":"NOT a"}]}"#
    )
    let told = rules.faults.map(\.description).joined(separator: "\n")
    for part in [
      "'A b' is no id", "a rule without id", "unknown list 'none'", "did you mean match", "E106",
    ] {
      #expect(told.contains(part), "\(part) not in \(told)")
    }
  }

  @Test func `changes a rule's revision with the words it uses`() throws {
    let one = try ruleSet(#"{"lists":{"l":["a"]},"rules":[{"id":"r","match":"list:l"}]}"#)
    let two = try ruleSet(#"{"lists":{"l":["a","b"]},"rules":[{"id":"r","match":"list:l"}]}"#)
    let three = try ruleSet(
      #"{"lists":{"l":["a"],"m":["b"]},"rules":[{"id":"r","match":"list:l","note":"n"}]}"#)
    #expect(one.rules[0].revision != two.rules[0].revision)
    #expect(one.rules[0].revision == three.rules[0].revision)
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func `fires the same with the index as without`(seed: UInt64) throws {
    var state = seed &* 40_503 &+ 7
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let stock = ["satu", "dua", "tiga", "empat", "lima"]
    func query(_ depth: Int) -> String {
      switch depth == 0 ? 0 : next(5) {
      case 1: "(\(query(depth - 1)) AND \(query(depth - 1)))"
      case 2: "(\(query(depth - 1)) OR \(query(depth - 1)))"
      case 3: "(\(stock[next(5)]) AND NOT \(query(depth - 1)))"
      case 4: "title:\(stock[next(5)])"
      default: stock[next(5)]
      }
    }
    let rules = (0..<20).map { "{\"id\":\"r\($0)\",\"match\":\"\(query(3))\"}" }
    let set = try ruleSet("{\"rules\":[\(rules.joined(separator: ","))]}")
    for _ in 0..<20 {
      let scanned = set.scan(article(stock[next(5)], stock[next(5)] + " " + stock[next(5)]))
      let all = set.matchesByBruteForce(scanned).map(\.rule.id)
      #expect(set.matches(scanned).map(\.rule.id) == all, "seed \(seed)")
    }
  }
}

@Suite("The rule engine") struct RuleEngineTests {
  func judge(
    _ engine: RuleEngine, _ title: String, origin: Origin? = .live, at seconds: Double = 0,
    cause: UInt64 = 1,
    _ states: inout [String: RuleState], fired: Bool = false
  ) -> [Decision] {
    let judged = Judged(
      article: article(title), origin: origin, cause: cause,
      at: Date(timeIntervalSince1970: seconds),
      coverage: Alert.Coverage(feedsOK: 1, feeds: 1, gaps: 0))
    return engine.judge(
      engine.rules.matches(judged.article), of: judged, states: &states
    ) { _, _ in fired }.decisions
  }

  @Test func `raises nothing about a backlog, nor twice for an article`() throws {
    let engine = RuleEngine(try ruleSet(#"{"rules":[{"id":"r","match":"gempa"}]}"#))
    var states: [String: RuleState] = [:]
    #expect(judge(engine, "gempa", origin: .backlog, &states).isEmpty)
    #expect(judge(engine, "gempa", &states).count == 1)
    #expect(judge(engine, "gempa", origin: nil, &states, fired: true).isEmpty)
  }

  /// The decisions on revisions of one article, each remembered as a view does.
  func judge(
    _ engine: RuleEngine, revisions: [(String, Origin?, Double)],
    _ states: inout [String: RuleState]
  ) -> [Decision] {
    var met: Set<String> = []
    var decisions: [Decision] = []
    for (title, origin, at) in revisions {
      var article = article(title)
      article.id = Article.ID("one")
      let judged = Judged(
        article: article, origin: origin, cause: 1, at: Date(timeIntervalSince1970: at),
        coverage: Alert.Coverage(feedsOK: 1, feeds: 1, gaps: 0))
      let judgement = engine.judge(
        engine.rules.matches(judged.article), of: judged, states: &states
      ) { rule, _ in met.contains(rule) }
      met.formUnion(judgement.met)
      decisions += judgement.decisions
    }
    return decisions
  }

  @Test func `does not take an edit of what it met before for news`() throws {
    let engine = RuleEngine(try ruleSet(#"{"rules":[{"id":"r","match":"gempa"}]}"#))
    var none: [String: RuleState] = [:]
    let learned: [(String, Origin?, Double)] = [("gempa", .backlog, 0), ("Gempa lagi", nil, 9)]
    #expect(judge(engine, revisions: learned, &none).isEmpty)
    let told: [(String, Origin?, Double)] = [("gempa", .live, 0), ("Gempa lagi", nil, 9)]
    #expect(judge(engine, revisions: told, &none).count == 1)
    let edited: [(String, Origin?, Double)] = [("banjir", .backlog, 0), ("gempa", nil, 9)]
    let became = judge(engine, revisions: edited, &none)
    guard case .raise(let alert) = became.first else {
      Issue.record("an edit that first met the rule raised nothing")
      return
    }
    #expect(became.count == 1 && alert.reason == "became_match")
  }

  @Test func `counts an article that a cooldown holds once, however often it is edited`() throws {
    let engine = RuleEngine(
      try ruleSet(#"{"rules":[{"id":"r","match":"gempa","cooldown":"10m"}]}"#))
    var states = ["r": RuleState(coolingUntil: Date(timeIntervalSince1970: 600))]
    let revisions: [(String, Origin?, Double)] = [
      ("gempa", .live, 1), ("gempa!", nil, 2), ("gempa lagi", nil, 3), ("gempa", nil, 700),
    ]
    let decisions = judge(engine, revisions: revisions, &states)
    #expect(decisions.count == 1)
    #expect(states["r"]?.heldByCooldown == 1)
  }

  @Test func `holds within the cooldown and counts what it held`() throws {
    let engine = RuleEngine(
      try ruleSet(#"{"rules":[{"id":"r","match":"gempa","cooldown":"10m"}]}"#))
    var states: [String: RuleState] = [:]
    guard case .raise(let first) = judge(engine, "gempa", &states).first else {
      Issue.record("nothing was raised")
      return
    }
    #expect(first.held.cooldown == 0)
    guard case .hold(let hold) = judge(engine, "gempa", at: 599, &states).first else {
      Issue.record("nothing was held")
      return
    }
    #expect(hold.hold == "cooldown" && hold.until == Date(timeIntervalSince1970: 600))
    guard case .raise(let second) = judge(engine, "gempa", at: 600, &states).first else {
      Issue.record("the cooldown did not end")
      return
    }
    #expect(second.held.cooldown == 1)
  }

  @Test func `holds what a silence names, until it ends by log time, and counts it`() throws {
    let engine = RuleEngine(try ruleSet(#"{"rules":[{"id":"r","match":"gempa"}]}"#))
    func silence(_ rule: String, _ scope: [String: String] = [:], until: Double = 600) -> Silence {
      Silence(
        id: Silence.ID("s\(until)"), rules: [rule], scope: scope,
        until: Date(timeIntervalSince1970: until), reason: "latihan", by: "rina")
    }
    var states: [String: RuleState] = [:]
    func decide(_ silences: [Silence], at seconds: Double) throws -> Decision {
      var article = article("gempa")
      (article.feed, article.publisher) = (Feed.ID("wire"), "Antara")
      let judged = Judged(
        article: article, origin: .live, cause: 1, at: Date(timeIntervalSince1970: seconds),
        coverage: Alert.Coverage(feedsOK: 1, feeds: 1, gaps: 0))
      return try #require(
        engine.judge(
          engine.rules.matches(article), of: judged, silences: silences, states: &states
        ) { _, _ in false }.decisions.first)
    }
    func isHeld(_ silence: Silence, at seconds: Double = 0) throws -> Bool {
      guard case .hold(let hold) = try decide([silence], at: seconds) else { return false }
      return hold.hold == "silence" && hold.until == silence.until && hold.reason == "latihan"
    }
    #expect(try isHeld(silence("r")))
    #expect(try isHeld(silence("r", ["feed": "wire", "publisher": "Antara"]), at: 599))
    guard case .raise(let alert) = try decide([silence("r")], at: 600) else {
      Issue.record("the silence did not end")
      return
    }
    #expect(alert.held.silence == 2)
    #expect(try !isHeld(silence("other")))
    #expect(try !isHeld(silence("r", ["feed": "other"])))
    #expect(try !isHeld(silence("r", ["entity": "Q148"])))
    guard case .hold(let hold) = try decide([silence("r", until: 900), silence("r")], at: 0) else {
      Issue.record("two silences held nothing")
      return
    }
    #expect(hold.until == Date(timeIntervalSince1970: 900))
  }

  @Test func `decides the same from equal input, with rules read back from the log`() throws {
    let json =
      #"{"lists":{"l":["gempa"]},"rules":[{"id":"r","match":"list:l","severity":"critical"}]}"#
    let written = try ruleSet(json)
    let read = RuleSet(vocabulary: written.vocabulary, definitions: written.definitions)
    #expect(read.faults.isEmpty)
    var (one, two): ([String: RuleState], [String: RuleState]) = ([:], [:])
    #expect(judge(RuleEngine(written), "gempa", &one) == judge(RuleEngine(read), "gempa", &two))
    #expect(one == two)
  }
}
