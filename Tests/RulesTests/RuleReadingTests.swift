import Core
import Foundation
import Testing

@testable import Rules

@Suite("A rule's configuration") struct RuleReadingTests {
  @Test(arguments: [
    (
      #""match":"x","when":{"kind":"frequencey"}"#,
      "unknown kind 'frequencey'; did you mean frequency"
    ),
    (#""match":"x","when":{}"#, "a when without kind; write `when: {kind: frequency, …}`"),
    (
      #""match":"x","when":{"kind":"frequency","within":"1h"}"#,
      "kind frequency without at_least; add `at_least:`"
    ),
    (
      #""match":"x","when":{"kind":"spike","window":"1h","ratio":"4","within":"1h"}"#,
      "unknown key 'within'"
    ),
    (#""match":"x","repeat":"1h""#, "'repeat' means nothing for kind match; remove it"),
    (
      #""match":"x","when":{"kind":"silence","within":"1h"},"update_at":["3"]"#,
      "'update_at' means nothing for kind silence"
    ),
    (
      #""when":{"kind":"change","of":["q"]},"backlog":"true""#,
      "'backlog' means nothing for kind change"
    ),
    (#""when":{"kind":"silence","within":"1h"}"#, "a rule without match; add `match:`"),
    (
      #""by":[],"when":{"kind":"silence","of":"feed","within":"1h"}"#,
      "a silence of feeds that is not by feed"
    ),
    (#""match":"x","by":["feeds"]"#, "unknown value 'feeds'; did you mean feed"),
    (#""match":"x","by":["feed","feed"]"#, "feed stands twice; remove one [E202]"),
    (
      #""when":{"kind":"sequence","rules":["q"],"within":"1h"}"#,
      "these are not 2 to 8 different rules"
    ),
    (
      #""when":{"kind":"change","of":["qq"]}"#, "names the unknown rule 'qq'; did you mean q [E114]"
    ),
    (
      #""match":"x","inhibits":["r"]"#,
      "rule 'r' refers to itself, by way of others or at once; cut one [E206]"
    ),
    (#""match":"x","cooldown":{"double_to":"1h"}"#, "a cooldown without start"),
    (#""match":"x","cooldown":{"start":"2h","double_to":"1h"}"#, "double_to is shorter than start"),
    (#""match":"x","until":"soon""#, "'soon' is no time"),
    (#""match":"x","react_to":["edits"]"#, "unknown value 'edits'; did you mean edit"),
    (
      #""match":{"weights":{"a":"-1"},"threshold":"2"}"#,
      "nothing here must be present (no weight above 0)"
    ),
    (#""match":{"weights":{"a":"1"}}"#, "a match without threshold"),
  ])
  func `that is wrong is a fault with what to do`(rule: String, fault: String) throws {
    let rules = try ruleSet(#"{"rules":[{"id":"q","match":"x"},{"id":"r",\#(rule)}]}"#)
    let told = rules.faults.map(\.description)
    #expect(told.contains { $0.contains(fault) }, "\(told)")
  }

  @Test func `takes what defaults say where that fits its kind`() throws {
    let rules = try ruleSet(
      #"{"defaults":{"repeat":"1h","severity":"warning"},"rules":[{"id":"a","match":"x"},"#
        + #"{"id":"b","match":"x","when":{"kind":"frequency","at_least":"2","within":"1h"}}]}"#)
    #expect(rules.faults.isEmpty, "\(rules.faults)")
    #expect(rules.rules.map(\.repeatAfter) == [nil, .seconds(3_600)])
    #expect(rules.rules.allSatisfy { $0.severity == .warning })
  }

  @Test(arguments: [
    ("kontrol ekspor baru", 24, true), ("sanksi", 8, true), ("disanksi", 8, true),
    ("SWIFT chip chip chip chip", 19, true), ("SWIFT chip chip chip chip", 20, false),
    ("kontrol ekspor keripik", 24, false),
  ])
  func `may weigh words, each up to a cap`(title: String, threshold: Int, fires: Bool) throws {
    let rules = try ruleSet(
      #"{"rules":[{"id":"r","match":{"weights":{"kontrol ekspor":"24","sanksi~id":"8","=SWIFT":"10","chip*":"3","keripik":"-20"},"threshold":"\#(threshold)"}}]}"#
    )
    #expect(rules.faults.isEmpty, "\(rules.faults)")
    #expect(!rules.matches(article(title)).isEmpty == fires)
  }

  @Test func `warns two weeks before a rule ends or wants to be looked at`() throws {
    let rule = try ruleSet(
      #"{"rules":[{"id":"r","match":"x","until":"2027-06-30","review_after":"2027-01-15"}]}"#
    ).rules[0]
    func warning(_ day: String) throws -> String? {
      rule.expiryWarning(at: try #require(Timestamp.moment(day)))?.description
    }
    #expect(try warning("2026-12-31") == nil)
    #expect(
      try warning("2027-01-01")
        == "test:1:1: warning: rule 'r' wants to be looked at from 2027-01-15T00:00:00Z; remove it, or set another time [W311]"
    )
  }

  @Test func `looks for no form that affixes prune`() throws {
    func rules(_ form: String) throws -> RuleSet {
      try ruleSet(
        #"{"affixes":{"temu":{"not":["\#(form)"]}},"lists":{"l":["temu~id"]},"#
          + #""rules":[{"id":"r","match":"temu~id"},{"id":"s","match":"list:l"}]}"#)
    }
    let pruned = try rules("Ditemukan")
    #expect(pruned.faults.isEmpty, "\(pruned.faults)")
    #expect(pruned.matches(article("Jenazah ditemukan")).isEmpty)
    #expect(pruned.matches(article("Presiden menemui warga")).count == 2)
    let read = RuleSet(vocabulary: pruned.vocabulary, definitions: pruned.definitions)
    #expect(read.matches(article("Jenazah ditemukan")).isEmpty)
    #expect(try pruned.rules[0].revision != rules("menemukan").rules[0].revision)
    #expect(
      try rules("bertamu").faults.map(\.description)
        == ["test:1:1: 'bertamu' is no form of 'temu'; did you mean bertemu"])
  }

  @Test func `keeps articles from rules by filters`() throws {
    let rules = try ruleSet(
      #"{"filters":[{"id":"f","rules":["r-*"],"except":["r-c"],"exclude":"sport OR NOT gempa"}],"#
        + #""rules":[{"id":"r-a","match":"palu"},{"id":"b","match":"palu"},{"id":"r-c","match":"palu"}]}"#
    )
    #expect(rules.faults.isEmpty, "\(rules.faults)")
    func met(_ title: String) -> [String] { rules.matches(article(title)).map(\.rule.id) }
    #expect(met("gempa palu") == ["r-a", "b", "r-c"])
    #expect(met("gempa palu sport") == ["b", "r-c"])
    #expect(met("palu") == ["b", "r-c"])
    let read = RuleSet(vocabulary: rules.vocabulary, definitions: rules.definitions)
    #expect(read.matches(article("palu")).map(\.rule.id) == ["b", "r-c"])
    let wrong = try ruleSet(#"{"filters":[{"rules":["*"]}],"rules":[]}"#)
    #expect(wrong.faults.map(\.what) == ["a filter without id", "a filter without exclude"])
  }

  @Test func `changes the shape only with what it looks at`() throws {
    func shape(_ more: String) throws -> String {
      try ruleSet(#"{"rules":[{"id":"r","match":"x"\#(more)}]}"#).rules[0].shape
    }
    #expect(try shape("") == shape(#","severity":"critical","cooldown":"1h""#))
    #expect(try shape("") != shape(#","by":["feed"]"#))
    #expect(try shape("") != shape(#","when":{"kind":"frequency","at_least":"2","within":"1h"}"#))
  }
}
