import Core
import Foundation
import Testing

@testable import tidings

/// A desk's rules, one of each kind that watches news.
enum EightRules {
  static let yaml = """
    max_age: 7d
    defaults: {severity: info, cooldown: 30m, max_per_hour: 20, outlets: [file]}
    lists:
      summit-words: {"id": [kunjung~id, temu~id, lawatan, kunjungan kenegaraan], "en": [visit*, summit], "ru": [визит*, встреч*], "zh": [访问, 会晤]}
    affixes: {temu: {not: [ditemukan, menemukan]}}
    owners: {kompas-gramedia: [kompas.com, tribunnews.com]}
    topics:
      energy: {name: Energy, match: "energi OR minyak OR listrik OR energy"}
      economy: {name: Economy, match: "ekspor OR impor OR bank OR export*"}
      politics: {name: Politics, match: "presiden OR menteri OR parlemen"}
      disaster: {name: Disaster, match: "gempa~id OR banjir~id OR earthquake*"}
      sport: {name: Sport, match: "bola OR liga"}
      science: {name: Science, match: "riset OR peneliti OR satelit"}
    entities:
      Q7747:  {name: Vladimir Putin, type: person, aliases: {any: [Putin], "ru": [Путин], "zh": [普京], "ar": [بوتين]}}
      Q15031: {name: Xi Jinping, type: person, aliases: {any: [Xi Jinping, Presiden Xi], "ru": [Си Цзиньпин], "zh": [习近平, 習近平]}}
      Q3: {name: Palu, type: place, aliases: []}
      Q4: {name: Rosatom, type: organisation, aliases: []}
    filters:
      - {id: not-sport, rules: ["*"], except: [feed-silent], exclude: 'topic:sport OR url:"*/bola/*" OR title:(horoskop OR zodiak)'}
    rules:
      - id: putin-xi
        severity: warning
        match: |
          (entity:Q7747 NEAR/12 entity:Q15031) AND (list:summit-words OR title:(Beijing OR Peking OR 北京))
          AND NOT ("edisi spesial" OR kuis)
        react_to: [new, edit]
        tests:
          - {text: "Presiden Rusia Vladimir Putin tiba di Beijing, Kamis (16/5), menemui Presiden Tiongkok Xi Jinping", fires: true}
          - {text: "Restoran Putin buka cabang di Bekasi", fires: false}
      - id: export-controls
        match:
          weights: {kontrol ekspor: 20, export control*: 20, sanksi~id: 8, sanction*: 8, =SWIFT: 10, semikonduktor: 6, chip*: 3, keripik: -20}
          threshold: 24
          and: 'topic:economy OR topic:politics'
        tests:
          - {title: "Kontrol ekspor semikonduktor diperketat", fires: true}
          - {title: "Kontrol ekspor keripik", fires: false}
      - {id: new-pairing, match: 'entity:Q7747', by: [entity_pair],
         when: {kind: new_pair, types: [person, organisation], not_seen: 180d, sources: 2, warmup: 14d}}
      - {id: quake-single, match: 'topic:disaster AND (gempa~id OR earthquake* OR 地震)', by: [place]}
      - {id: quake-confirmed, match: 'topic:disaster AND (gempa~id OR earthquake* OR 地震)', by: [place],
         when: {kind: frequency, count: sources, at_least: 4, within: 30m, for: 2m}, resolve_after: 6h,
         severity: critical, inhibits: [quake-single],
         tests: [{articles: [{title: Gempa di Palu, publisher: A}, {title: Gempa guncang Palu, publisher: B, after: 10m},
           {title: Gempa besar Palu, publisher: kompas.com, after: 12m}, {title: Gempa Palu, publisher: tribunnews.com, after: 13m},
           {title: Palu gempa, publisher: C, after: 14m}], alerts: [{state: fired, after: 16m}]}]}
      - {id: entity-spike, match: 'entity:*', by: [entity], cooldown: {start: 1h, double_to: 12h},
         when: {kind: spike, count: stories, window: 1h, baseline: 4w, ratio: 4, min_current: 6, min_baseline: 1, warmup: 7d}}
      - {id: feed-silent, by: [feed], severity: warning,
         when: {kind: silence, of: feed, within: auto, min: 3h, max: 7d, healthy: 0, forget_after: 30d}}
      - {id: xi-quiet, match: 'entity:Q15031', when: {kind: silence, of: match, within: 72h, healthy: 0.9}}
      - {id: new-company, match: 'topic:science', by: [entity], mode: shadow, until: 2027-06-30,
         when: {kind: new_term, field: entity, types: [organisation], not_seen: 365d, at_least: 3, sources: 2, within: 48h, warmup: 30d}}
      - {id: edited-after-alert, outlets: [file],
         when: {kind: change, of: [putin-xi, quake-confirmed], classes: [number, name_removed, name_added, quote_removed, headline, retracted]}}
    """

