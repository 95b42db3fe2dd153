import Core
import Foundation
import Testing
import Text

@testable import Rules

@Suite("A desk's zone") struct RuleZoneTests {
  /// An hour ahead of UTC, two from 1 June 2024 at 01:00 UTC on.
  static let zones: RuleZone.Zones = { name, moment in
    name == "Town" ? (moment.timeIntervalSince1970 < 1_717_203_600 ? 3_600 : 7_200) : nil
  }

  @Test(arguments: [
    ("UTC", 0), ("+07:00", 25_200), ("-03:30", -12_600), ("Town", 3_600), ("7", nil),
    ("+7:00", nil),
    ("+15:00", nil), ("Nowhere", nil), ("", nil),
  ]) func `is an offset, or has a name that somebody knows`(name: String, offset: Int?) {
    let zone = RuleZone(name, Self.zones)
    #expect(zone?.offset(at: Date(timeIntervalSince1970: 1_715_837_220)) == offset)
  }

  @Test func `has its own hours, also where its clock is set`() throws {
    let zone = try #require(RuleZone("Town", Self.zones))
    let change = 1_717_203_600.0
    #expect(zone.hour(at: change - 1) == 477_001)
    // One hour is left out.
    #expect(zone.hour(at: change) == 477_003)
    #expect(zone.start(ofHour: 477_003) == change)
    #expect(zone.start(ofHour: 477_001) == change - 3_600)
    let half = try #require(RuleZone("+05:30", Self.zones))
    #expect(half.start(ofHour: half.hour(at: 1_715_837_220)) == 1_715_833_800)
  }

  @Test func `says when a day begins`() throws {
    let json =
      #"{"timezone":"+07:00","lists":{"l":["gempa",{"word":"kuis","until":"2026-12-01"}]},"#
      + #""rules":[{"id":"r","match":"list:l","until":"2026-12-01"},{"id":"s","match":"list:l","until":"2026-12-01T00:00:00Z"}]}"#
    let rules = try ruleSet(json)
    #expect(rules.faults.isEmpty, "\(rules.faults)")
    for set in [rules, RuleSet(vocabulary: rules.vocabulary, definitions: rules.definitions)] {
      #expect(
        set.rules.map { $0.until.map { Timestamp.text($0) } }
          == ["2026-11-30T17:00:00Z", "2026-12-01T00:00:00Z"])
    }
  }

  @Test func `that nobody knows is a fault`() throws {
    let faults = try ruleSet(#"{"timezone":"Asia/Nowhere","rules":[]}"#).faults
    #expect(faults.first?.what == "'Asia/Nowhere' is no zone")
  }
}

@Suite("A word that does not always count") struct PhraseConditionTests {
  static func article(_ title: String, seen: String, text: String = "") -> Article {
    var article = RulesTests.article(title, text)
    article.seen = Timestamp.date(seen) ?? .distantPast
    return article
  }

  static func met(_ rules: RuleSet, _ article: Article) -> [String] {
    rules.matches(article).map(\.rule.id)
  }

  @Test func `of a list ends`() throws {
    let rules = try ruleSet(
      #"{"lists":{"l":{"id":["gempa",{"word":"=KUIS","until":"2026-12-01"}]}},"#
        + #""rules":[{"id":"r","match":"list:l"},{"id":"s","match":"kuis"}]}"#)
    #expect(rules.faults.isEmpty, "\(rules.faults)")
    for set in [rules, RuleSet(vocabulary: rules.vocabulary, definitions: rules.definitions)] {
      #expect(Self.met(set, Self.article("KUIS", seen: "2026-11-30T23:59:59Z")) == ["r", "s"])
      // As a word of another rule it goes on.
      #expect(Self.met(set, Self.article("KUIS", seen: "2026-12-01T00:00:00Z")) == ["s"])
      #expect(Self.met(set, Self.article("gempa", seen: "2026-12-01T00:00:00Z")) == ["r"])
    }
    let soon = Date(timeIntervalSince1970: 1_795_400_000)
    #expect(
      rules.expiryWarnings(at: soon).map(\.what) == [
        "'=KUIS' of list l is off from 2026-12-01T00:00:00Z"
      ])
    #expect(rules.expiryWarnings(at: soon - 30 * 86_400).isEmpty)
  }

  @Test func `of an alias needs its context`() throws {
    let rules = try ruleSet(
      #"{"entities":{"Q312":{"name":"Apple Inc","type":"organisation","#
        + #""aliases":["Cupertino Giant",{"word":"=Apple","context":["iPhone","bursa saham"]}]}},"#
        + #""rules":[{"id":"r","match":"entity:Q312"}]}"#)
    #expect(rules.faults.isEmpty, "\(rules.faults)")
    for (title, text, isMet) in [
      ("Apple naik", "iPhone baru", true), ("Apple naik", "di bursa saham", true),
      ("Apple pie", "resep", false), ("apple", "iPhone", false), ("Cupertino Giant", "", true),
      ("iPhone", "", false),
    ] {
      let article = RulesTests.article(title, text)
      #expect(Self.met(rules, article) == (isMet ? ["r"] : []), "\(title), \(text)")
      #expect(rules.read(article).mentions.isEmpty == !isMet)
    }
  }

  @Test func `of an alias binds the name that is the same word`() throws {
    let rules = try ruleSet(
      #"{"entities":{"Q312":{"name":"Apple","type":"organisation","#
        + #""aliases":[{"word":"=Apple","context":["iPhone"]}]}},"#
        + #""rules":[{"id":"r","match":"entity:Q312"}]}"#)
    #expect(rules.faults.isEmpty, "\(rules.faults)")
    #expect(Self.met(rules, RulesTests.article("Apple pie", "resep")).isEmpty)
    #expect(Self.met(rules, RulesTests.article("Apple naik", "iPhone baru")) == ["r"])
  }

  @Test func `of a filter ends`() throws {
    let rules = try ruleSet(
      #"{"filters":[{"id":"f","exclude":"olahraga","until":"2026-12-01"}],"rules":[{"id":"r","match":"gempa"}]}"#
    )
    #expect(rules.faults.isEmpty, "\(rules.faults)")
    let (before, after) = ("2026-11-30T23:59:59Z", "2026-12-01T00:00:00Z")
    #expect(Self.met(rules, Self.article("gempa olahraga", seen: before)).isEmpty)
    #expect(Self.met(rules, Self.article("gempa olahraga", seen: after)) == ["r"])
    let rule = try #require(rules.rules.first)
    func filter(at time: String) -> String? {
      rules.filter(of: rule, for: rules.scan(Self.article("gempa olahraga", seen: time)))
    }
    #expect(filter(at: before) == "f")
    #expect(filter(at: after) == nil)
  }

  @Test(arguments: [
    (#""lists":{"l":[{"until":"2026-12-01"}]}"#, "an entry without word; add `word:`"),
    (#""lists":{"l":[{"word":"a","context":["b"]}]}"#, "unknown key 'context'"),
    (#""lists":{"l":[{"word":"a","until":"soon"}]}"#, "'soon' is no time"),
    (
      #""entities":{"Q1":{"name":"A B","type":"person","aliases":[{"word":"x","context":"y"}]}}"#,
      "expected a list, found"
    ),
  ]) func `is written with what bounds it`(words: String, fault: String) throws {
    let faults = try ruleSet("{\(words)}").faults
    #expect(faults.contains { $0.description.contains(fault) }, "\(faults)")
  }
}
