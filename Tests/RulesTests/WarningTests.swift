import Core
import Foundation
import Testing

@testable import Rules

@Suite("A warning of a rule") struct WarningTests {
  static func warnings(_ json: String) throws -> [Fault] {
    let set = RuleSet(
      reading: try ConfigNode(json: Array(json.utf8), file: "test"), file: "test",
      hasWarnings: true)
    #expect(set.faults.allSatisfy { $0.weight == .warning }, "\(set.faults)")
    return set.faults
  }

  private static func escaped(_ query: String) -> String {
    query.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }

  @Test(arguments: [
    (#""banjir or longsor""#, "W301"), ("“bank sentral”", "W302"), ("gempa AND （a OR b）", "W302"),
    ("*tani*", "W304"), ("feed:wire", "W305"), ("战", "W307"),
    ("WHO", "W308"), ("US AND gempa", "W308"), ("Путин", "W309"), ("covid19", "W310"),
    ("covid-19", "W310"), ("a NEAR/26 b", "W313"), ("gempa AND NOT gempa", "W314"),
    // What is well said.
    ("=战", ""), ("战争", ""), ("=WHO", ""), ("NATO", ""), ("who", ""), ("Путин*", ""), ("=Путин", ""),
    ("визит*", ""), ("covid19 OR covid-19", ""), ("a NEAR/25 b", ""), ("gempa*", ""),
    (#""orang or"#, ""), (#""bank sentral""#, ""), ("b2b", ""), ("gempa AND NOT palu", ""),
    ("kunjung* OR kunjung~id", ""), ("kunjung~id AND NOT kunjung*", ""), ("gempa OR banjir", ""),
    ("feed:wire AND gempa", ""),
  ]) func `is given where something is hardly meant`(query: String, code: String) throws {
    let json = #"{"rules":[{"id":"r","match":"\#(Self.escaped(query))"}]}"#
    let set = RuleSet(
      reading: try ConfigNode(json: Array(json.utf8), file: "test"), file: "test",
      hasWarnings: true)
    let codes = set.faults.filter { $0.weight == .warning }.compactMap(\.code)
    #expect(codes == (code.isEmpty ? [] : [code]), "\(set.faults)")
    #expect(try ruleSet(json).faults.allSatisfy { $0.weight == .error })
  }

  @Test func `stands where the words stand`() throws {
    let faults = try Self.warnings(#"{"rules":[{"id":"r","match":"gempa OR WHO"}]}"#)
    #expect(
      faults.map(\.description) == [
        "test:1:11: warning: WHO is the common word 'who' after folding; write =WHO [W308]"
      ])
    // Each where it stands itself, not where its letters stand first.
    let places = try Self.warnings(
      #"{"rules":[{"id":"r","match":"=WHO OR (title:WHO AND \"US\") OR WHOEVER OR IT"}]}"#)
    #expect(places.map(\.code) == ["W308", "W308", "W308"])
    #expect(places.map(\.place.column) == [17, 26, 45])
  }

  @Test func `is given of words in lists and of aliases`() throws {
    let faults = try Self.warnings(
      #"{"lists":{"l":["WHO","banjir"]},"entities":{"Q1":{"name":"Putin","type":"person","aliases":["Путин"]}},"#
        + #""rules":[{"id":"r","match":"list:l AND entity:Q1"}]}"#)
    #expect(faults.compactMap(\.code) == ["W308", "W309"])
    // Who writes the endings out knows of them.
    let forms = try Self.warnings(
      #"{"lists":{"l":["Москва","Москвы"]},"#
        + #""entities":{"Q1":{"name":"China","type":"place","aliases":["Китай","Китая"]}},"#
        + #""rules":[{"id":"r","match":"list:l AND entity:Q1"},{"id":"s","match":"Париж OR Парижа"}]}"#
    )
    #expect(forms.isEmpty, "\(forms)")
  }

  @Test func `names the rule that asks the same`() throws {
    let faults = try Self.warnings(
      #"{"rules":[{"id":"a","match":"gempa"},{"id":"b","match":"gempa","severity":"critical"},"#
        + #"{"id":"c","match":"gempa","by":["feed"]},{"id":"d","match":"gempa","mode":"off"}]}"#)
    #expect(faults.map(\.what) == ["rule 'b' asks the same as rule 'a'"])
  }

  static let truths: [(query: String, findings: [String])] = [
    ("gempa AND NOT gempa", ["gempa AND (NOT gempa) neverTrue"]),
    ("gempa OR (banjir AND NOT banjir)", ["banjir AND (NOT banjir) neverTrue"]),
    ("gempa AND (banjir OR NOT banjir)", ["banjir OR (NOT banjir) neverFalse"]),
    ("gempa AND (gempa OR banjir)", ["gempa OR banjir neverDecides"]),
    ("gempa OR gempa", ["gempa neverDecides"]),
    ("gempa AND title:gempa", ["gempa neverDecides"]),
    ("gempa OR title:gempa", ["title:gempa neverDecides"]),
    ("(a NEAR/5 b) AND a", ["a neverDecides"]),
    ("ATLEAST/2(gempa) AND gempa", ["gempa neverDecides"]),
    ("lang:id AND lang:en AND gempa", ["lang:id AND lang:en AND gempa neverTrue"]),
    (
      "gempa AND NOT lang:(id OR en) AND lang:id",
      ["gempa AND (NOT lang:(id OR en)) AND lang:id neverTrue"]
    ),
    ("tag:a AND tag:b AND gempa", []),
    ("gempa* OR gempabumi", ["gempabumi neverDecides"]),
    ("gempa AND NOT palu", []), ("(a OR b) AND (c OR d)", []), ("gempa", []),
    ("a AND (b OR c) AND NOT (d OR e)", []), ("title:gempa OR text:banjir", []),
  ]

  @Test(arguments: truths)
  func `knows clauses that say nothing`(query: String, findings: [String]) throws {
    let query = try Query(
      ConfigNode(json: Array("\"\(Self.escaped(query))\"".utf8), file: "test"))
    let found = ClauseTruth(query)?.findings.map { "\($0.clause) \($0.finding)" } ?? []
    #expect(found == findings)
  }

  @Test func `is not given of a query of too many words`() throws {
    let words = (0...ClauseTruth.variableLimit).map { "w\($0)" }.joined(separator: " OR ")
    let query = try Query(ConfigNode(json: Array("\"\(words)\"".utf8), file: "test"))
    #expect(ClauseTruth(query) == nil)
  }
}

@Suite("A survey of articles") struct RuleSurveyTests {
  static func survey(_ rules: String, _ titles: [String]) throws -> RuleSurvey {
    var survey = RuleSurvey(try ruleSet(#"{"rules":[\#(rules)]}"#))
    for (number, title) in titles.enumerated() { survey.note(article("\(title) \(number)")) }
    return survey
  }

  @Test func `counts what matches and what is looked at`() throws {
    let survey = try Self.survey(
      #"{"id":"r","match":"gempa AND NOT palu"},{"id":"s","match":"banjir"},"#
        + #"{"id":"quiet","when":{"kind":"silence","of":"feed","within":"1h"}}"#,
      ["gempa di Palu", "gempa di Poso", "angin"])
    let count = try #require(survey.count(of: "r"))
    #expect(survey.articles == 3 && count.matches == 1 && count.looked == 2)
    #expect(survey.count(of: "s")?.matches == 0)
    #expect(survey.count(of: "quiet") == nil && survey.count(of: "never") == nil)
    // Three articles say nothing of what is common.
    #expect(survey.warnings.isEmpty)
  }

  @Test func `warns of rules looked at too often, and of clauses that decided nothing`() throws {
    let titles = (0..<1_000).map { number in
      number % 10 == 0 ? "gempa \(number % 20 == 0 ? "palu" : "poso")" : "angin"
    }
    let survey = try Self.survey(
      #"{"id":"r","match":"gempa AND NOT palu AND NOT kuis"},{"id":"s","match":"poso OR tsunami"},"#
        + #"{"id":"t","match":"palu OR poso"},{"id":"never","match":"salju OR kabut"}"#, titles)
    #expect(survey.count(of: "r")?.matches == 50)
    #expect(
      survey.warnings.map { "\($0.code ?? "") \($0.what)" } == [
        "W303 rule 'r' has no rare word: it must be tried on 10 % of 1000 articles",
        "W312 rule 'r': without NOT kuis the same of 1000 articles match",
        "W312 rule 's': without tsunami the same of 1000 articles match",
        "W303 rule 't' has no rare word: it must be tried on 10 % of 1000 articles",
      ])
  }
}