  static let hour = 3_600.0
  static let day = 86_400.0

  /// Five weeks of news in which each rule has its turn.
  static func play(_ log: ScriptedLog) async throws {
    try await log.record([
      .feedFollowed(Feed(id: Feed.ID("wire"), url: "https://n.example/"), by: "test")
    ])
    // A quiet month: Xi is named each day, the wire brings something every six hours.
    for quarter in 1...140 {
      let time = Double(quarter) * 6 * hour
      let name = quarter % 4 == 0 ? "Xi Jinping rapat" : "Harga beras"
      try await log.publish("\(name) \(quarter)", at: time, id: "q\(quarter)")
      try await fetched(log, time)
    }
    try await week(log, from: 36 * day)
  }

  static func fetched(_ log: ScriptedLog, _ time: Double) async throws {
    try await log.record(
      [
        .feedFetched(
          FeedFetch(
            feed: Feed.ID("wire"), url: "https://n.example/", bytes: 1, sha256: "\(time)",
            format: "rss2", entries: 1, published: 1, revised: 0))
      ], at: time)
  }

  private static func week(_ log: ScriptedLog, from start: Double) async throws {
    try await log.publish(
      "Putin menemui Xi Jinping di Beijing", at: start, id: "meeting", publisher: "A")
    try await log.revise(
      "meeting", "Putin menemui Xi Jinping di Beijing pukul 12", 2, at: start + 60, [.number])
    try await log.publish("Kontrol ekspor semikonduktor diperketat", at: start + 120)
    try await log.publish("Liga: kontrol ekspor semikonduktor", at: start + 130)
    for (number, publisher) in ["A", "B"].enumerated() {
      try await log.publish(
        "Putin dan Rosatom, riset \(number)", at: start + 200 + Double(number), publisher: publisher
      )
    }
    try await log.publish("Rosatom: riset satelit", at: start + 210, publisher: "C")
    let quake = start + hour
    for (number, publisher) in ["A", "B", "kompas.com", "tribunnews.com", "C"].enumerated() {
      try await log.publish(
        "Gempa \(number) di Palu", at: quake + Double(number) * 10, id: "quake\(number)",
        text: OwnWords.text("gempa\(number)"), publisher: publisher)
    }
    try await log.publish(
      "Gempa susulan di Palu", at: quake + 200, text: OwnWords.text("susulan"), publisher: "D")
    for number in 0..<9 {
      try await log.publish(
        "Kota Palu \(number)", at: quake + 400 + Double(number),
        text: OwnWords.text("kota\(number)"), publisher: "p\(number)")
    }
    try await log.record(
      [.articleWithdrawn(Article.ID("quake0"), revision: 1, .gone)], at: quake + 900)
    try await log.tick(at: quake + 90 * hour)
  }
}

