import Core
import Foundation
import Projections
import Support
import Testing

@testable import Rules
@testable import tidings

@Suite("Rules that are tried on a log", .timeLimit(.minutes(15))) struct RuleReplayTests {
  /// What the rules of `yaml` would have decided from so many seconds after the log's start on.
  private func tried(
    _ yaml: String, on log: ScriptedLog, since seconds: Double = 0
  ) async throws -> [Decision] {
    try yaml.write(toFile: log.folder.path("tried.yaml"), atomically: true, encoding: .utf8)
    let rules = try RuleSet.read(log.folder.path("tried.yaml"))
    var decisions: [Decision] = []
    let replay = LogReplay(log: log.log, views: log.views, progress: nil)
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

  /// The network is away while they begin, or a feed fails: that nothing comes means nothing.
  @Test(arguments: ["network", "feed", "nothing"])
  func `know what could not be seen when they begin`(fault: String) async throws {
    let yaml = """
      rules: [{id: r, match: gempa, when: {kind: silence, within: 30m, min: 5m, max: 30m, healthy: 0.9}}]
      """
    let log = try await ScriptedLog(yaml)
    let feed = Feed(id: Feed.ID("wire"), url: "https://n.example/")
    try await log.record([.feedFollowed(feed, by: "test")])
    try await log.publish("gempa", at: 10)
    switch fault {
    case "network": try await log.record([.networkLost(hosts: [])], at: 20)
    case "feed":
      let failure = FeedFailure(feed: feed.id, failureClass: "http", status: 500, message: "")
      try await log.record([.feedFailed(failure)], at: 20)
    default: break
    }
    for number in 1...60 { try await log.tick(at: Double(number) * 600) }
    let wanted = fault == "nothing" ? ["fired silence"] : []
    #expect(try await log.told("r") == wanted)
    #expect(try await told(yaml, on: log, since: 10_000) == wanted)
  }

  @Test func `know when a silence that ends where it is idle last held a line`() async throws {
    let yaml = "rules: [{id: r, match: gempa, by: [article]}]"
    let log = try await ScriptedLog(yaml)
    var silence = Silence(
      id: Silence.ID("s"), rules: ["r"], until: ScriptedLog.start.addingTimeInterval(100_000),
      reason: "uji", by: "rina")
    silence.expireIfIdle = .seconds(3_600)
    try await log.record([.silenceSet(silence)], at: 0)
    try await log.publish("gempa satu", at: 1_200)
    try await log.publish("gempa dua", at: 6_000)
    #expect(try await told(yaml, on: log, since: 600) == ["held silence", "fired new"])
    #expect(try await told(yaml, on: log, since: 2_400) == ["fired new"])
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
