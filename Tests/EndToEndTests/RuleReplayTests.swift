import Core
import Foundation
import Projections
import Support
import Testing

@testable import Rules
@testable import tidings

@Suite("Rules that are tried on a log", .timeLimit(.minutes(5))) struct RuleReplayTests {
  /// What the rules of `yaml` would have decided from so many seconds after the log's start on.
  private func tried(
    _ yaml: String, on log: ScriptedLog, since seconds: Double = 0
  ) async throws -> [Decision] {
    try yaml.write(toFile: log.folder.path("tried.yaml"), atomically: true, encoding: .utf8)
    let rules = try RuleSet.read(log.folder.path("tried.yaml"))
    var decisions: [Decision] = []
    let replay = LogReplay(
      log: log.log, views: log.views, reader: { rules.read($0, in: $1) }, progress: nil)
    try await replay.judge(by: rules, since: ScriptedLog.start.addingTimeInterval(seconds)) {
      decisions += $2
    }
    return decisions
  }

  private func told(
    _ yaml: String, on log: ScriptedLog, since seconds: Double
  ) async throws -> [String] {
    try await tried(yaml, on: log, since: seconds).map { decision in
      switch decision {
      case .raise(let alert), .change(let alert): "\(alert.state.rawValue) \(alert.reason)"
      case .hold(let hold): "held \(hold.hold)"
      }
    }
  }

  /// Half a year in steps of minutes to weeks: what is long over is forgotten many times.
  @Test(arguments: 0..<3 as Range<UInt64>)
  func `decide what the same rules decided live`(seed: UInt64) async throws {
    // Over weeks a line that is told again every ten minutes would be most of the log.
    let yaml = RandomLogTests.yaml.replacing(", repeat: 10m", with: "")
      .replacing(", repeat: 20m", with: "")
    let log = try await ScriptedLog(yaml)
    for feed in 0..<3 {
      let feed = Feed(id: Feed.ID("f\(feed)"), url: "https://n\(feed).example/")
      try await log.record([.feedFollowed(feed, by: "test")])
    }
    var news = RandomLogTests.News(seed: seed)
    news.steps = [60, 60, 600, 600, 90_000, 2_000_000]
    for _ in 0..<70 {
      try await log.record(news.next(log), at: news.time, reacts: false)
      try await log.react()
    }
    let live: [Decision] = try await log.events().compactMap { event in
      switch event.fact {
      case .alertRaised(let alert, _): .raise(alert)
      case .alertChanged(let alert, _): .change(alert)
      case .alertHeld(let hold, _): .hold(hold)
      default: nil
      }
    }
    let anew = try await tried(yaml, on: log)
    let difference = zip(live, anew).first { $0 != $1 }
    #expect(live.count > 80 && news.time > 100 * 86_400)
    #expect(
      anew.count == live.count && difference == nil,
      "seed \(seed): \(String(describing: difference))")
  }

  @Test func `take no edit for news of an article that met them before they begin`() async throws {
    let log = try await ScriptedLog("rules: [{id: other, match: banjir}]")
    try await log.publish("gempa di Palu", at: 60, id: "a")
    try await log.publish("angin di Palu", at: 60, id: "b")
    try await log.revise("a", "gempa kuat di Palu", 2, at: 7_200, [.headline])
    try await log.revise("b", "gempa kuat di Palu", 2, at: 7_200, [.headline])
    let rules = "rules: [{id: r, match: gempa, by: [article]}]"
    #expect(try await told(rules, on: log, since: 3_600) == ["fired became_match"])
  }

  @Test func `take the beginning that a feed shows again for no edit of the page's text`()
    async throws
  {
    let log = try await ScriptedLog("rules: [{id: other, match: banjir}]")
    func record(_ revision: Int, _ text: String, _ source: Article.TextSource, at seconds: Double)
      async throws
    {
      var article = log.article("kabar", id: "a", text: text)
      (article.revision, article.textSource) = (revision, source)
      let edit = Revision(
        previous: revision - 1, changed: ["text"], classes: ["headline"], isDeclared: false)
      try await log.record(
        [revision == 1 ? .articlePublished(article, .live) : .articleRevised(article, edit)],
        at: seconds)
    }
    try await record(1, "gempa", .page, at: 60)
    try await record(2, "awal", .feed, at: 120)
    try await record(3, "awal lagi", .feed, at: 180)
    #expect(
      try await told("rules: [{id: r, match: gempa}]", on: log, since: 0)
        == ["fired new", "amended edit"])
  }

  /// Set before they begin, set meanwhile, lifted, and one of another rule.
  @Test func `tell what silences would have held`() async throws {
    let log = try await ScriptedLog("rules: [{id: other, match: banjir}]")
    func silence(_ id: String, _ rule: String = "r", at seconds: Double, for length: Double)
      async throws
    {
      let silence = Silence(
        id: Silence.ID(id), rules: [rule],
        until: ScriptedLog.start.addingTimeInterval(seconds + length), reason: "uji", by: "rina")
      try await log.record([.silenceSet(silence)], at: seconds)
    }
    func quake(at seconds: Double) async throws {
      try await log.publish("gempa \(Int(seconds))", at: seconds)
    }
    try await silence("a", at: 0, for: 1_000)
    try await silence("b", "other", at: 0, for: 100_000)
    try await quake(at: 500)
    try await quake(at: 1_500)
    try await silence("c", at: 2_000, for: 10_000)
    try await quake(at: 2_500)
    try await log.record([.silenceLifted(Silence.ID("c"), by: "rina")], at: 3_000)
    try await quake(at: 3_500)
    let rules = "rules: [{id: r, match: gempa, by: [article]}]"
    #expect(
      try await told(rules, on: log, since: 100)
        == ["held silence", "fired new", "held silence", "fired new"])
    #expect(try await told(rules, on: log, since: 2_200) == ["held silence", "fired new"])
    #expect(try await told(rules, on: log, since: 3_200) == ["fired new"])
  }
}
