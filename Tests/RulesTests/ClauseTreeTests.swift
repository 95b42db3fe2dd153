import Core
import Testing

@testable import Rules

@Suite("A clause tree") struct ClauseTreeTests {
  @Test(arguments: [
    (
      "Restoran Putin buka cabang di Bekasi",
      [
        "x AND",
        "  x entity:Q7747 NEAR/12 entity:Q15031  <- first clause that failed",
        "    + entity:Q7747  \"Putin\"  title 9-14  alias",
        "    x entity:Q15031",
        "  + NOT kuis", "    x kuis",
      ]
    ),
    (
      "Putin dan Xi ikut kuis",
      [
        "x AND",
        "  + entity:Q7747 NEAR/12 entity:Q15031",
        "    + entity:Q7747  \"Putin\"  title 0-5  alias",
        "    + entity:Q15031  \"Xi\"  title 10-12  alias",
        "  x NOT  <- first clause that failed", "    + kuis  \"kuis\"  title 18-22  word",
      ]
    ),
  ])
  func `marks the first clause that failed`(title: String, lines: [String]) throws {
    let rules = try ruleSet(
      #"{"entities":{"Q7747":{"name":"Vladimir Putin","type":"person","aliases":["Putin"]},"#
        + #""Q15031":{"name":"Xi Jinping","type":"person","aliases":["Xi"]}},"#
        + #""rules":[{"id":"r","match":"(entity:Q7747 NEAR/12 entity:Q15031) AND NOT kuis"}]}"#)
    let query = try #require(rules.rules[0].match)
    let told = rules.tree(query, rules.scan(article(title))).lines
    #expect(told == lines.map { $0.replacing("+ NOT kuis", with: "+ NOT") })
  }
}
