import Core
import Foundation
import Support
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
    "lists":{"summit":["kunjung~id","state visit"],"pair":["gempa","minyak"]}
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
    ("topic:disaster", "Gempa dan banjir", true), ("topic:disaster", "Gempa", false),
    ("topic:medtop:03000000", "Gempa dan banjir", true),
    ("topic:\"science and technology\"", "Gempa dan banjir", false), ("story:s1", "x", false),
  ])
  func `fires where the query holds`(query: String, title: String, fires: Bool) throws {
    let quoted = query.split(separator: "\"", omittingEmptySubsequences: false).joined(
      separator: "\\\"")
    let rules = try ruleSet("{\(Self.words),\"rules\":[{\"id\":\"r\",\"match\":\"\(quoted)\"}]}")
    #expect(rules.faults.isEmpty, "\(rules.faults)")
    #expect(!rules.matches(article(title, language: "id")).isEmpty == fires)
  }

  @Test func `asks for the story that an article is told in`() throws {
    let rules = try ruleSet(#"{"rules":[{"id":"r","match":"story:(s1 OR s2) AND gempa"}]}"#)
    func matches(_ story: String, _ former: String...) -> Int {
      let told = ArticleStory(
        story: Story.ID(story), original: Article.ID("a"), former: former.map { Story.ID($0) })
      return rules.matches(article("Gempa"), in: told).count
    }
    #expect(matches("s2") == 1 && matches("s3") == 0)
    // The name of a story that was merged away leads to the one that took it in.
    #expect(matches("s3", "s0", "s1") == 1 && matches("s3", "s0") == 0)
    #expect(rules.asksForStories)
    #expect(try !ruleSet(#"{"rules":[{"id":"r","match":"gempa"}]}"#).asksForStories)
    let byTopic =
      #"{"topics":{"x":{"name":"X","match":"story:s1"}},"rules":[{"id":"r","match":"topic:x"}]}"#
    let asking = try ruleSet(
      byTopic.replacing("}]}", with: "},{\"id\":\"q\",\"match\":\"gempa\"}]}"))
    #expect(asking.asksForStories)
    #expect(asking.rules.map(asking.asksForStory) == [true, false])
    #expect(rules.matches(article("Gempa")).isEmpty)
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

  /// A query of few words, so that it often holds.
  private static func query(_ depth: Int, _ random: inout SeededGenerator) -> String {
    let words = [
      "gempa", "palu", "tsunami", "gem*", "=Palu", "entity:Q148", "topic:energy", "list:pair",
    ]
    guard depth > 0 else { return words[Int(random.next() % UInt64(words.count))] }
    func part() -> String { query(depth - 1, &random) }
    func word() -> String { words[Int(random.next() % 5)] }
    return switch random.next() % 7 {
    case 0: "(\(part()) AND \(part()))"
    case 1: "(\(part()) OR \(part()))"
    case 2: "(\(part()) AND NOT \(part()))"
    case 3: "(\(word()) NEAR/1 \(word()))"
    case 4: "ATLEAST/2(\(word()) OR \(word()))"
    case 5: "title:(\(word()) OR \(word()))"
    default: part()
    }
  }

  @Test(arguments: [1, 2, 3]) func `finds the same rules whether it says why or not`(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    let queries = (0..<300).map { #"{"id":"r\#($0)","match":"\#(Self.query(3, &random))"}"# }
    // Without any what holds for certain is not looked at.
    let isFiltered = seed > 1
    let filter =
      isFiltered ? #""filters":[{"id":"f","rules":["r1*"],"exclude":"kuis"}]"# : #""filters":[]"#
    let rules = try ruleSet(
      "{\(Self.words),\(filter),\"rules\":[\(queries.joined(separator: ","))]}")
    #expect(rules.faults.isEmpty, "seed \(seed): \(rules.faults)")
    let words = ["gempa", "Palu", "tsunami", "Tiongkok", "minyak", "kuis", "dan", "di"]
    var found = 0
    for _ in 0..<100 {
      func text() -> String {
        (0..<6).map { _ in words[Int(random.next() % UInt64(words.count))] }.joined(separator: " ")
      }
      let scanned = rules.scan(article(text(), text()))
      let met = rules.met(by: scanned).map(\.id)
      #expect(met == rules.matches(scanned).map(\.rule.id), "seed \(seed)")
      #expect(met == rules.matchesByBruteForce(scanned).map(\.rule.id), "seed \(seed)")
      for rule in rules.rules {
        let holds =
          Evaluation(rules: rules, scanned: scanned).finding(rule.match ?? .all([])) != nil
        let isMet = met.contains(rule.id)
        #expect(holds == isMet || (!isMet && rules.filter(of: rule, for: scanned) == "f"))
      }
      found += met.count
    }
    #expect(found > 1_000)
  }
}
