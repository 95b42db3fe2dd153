import Core
import Foundation
import Projections
import Rules
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
    #expect(try said("many", id).contains(" of 99 articles within 1h"))
    #expect(try installation.run("whynot", "wotch", id).status == 2)
    #expect(try installation.run("whynot", "watch", "zzzz").status == 2)
  }
}

@Suite("The reason for which a rule told nothing") struct WhynotReasonTests {
  /// A situation: rules, what came, and the reason.
  struct Situation: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// Of the rule `r`, without its id.
    var rule: String
    /// Other rules and words, in YAML.
    var more = ""
    var script: @Sendable (ScriptedLog) async throws -> Void = {
      try await $0.publish("gempa di Palu", at: 60, id: "a")
    }
    var reasons: [String]
  }

  static let situations: [Situation] = [
    Situation(
      testDescription: "off", rule: "match: gempa, mode: off", reasons: ["the rule was off"]),
    Situation(
      testDescription: "over", rule: "match: gempa, until: 2024-05-16T05:27:30Z",
      reasons: ["the rule was off from 2024-05-16T05:27:30Z"]),
    Situation(
      testDescription: "a filter", rule: "match: gempa",
      more: "filters: [{id: not-palu, rules: [r], exclude: palu}]",
      reasons: ["kept from it by filter not-palu"]),
    Situation(
      testDescription: "a clause", rule: "match: gempa AND (tsunami OR korban)",
      reasons: [
        "x AND", "  + gempa  \"gempa\"  title 0-5  word", "  x OR",
        "    x tsunami  <- first clause that failed", "    x korban",
      ]),
    Situation(
      testDescription: "a rule that serves others", rule: "match: gempa, mode: part",
      reasons: ["it holds; the rule serves others and tells nothing"]),
    Situation(
      testDescription: "a backlog", rule: "match: gempa",
      script: { try await $0.publish("gempa", at: 60, id: "a", origin: .backlog) },
      reasons: ["it holds; the article came with a backlog"]),
    Situation(
      testDescription: "an article that is late", rule: "match: gempa",
      script: { log in
        var article = log.article("gempa", id: "a")
        article.published = ScriptedLog.start.addingTimeInterval(-30 * 86_400)
        try await log.record([.articlePublished(article, .live)], at: 60)
      }, reasons: ["it holds; the article was published long before it was seen"]),
    Situation(
      testDescription: "no place to be told apart by", rule: "match: gempa, by: [place]",
      reasons: ["it holds; it has no place to be told apart by"]),
    Situation(
      testDescription: "an alert that is open",
      rule: "match: gempa, when: {kind: frequency, at_least: 1, within: 30m}",
      script: { log in
        try await log.publish("gempa satu", at: 30)
        try await log.publish("gempa dua", at: 60, id: "a")
      }, reasons: ["it holds; 2 of 1 articles within 30m: an alert was open already"]),
    Situation(
      testDescription: "a silence of a person", rule: "match: gempa",
      script: { log in
        try await log.record([
          .silenceSet(
            Silence(
              id: Silence.ID("s"), rules: ["r"],
              until: ScriptedLog.start.addingTimeInterval(3_600), reason: "latihan", by: "rina"))
        ])
        try await log.publish("gempa", at: 60, id: "a")
      }, reasons: ["held by silence until 2024-05-16T06:27:00Z: latihan"]),
    Situation(
      testDescription: "a cooldown", rule: "match: gempa, by: [feed], cooldown: 10m",
      script: { log in
        try await log.publish("gempa satu", at: 30, text: OwnWords.text("satu"))
        try await log.publish("gempa dua", at: 60, id: "a", text: OwnWords.text("dua"))
      }, reasons: ["held by cooldown until 2024-05-16T05:37:30Z, in alert ID"]),
    Situation(
      testDescription: "the rate", rule: "match: gempa, max_per_hour: 1",
      script: { log in
        try await log.publish("gempa satu", at: 30, text: OwnWords.text("satu"))
        try await log.publish("gempa dua", at: 60, id: "a", text: OwnWords.text("dua"))
      }, reasons: ["held by rate until 2024-05-16T06:27:30Z"]),
    Situation(
      testDescription: "a surge", rule: "match: gempa",
      script: { try await $0.publish("gempa", at: 60, id: "a", origin: .surge) },
      reasons: ["held by surge"]),
    Situation(
      testDescription: "a rule that inhibits it", rule: "match: gempa, by: [feed]",
      more: "  - {id: high, match: gempa, by: [feed], inhibits: [r]}",
      reasons: ["held by inhibited"]),
    Situation(
      testDescription: "shadow", rule: "match: gempa, mode: shadow", reasons: ["held by shadow"]),
    Situation(
      testDescription: "too few in a window",
      rule: "match: gempa, when: {kind: frequency, count: sources, at_least: 3, within: 30m}",
      script: { log in
        try await log.publish("gempa satu", at: 30, publisher: "Antara")
        try await log.publish("gempa dua", at: 60, id: "a", publisher: "Tempo")
      }, reasons: ["it holds; 2 of 3 sources within 30m"]),
    Situation(
      testDescription: "a condition that has not lasted",
      rule: "match: gempa, when: {kind: frequency, at_least: 1, within: 30m, for: 5m}",
      reasons: ["it holds; 1 of 1 articles within 30m, which must last for 5m"]),
    Situation(
      testDescription: "a spike that learns",
      rule: "match: gempa, when: {kind: spike, window: 1h, ratio: 4, warmup: 7d}",
      reasons: [
        "it holds; 1 articles within 1h; it learns what is usual until 2024-05-23T05:27:00Z"
      ]),
    Situation(
      testDescription: "a spike that is none",
      rule: "match: gempa, when: {kind: spike, window: 1h, ratio: 4, min_current: 6, warmup: 1s}",
      reasons: ["it holds; 1 articles within 1h, at least 6 are wanted"]),
    Situation(
      testDescription: "a match of a silence",
      rule: "match: gempa, when: {kind: silence, within: 1h}",
      reasons: ["it holds; a match ends a silence of the rule, and raises none"]),
    Situation(
      testDescription: "a name that is known",
      rule: "match: 'entity:*', when: {kind: new_term, not_seen: 30d}",
      more: "entities: {Q1: {name: Palu, type: place, aliases: []}}",
      script: { log in
        try await log.publish("Palu", at: 30)
        try await log.publish("Palu lagi", at: 60, id: "a")
      }, reasons: ["it holds; Q1: known already"]),
    Situation(
      testDescription: "a new name in too few sources",
      rule: "match: 'entity:*', when: {kind: new_term, not_seen: 30d, at_least: 3, sources: 2}",
      more: "entities: {Q1: {name: Palu, type: place, aliases: []}}",
      reasons: ["it holds; Q1: 1 of 3 articles, 1 of 2 sources so far"]),
    Situation(
      testDescription: "a step that is missing",
      rule: "when: {kind: cooccur, rules: [one, two], within: 1h}",
      more: "  - {id: one, match: gempa, mode: part}\n  - {id: two, match: tsunami, mode: part}",
      reasons: ["there: one; missing: two"]),
    Situation(
      testDescription: "no step at all",
      rule: "when: {kind: sequence, rules: [one, two], within: 1h}",
      more: "  - {id: one, match: banjir, mode: part}\n  - {id: two, match: tsunami, mode: part}",
      reasons: ["it met none of one, two"]),
    Situation(
      testDescription: "an absence that may still end",
      rule: "when: {kind: absent_after, rules: [one, two], within: 1h}",
      more: "  - {id: one, match: gempa, mode: part}\n  - {id: two, match: bantah, mode: part}",
      reasons: ["waits for two until 2024-05-16T06:28:00Z"]),
    Situation(
      testDescription: "no alert to be edited after",
      rule: "when: {kind: change, of: [one], classes: [number]}",
      more: "  - {id: one, match: banjir}", reasons: ["it raised no alert of one"]),
    Situation(
      testDescription: "an edit of another class",
      rule: "when: {kind: change, of: [one], classes: [number]}",
      more: "  - {id: one, match: gempa}",
      script: { log in
        try await log.publish("gempa", at: 30, id: "a")
        try await log.revise("a", "gempa kuat", 2, at: 60, [.headline])
      }, reasons: ["its edits were headline; wanted are number"]),
  ]

  @Test(arguments: situations) func `is the first that stopped it`(situation: Situation)
    async throws
  {
    let isWords = situation.more.hasPrefix("filters") || situation.more.hasPrefix("entities")
    let log = try await ScriptedLog(
      (isWords ? situation.more + "\n" : "") + "rules:\n  - {id: r, \(situation.rule)}\n"
        + (isWords ? "" : situation.more + "\n"))
    try await situation.script(log)
    let answer = try #require(await Whynot("r", Article.ID("a"), in: log.log, log.views))
    #expect(answer.alert == nil)
    let ids = try await log.lines().map(\.id.rawValue)
    let reasons = answer.reasons.map { line in ids.reduce(line) { $0.replacing($1, with: "ID") } }
    #expect(reasons == situation.reasons)
  }

  @Test func `is that the rule came after it, or went before`() async throws {
    let log = try await ScriptedLog("rules: [{id: r, match: banjir}]")
    try await log.publish("gempa", at: 30, id: "a")
    try await log.tick(at: 60)
    try await log.define("rules: [{id: late, match: gempa}]")
    try await log.publish("gempa", at: 90, id: "b")
    func reasons(_ rule: String, _ article: String) async throws -> [String]? {
      try await Whynot(rule, Article.ID(article), in: log.log, log.views)?.reasons
    }
    #expect(
      try await reasons("late", "a")
        == ["the rule was not there yet; it came at 2024-05-16T05:28:00Z"])
    #expect(try await reasons("r", "b") == ["the rule was removed at 2024-05-16T05:28:00Z"])
    #expect(try await reasons("late", "b") == [])
    #expect(try await reasons("never", "b") == nil)
    // Recorded in the same moment, and after it all the same.
    try await log.publish("angin", at: 95, id: "c")
    try await log.define("rules: [{id: late, match: gempa}, {id: same, match: angin}]")
    #expect(
      try await reasons("same", "c")
        == ["the rule was not there yet; it came at 2024-05-16T05:28:35Z"])
    #expect(try await reasons("late", "never") == nil)
    // Edited, it meets the rule that came in between; it did so before.
    try await log.revise("a", "gempa lagi", 2, at: 120, [.headline])
    #expect(
      try await reasons("late", "a")
        == ["it holds; an edit of what was there before the rule is no news"])
    // By what it was then, not by what it is.
    #expect(try await reasons("r", "a") == ["x banjir  <- first clause that failed"])
  }

  @Test func `knows the story of the article`() async throws {
    let story = Article.story(of: Article.ID("a")).rawValue
    let log = try await ScriptedLog("rules: [{id: r, match: 'story:\(story) AND banjir'}]")
    try await log.publish("gempa", at: 30, id: "a")
    let answer = try #require(await Whynot("r", Article.ID("a"), in: log.log, log.views))
    #expect(
      answer.reasons == [
        "x AND", "  + story:\(story)  value", "  x banjir  <- first clause that failed",
      ])
  }

  @Test func `knows that the article came into the story, or left it, since it was judged`()
    async throws
  {
    let (one, two) = (Article.story(of: Article.ID("a")), Article.story(of: Article.ID("b")))
    let log = try await ScriptedLog(
      "rules: [{id: of-two, match: 'story:\(two)'}, {id: of-one, match: 'story:\(one)'}]")
    try await log.publish("gempa", at: 30, id: "a")
    try await log.publish("banjir besar", at: 40, id: "b", text: OwnWords.text("dua"))
    try await log.record([.storyMerged([two, one], Judgement(by: "rina"))], at: 60)
    func answer(_ rule: String, _ article: String) async throws -> Whynot {
      try #require(await Whynot(rule, Article.ID(article), in: log.log, log.views))
    }
    let merged = try await answer("of-two", "a")
    #expect(merged.reasons == ["it holds; it is in the story by now"] && merged.alert == nil)
    try await log.record(
      [.storySplit(two, articles: [Article.ID("b")], Judgement(by: "rina"))], at: 90)
    let split = try await answer("of-two", "b")
    #expect(split.reasons == [] && split.alert != nil)
  }

  @Test func `is no backlog where an edit made the article match`() async throws {
    let log = try await ScriptedLog(
      "rules: [{id: r, match: gempa, when: {kind: frequency, at_least: 3, within: 1h}}]")
    try await log.publish("kabar", at: 30, id: "a", origin: .backlog)
    try await log.revise("a", "gempa", 2, at: 60, [.headline])
    let answer = try #require(await Whynot("r", Article.ID("a"), in: log.log, log.views))
    #expect(answer.reasons == ["it holds; 1 of 3 articles within 1h"])
  }

  @Test func `is that the rule was away, though it came back`() async throws {
    let there = "rules: [{id: r, match: gempa}]"
    let log = try await ScriptedLog(there)
    try await log.tick(at: 60)
    try await log.define("rules: []")
    try await log.publish("gempa", at: 90, id: "a")
    try await log.tick(at: 120)
    try await log.define(there)
    try await log.publish("gempa dua", at: 150, id: "b", text: OwnWords.text("dua"))
    try await log.tick(at: 180)
    try await log.define("rules: []")
    try await log.publish("gempa tiga", at: 210, id: "c")
    func reasons(_ article: String) async throws -> [String]? {
      try await Whynot("r", Article.ID(article), in: log.log, log.views)?.reasons
    }
    #expect(
      try await reasons("a") == [
        "the rule was removed at 2024-05-16T05:28:00Z, and came back at 2024-05-16T05:29:00Z"
      ])
    #expect(try await reasons("b") == [])
    #expect(try await reasons("c") == ["the rule was removed at 2024-05-16T05:30:00Z"])
  }

  @Test func `reads a rule once for all revisions that it judged`() async throws {
    let log = try await ScriptedLog("rules: [{id: r, match: gempa}, {id: s, match: banjir}]")
    try await log.publish("kabar", at: 30, id: "a")
    for revision in 2...5 {
      try await log.revise("a", "kabar \(revision)", revision, at: 60, [.headline])
    }
    try await log.define("rules: [{id: r, match: gempa}, {id: s, match: angin}]")
    try await log.revise("a", "kabar 6", 6, at: 90, [.headline])
    let past = try await RulePast("r", Article.ID("a"), in: log.log)
    var rules = PastRules()
    #expect(past.revisions.count == 6)
    for judged in past.revisions { #expect(rules.rules("r", for: judged).rules.count == 1) }
    #expect(rules.count == 1)
    // Other words may mean something else by the same rule.
    try await log.define("rules: [{id: r, match: gempa}]\nlists: {l: [kabar]}")
    try await log.revise("a", "kabar 7", 7, at: 120, [.headline])
    let later = try await RulePast("r", Article.ID("a"), in: log.log)
    for judged in later.revisions { _ = rules.rules("r", for: judged) }
    #expect(rules.count == 2)
  }
}
