import Core
import Foundation
import Rules
import Support
import Testing

@testable import tidings

@Suite("Rules looked over") struct RulesLintTests {
  @Test func `are warned of where the words stand, by check and lint alike`() async throws {
    let (installation, stand) = try await LogCommandTests.installed()
    stand.server.stop()
    let text = try String(contentsOfFile: installation.configuration, encoding: .utf8)
    try installation.write(
      text.replacing(
        "rules: [{id: watch, match: sandi}]",
        with: "rules:\n  - {id: watch, match: sandi}\n  - {id: health, match: kabar AND WHO}"),
      to: "tidings.yaml")
    let line = try #require(
      String(contentsOfFile: installation.configuration, encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false)
        .firstIndex { $0.contains("WHO") })
    let warning =
      "\(installation.configuration):\(line + 1):35: warning: WHO is the common word 'who' after folding; write =WHO [W308]\n"
    let check = try installation.run("check")
    #expect(check.status == 0 && check.errors.contains(warning), "\(check.errors)")
    let lint = try installation.run("rules", "lint", "--json")
    #expect(lint.status == 0 && lint.errors.contains(warning), "\(lint.errors)")
    #expect(lint.errors.contains("6 articles since"))
    let rules = try LogCommandTests.lines(lint)
    #expect(rules.map { $0["rule"]?.string } == ["watch", "health"])
    #expect(rules.map { $0["matches"]?.number } == [6, 0])
    #expect(rules.map { $0["looked_at"]?.number } == [6, 0])
    #expect(rules[0]["per_day"]?.number == 6)
    #expect(try installation.run("rules", "lint").output.contains("watch   6.0"))
  }

  @Test func `are warned of where they told nothing for long`() async throws {
    let log = try await ScriptedLog(
      "rules: [{id: old, match: gempa}, {id: busy, match: banjir}, {id: part, match: angin, mode: part}]"
    )
    for day in 1...61 { try await log.tick(at: Double(day) * 86_400) }
    try await log.publish("banjir", at: 61.5 * 86_400)
    try await log.define(
      "rules: [{id: old, match: gempa}, {id: busy, match: banjir}, {id: new, match: salju}]")
    let rules = try RuleSet.read(log.folder.path("rules.yaml"))
    let experience = RuleExperience(
      rules: rules, views: log.views, log: log.log,
      now: ScriptedLog.start.addingTimeInterval(62 * 86_400))
    let warnings = try await experience.warnings()
    #expect(warnings.map(\.what) == ["rule 'old' told nothing in 60 days"])
  }
}
