import Core
import Foundation
import Support
import Testing

@testable import tidings

@Suite("Rules tried on the past") struct RulesTryTests {
  /// Six articles in the log, each of which raised an alert of the rule `watch`.
  private func installed() async throws -> Installation {
    let (installation, stand) = try await LogCommandTests.installed()
    stand.server.stop()
    try installation.write(
      """
      rules:
        - {id: watch, match: sandi}
        - {id: second, match: '"Kabar 2"', cooldown: 1h, by: []}
        - {id: many, match: sandi, by: [], when: {kind: frequency, count: articles, at_least: 3, within: 1h}}
        - {id: silent, match: sandi, mode: shadow}
        - {id: never, match: tidakada}

      """, to: "new.yaml")
    return installation
  }

  @Test func `tell what they would have told, held and known, and record nothing`() async throws {
    let installation = try await installed()
    let before = try installation.run("log", "cat").output
    let outcome = try installation.run(
      "rules", "try", installation.path("new.yaml"), "--since", "1h", "--json")
    let rules = try LogCommandTests.lines(outcome)
    #expect(rules.map { $0["rule"]?.string } == ["watch", "second", "many", "silent", "never"])
    #expect(rules.map { $0["alerts"]?.number } == [6, 1, 1, 0, 0])
    #expect(rules[0]["known"]?.number == 6 && rules[4]["known"]?.number == 0)
    #expect(rules[1]["held"]?["cooldown"]?.number == 1, "\(outcome.output)")
    #expect(rules[3]["held"]?["shadow"]?.number == 6)
    #expect(rules[0]["samples"]?.array?.count == 6)
    #expect(rules[0]["samples"]?.array?.first?["why"]?.array?.isEmpty == false)
    let person = try installation.run(
      "rules", "try", installation.path("new.yaml"), "--since", "1h")
    #expect(person.output.contains("watch: 6 alerts"), "\(person.output)")
    #expect(person.output.contains("because sandi"))
    #expect(person.errors.contains("6 articles since"))
    #expect(try installation.run("log", "cat").output == before)
  }

  @Test func `gain and lose alerts by a change`() async throws {
    let installation = try await installed()
    try installation.write(
      "rules: [{id: watch, match: 'sandi AND \"Kabar 1\"'}]\n", to: "narrow.yaml")
    let (new, narrow) = (installation.path("new.yaml"), installation.path("narrow.yaml"))
    let outcome = try installation.run("rules", "diff", new, narrow, "--since", "1h")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("lost: 6"), "\(outcome.output)")
    #expect(outcome.output.contains("same: 2") && !outcome.output.contains("gained"))
    let back = try installation.run("rules", "diff", narrow, new, "--since", "1h")
    #expect(back.output.contains("gained: 6") && !back.output.contains("lost"))
    let equal = try installation.run("rules", "diff", new, new, "--since", "1h")
    #expect(equal.output == "same: 8\n")
  }

  @Test func `say that another article would have opened an alert`() {
    func alert(_ id: String, _ rule: String, _ place: String) -> Alert {
      var alert = Alert(
        id: Alert.ID(id), rule: rule, ruleRevision: "0", severity: .info, state: .fired,
        at: Date(timeIntervalSince1970: 0), reason: "new")
      alert.group = ["place": place]
      return alert
    }
    let old = [
      alert("a", "quake", "Ambon"), alert("b", "quake", "Palu"), alert("c", "quake", "Aceh"),
    ]
    let new = [
      alert("a", "quake", "Ambon"), alert("d", "quake", "Palu"), alert("e", "flood", "Aceh"),
    ]
    let difference = AlertDifference(old: old, new: new)
    #expect(difference.same == 1)
    #expect(difference.moved.map(\.id.rawValue) == ["d"])
    #expect(difference.gained.map(\.id.rawValue) == ["e"])
    #expect(difference.lost.map(\.id.rawValue) == ["c"])
  }

  @Test func `are refused where the file has faults`() throws {
    let installation = try Installation("page: none\n")
    try installation.write("rules: [{id: a, match: '(b'}]\n", to: "bad.yaml")
    let outcome = try installation.run(
      "rules", "try", installation.path("bad.yaml"), "--since", "1h")
    #expect(outcome.status == 78 && outcome.errors.contains("is not closed; add )"))
  }
}
