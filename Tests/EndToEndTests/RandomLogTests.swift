import Core
import EventLog
import Foundation
import Support
import Testing

@testable import Rules
@testable import tidings

@Suite("Rules of all kinds on a random log", .timeLimit(.minutes(15))) struct RandomLogTests {
  static let yaml = """
    max_age: 2h
    owners: {group: [p0, p1]}
    entities:
      Q1: {name: Andi, type: person, aliases: []}
      Q2: {name: Budi, type: person, aliases: []}
      Q3: {name: Palu, type: place, aliases: []}
    topics: {disaster: {name: Disaster, match: gempa OR banjir}}
    rules:
      - {id: plain, match: gempa, react_to: [new, edit], cooldown: 5m}
      - {id: all, match: gempa, by: [], cooldown: {start: 2m, double_to: 20m}, max_per_hour: 6, update_at: [2, 4], resolve_after: 20m}
      - {id: shadow, match: banjir, by: [feed, topic], mode: shadow}
      - {id: part, match: korban, mode: part}
      - {id: often, match: topic:disaster, by: [place], inhibits: [plain, single], resolve_after: 3m, repeat: 10m,
         when: {kind: frequency, count: sources, at_least: 2, within: 5m, for: 30s}}
      - {id: busy, match: gempa, when: {kind: frequency, count: entities, at_least: 2, within: 90s}, resolve_after: 10s}
      - {id: single, match: gempa, by: [place], backlog: true, late: true}
      - {id: spike, match: 'entity:*', by: [entity], when: {kind: spike, window: 10m, ratio: 2, min_current: 3, min_baseline: 0, baseline: 1w, warmup: 1h}}
      - {id: quiet, match: banjir, when: {kind: silence, within: 10m, healthy: 0.6}, repeat: 20m}
      - {id: silent, when: {kind: silence, of: feed, within: auto, min: 5m, max: 1h, forget_after: 3h}}
      - {id: term, match: 'entity:*', by: [entity], when: {kind: new_term, not_seen: 1h, at_least: 2, within: 20m}}
      - {id: pair, match: 'entity:Q1', by: [entity_pair, feed], when: {kind: new_pair, not_seen: 40m, sources: 2}}
      - {id: both, by: [feed], when: {kind: cooccur, rules: [plain, part], within: 10m}}
      - {id: order, when: {kind: sequence, rules: [plain, part, shadow], within: 30m}}
      - {id: missing, by: [feed], when: {kind: absent_after, rules: [plain, part], within: 5m, healthy: 0.5}}
      - {id: edits, when: {kind: change, of: [plain, often, term], max_per_article: 2, within: 1h}}
    """

  /// Facts that follow each other by seconds, minutes and now and then by hours.
  struct News {
    var random: SeededGenerator
    var steps: [Double] = [1, 20, 60, 200, 700, 2_000]
    private(set) var time = 0.0
    private var articles: [Article] = []

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func number(below count: Int) -> Int { Int(random.next() % UInt64(count)) }

    mutating func next(_ log: ScriptedLog) -> [Event.Fact] {
      time += steps[number(below: 6)] + (number(below: 40) == 0 ? 9_000 : 0)
      let feed = Feed.ID("f\(number(below: 3))")
      switch number(below: 20) {
      case 0:
        return [
          .feedFailed(FeedFailure(feed: feed, failureClass: "http", status: 500, message: ""))
        ]
      case 1: return [.feedRecovered(feed, since: ScriptedLog.start, failures: 1)]
      case 2:
        return [
          number(below: 2) == 0
            ? .networkLost(hosts: []) : .networkReturned(since: ScriptedLog.start)
        ]
      case 3: return [.silenceSet(silence())]
      case 4, 5, 6: return edit()
      case 7: return withdraw()
      case 8: return [.daemonStopped(reason: "test")]
      default: return [.articlePublished(article(log, feed), origin()), fetched(feed)]
      }
    }

    private mutating func origin() -> Origin {
      [.live, .live, .live, .live, .live, .live, .backlog, .surge][number(below: 8)]
    }

    private mutating func title() -> String {
      let words = ["gempa", "banjir", "korban", "Andi", "Budi", "Palu", "beras"]
      return (0..<4).map { _ in words[number(below: words.count)] }.joined(separator: " ")
    }

    private mutating func article(_ log: ScriptedLog, _ feed: Feed.ID) -> Article {
      var article = log.article(title(), feed: feed.rawValue, publisher: "p\(number(below: 5))")
      article.seen = ScriptedLog.start.addingTimeInterval(time)
      if number(below: 9) == 0 { article.published = article.seen.addingTimeInterval(-9_000) }
      articles.append(article)
      return article
    }

    private func fetched(_ feed: Feed.ID) -> Event.Fact {
      .feedFetched(
        FeedFetch(
          feed: feed, url: "https://n.example/", bytes: 1, sha256: "\(time)", format: "rss2",
          entries: 1, published: 1, revised: 0))
    }

    private mutating func silence() -> Silence {
      let rules = ["plain", "all", "often", "spike", "quiet"]
      return Silence(
        id: Silence.ID("s\(Int(time))"), rules: [rules[number(below: rules.count)]],
        until: ScriptedLog.start.addingTimeInterval(time + 400), reason: "uji", by: "rina")
    }

    private mutating func edit() -> [Event.Fact] {
      guard !articles.isEmpty else { return [.clockTicked] }
      let index = number(below: articles.count)
      articles[index].title = title()
      articles[index].revision += 1
      let classes = EditClass.allCases[number(below: EditClass.allCases.count)]
      let revision = Revision(
        previous: articles[index].revision - 1, changed: ["title"], classes: [classes.rawValue],
        isDeclared: false)
      return [.articleRevised(articles[index], revision)]
    }

    private mutating func withdraw() -> [Event.Fact] {
      guard !articles.isEmpty else { return [.clockTicked] }
      let article = articles[number(below: articles.count)]
      return [.articleWithdrawn(article.id, revision: article.revision, .gone)]
    }
  }

  @Test(arguments: 0..<3 as Range<UInt64>)
  func `decide the same however the log is folded, and say each line once`(seed: UInt64)
    async throws
  {
    let log = try await ScriptedLog(Self.yaml)
    for feed in 0..<3 {
      let feed = Feed(id: Feed.ID("f\(feed)"), url: "https://n\(feed).example/")
      try await log.record([.feedFollowed(feed, by: "test")])
    }
    var news = News(seed: seed)
    for number in 0..<140 {
      let facts = news.next(log)
      // Now and then nobody looks: no tick, and what was decided waits for the next start.
      let reacts = news.number(below: 12) != 0
      try await log.record(facts, at: news.time, reacts: reacts)
      if !reacts { try await log.restart(forgets: number % 2 == 0) }
      if number == 60 {
        try await log.define(
          Self.yaml.replacing("at_least: 2, within: 5m", with: "at_least: 3, within: 5m"))
      }
      if number == 100 { try await log.define(Self.yaml.replacing("id: busy", with: "id: busier")) }
      if news.number(below: 10) == 0, let line = try await log.lines().last {
        try await log.record([.alertAcknowledged(line.id, Judgement(by: "rina"))], at: news.time)
      }
    }
    try await log.react()
    let lines = try await log.lines()
    try expectOrder(lines, seed)
    let live = try log.rows()
    for batch in [1, 13, 1_000] {
      let anew = try await log.folded(batch: batch)
      let difference = zip(live, anew).first { $0 != $1 }
      #expect(
        anew.count == live.count && difference == nil,
        "seed \(seed), batch \(batch): \(String(describing: difference))")
    }
  }

  /// Lines of one alert are numbered in their order, the first of them fired, and each stands once.
  private func expectOrder(_ lines: [Alert], _ seed: UInt64) throws {
    for (id, lines) in Dictionary(grouping: lines, by: \.id) {
      #expect(lines.map(\.number) == Array(0..<lines.count), "seed \(seed), \(id)")
      #expect(lines[0].state == .fired, "seed \(seed), \(id): \(lines[0].state)")
      #expect(lines.dropFirst().allSatisfy { $0.state != .fired }, "seed \(seed), \(id)")
    }
    #expect(lines.count > 40, "seed \(seed)")
  }
}
