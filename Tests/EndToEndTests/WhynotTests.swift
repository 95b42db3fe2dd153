import Core
import Foundation
import Support
import Testing

@testable import tidings

@Suite("The command whynot") struct WhynotTests {
  @Test func `names the first step that stopped a rule`() async throws {
    let (installation, stand) = try await LogCommandTests.installed()
    defer { stand.server.stop() }
    let text = try String(contentsOfFile: installation.configuration, encoding: .utf8)
    try installation.write(
      text.replacing(
        "rules: [{id: watch, match: sandi}]",
        with: """
          silences: [{rules: [quiet], until: 2099-01-01, reason: latihan}]
          filters: [{id: not-one, rules: [kept], exclude: "feed:one"}]
          rules:
            - {id: watch, match: sandi}
            - {id: other, match: sandi AND gempa}
            - {id: kept, match: sandi}
            - {id: quiet, match: sandi}
            - {id: part, match: sandi, mode: part}
            - {id: many, match: sandi, when: {kind: frequency, at_least: 99, within: 1h}}
          """), to: "tidings.yaml")
    stand.grow(to: 5)
    for _ in 0..<2 { try await LogCommandTests.once(installation) }
    let articles = try LogCommandTests.lines(
      try installation.run("articles", "--feed", "one", "--json"))
    let id = try #require(articles.first?["id"]?.string)
    func said(_ rule: String, _ article: String) throws -> String {
      try installation.run("whynot", rule, article).output
    }
    #expect(try said("watch", id).hasPrefix("watch fired ("))
    let failed = try said("other", id)
    #expect(failed.hasPrefix("other did not fire on \"Kabar"))
    #expect(failed.contains("\n  x gempa  <- first clause that failed\n"), "\(failed)")
    #expect(try said("kept", id).contains("\nkept from it by filter not-one\n"))
    #expect(
      try said("quiet", id).contains("\nheld by silence until 2099-01-01T00:00:00Z: latihan\n"))
    #expect(try said("part", id).contains("serves others"))
    #expect(try said("many", id).contains("the condition of kind frequency"))
    #expect(try installation.run("whynot", "wotch", id).status == 2)
    #expect(try installation.run("whynot", "watch", "zzzz").status == 2)
  }
}