@Suite("The eight example rules", .timeLimit(.minutes(15))) struct EightRulesTests {
  @Test func `load, and pass the tests that stand in them`() throws {
    let installation = try Installation(EightRules.yaml + "\nfeeds: []\n")
    let check = try installation.run("check")
    #expect(check.status == 0, "\(check.errors)")
    let tests = try installation.run("rules", "test")
    #expect(
      tests.status == 0 && tests.output == "5 tests passed\n", "\(tests.output)\(tests.errors)")
    try installation.write(
      EightRules.yaml.replacing("at_least: 4", with: "at_least: 5").replacing(
        "Bekasi\", fires: false", with: "Bekasi\", fires: true"), to: "tidings.yaml")
    let failed = try installation.run("rules", "test")
    #expect(failed.status == 2)
    #expect(
      failed.errors.contains("rule 'quake-confirmed' tells nothing; its test expects fired"),
      "\(failed.errors)")
    #expect(
      failed.errors.contains(
        "does not fire on \"Restoran Putin buka cabang di Bekasi\"; the first clause"))
  }

  @Test func `fire where they should, and decide the same when the log is folded anew`()
    async throws
  {
    let log = try await ScriptedLog(EightRules.yaml)
    try await EightRules.play(log)
    #expect(try await log.told("putin-xi") == ["fired new", "updated after_cooldown"])
    #expect(try await log.told("export-controls") == ["fired new"])
    #expect(try await log.told("new-pairing") == ["fired new_pair"])
    #expect(try await log.told("quake-single") == ["fired new", "retracted withdrawn"])
    #expect(try await log.told("quake-confirmed") == ["fired count", "resolved quiet"])
    #expect(try await log.told("entity-spike") == ["fired spike", "resolved quiet"])
    #expect(try await log.told("feed-silent") == ["fired silence"])
    #expect(try await log.told("xi-quiet") == ["fired silence"])
    #expect(try await log.told("new-company") == [])
    #expect(try await log.told("edited-after-alert") == ["fired change", "fired change"])
    let lines = try await log.lines()
    #expect(Set(lines.map { "\($0.id) \($0.number)" }).count == lines.count)
    let held = try await log.events().compactMap { event in
      if case .alertHeld(let hold, _) = event.fact { "\(hold.rule) \(hold.hold)" } else { nil }
    }
    #expect(held.contains("new-company shadow") && held.contains("quake-single inhibited"))
    let live = try log.rows()
    for batch in [1, 7, 1_000] { #expect(try await log.folded(batch: batch) == live) }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `fire once each, wherever the daemon is killed`(seed: UInt64) async throws {
    let whole = try await ScriptedLog(EightRules.yaml)
    try await Self.short(whole, seed: nil)
    let killed = try await ScriptedLog(EightRules.yaml)
    try await Self.short(killed, seed: seed)
    func said(_ log: ScriptedLog) async throws -> [String] {
      try await log.lines().map { "\($0.rule) \($0.state.rawValue) \($0.reason) \($0.number)" }
    }
    let lines = try await killed.lines()
    #expect(Set(lines.map { "\($0.id) \($0.number)" }).count == lines.count, "seed \(seed)")
    #expect(try await said(killed).sorted() == said(whole).sorted(), "seed \(seed)")
    #expect(try await killed.folded(batch: 100) == killed.rows())
  }

  /// An hour of quakes; with a seed the process dies now and then before its decisions are in the log.
  private static func short(_ log: ScriptedLog, seed: UInt64?) async throws {
    var state = seed ?? 0
    for number in 0..<40 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let dies = seed != nil && (state >> 33) % 3 == 0
      var article = log.article(
        "Gempa \(number) di Palu", id: "g\(number)", publisher: "p\(number % 7)")
      article.seen = ScriptedLog.start
      try await log.record(
        [.articlePublished(article, .live)], at: Double(number) * 60, reacts: !dies)
      if dies {
        try await log.restart(forgets: (state >> 40) % 2 == 0)
        try await log.react()
      }
    }
    try await log.tick(at: 40 * 60 + 8 * 3_600)
    try await log.react()
  }
}
