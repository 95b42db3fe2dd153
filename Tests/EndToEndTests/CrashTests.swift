import Core
import Foundation
import Support
import Synchronization
import Testing

@Suite("A daemon that is killed", .serialized) struct CrashTests {
  /// More of them than a change is tested with: `TIDINGS_KILLS=1000 swift test --filter CrashTests`.
  static let kills = ProcessInfo.processInfo.environment["TIDINGS_KILLS"].flatMap(Int.init) ?? 20
  static let limit = max(24, kills)
  static let feeds = (0..<10).map { "feed-\($0)" }

  @Test func `has every entry once and every alert once over many kills`() async throws {
    let stand = try Newsstand(feeds: Self.feeds, limit: Self.limit)
    defer { stand.server.stop() }
    let installation = try Installation(
      """
      page: none
      poll: {first_poll: seed, rate: 0}
      rules: [{id: watch, match: sandi}]
      \(stand.configuration)
      """)

    try await kill(installation, by: stand, within: 2...14, seed: 20)
    let asked = stand.server.requests.count
    let last = try installation.start("run")
    // The lives before it may have asked for everything already: it must live before it ends.
    await stand.server.received(asked + 1)
    await stand.everyFeed(asked: Self.limit + 1)
    last.signal(SIGTERM)
    #expect(last.waitForEnd() == 0, "\(last.errors)")
    let end = try installation.run("run", "--once")
    #expect(end.status == 0, "\(end.errors)")

    try expectEachEntryOnce(installation)
    try expectEachAlertOnce(installation)
    for command in [["rebuild", "--check"], ["log", "verify"]] {
      let check = try Installation.run(command + ["--config", installation.configuration])
      #expect(check.status == 0, "\(command): \(check.output)\(check.errors)")
    }
  }

  @Test func `tells each line of rules that count once, and an outlet that fails all of them`()
    async throws
  {
    let stand = try Newsstand(feeds: ["one", "two", "three"], limit: Self.limit)
    let asked = Mutex(0)
    // Every fifth time it is out of order.
    let desk = try LocalServer { _ in
      let number = asked.withLock { asked in
        asked += 1
        return asked
      }
      return .answer(number.isMultiple(of: 5) ? 503 : 204)
    }
    defer { for server in [stand.server, desk] { server.stop() } }
    let installation = try Installation(
      """
      page: none
      poll: {first_poll: seed, rate: 0}
      outlets: {desk: {kind: webhook, url: "\(desk.address("/"))", max_per_hour: 10000}}
      defaults: {outlets: [file, desk]}
      rules:
        - {id: each, match: sandi, cooldown: 2s}
        - {id: all, match: sandi, by: [], cooldown: {start: 1s, double_to: 4s}}
        - {id: many, match: sandi, by: [feed], when: {kind: frequency, count: articles, at_least: 3, within: 4s}}
        - {id: quiet, match: sandi, by: [feed], when: {kind: silence, of: match, within: 3s, healthy: 0}}
        - {id: low, match: sandi, mode: shadow}
      \(stand.configuration)
      """)
    try await kill(installation, by: stand, within: 2...9, seed: 21)
    // Each life tries at once what the one before could not deliver.
    var waiting = 1
    for _ in 0..<60 where waiting > 0 {
      let end = try installation.run("run", "--once")
      #expect(end.status == 0, "\(end.errors)")
      waiting = try lines(installation).subtracting(delivered(installation, to: "desk")).count
    }
    let told = try lines(installation)
    #expect(waiting == 0 && told.count > 20)
    let file = try installation.alerts().map(Self.name)
    #expect(file.count == told.count && Set(file) == told)
    let raised = try installation.events("alert.raised").map { $0["alert"]?["alert_id"]?.string }
    #expect(Set(raised).count == raised.count)
    #expect(try installation.run("rebuild", "--check").status == 0)
  }

  /// Lets daemons live one after the other, each for so many requests as the seed decides.
  private func kill(
    _ installation: Installation, by stand: Newsstand, within requests: ClosedRange<Int>,
    seed: UInt64
  ) async throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<Self.kills {
      let daemon = try installation.start("run")
      await stand.server.received(
        stand.server.requests.count + Int.random(in: requests, using: &random))
      daemon.signal(SIGKILL)
      #expect(daemon.waitForEnd() == -SIGKILL, "\(daemon.errors)")
    }
  }

  /// Every line of an alert that the log has, by alert and number.
  private func lines(_ installation: Installation) throws -> Set<String> {
    let events = try ["alert.raised", "alert.changed"].flatMap { try installation.events($0) }
    return Set(events.compactMap { $0["alert"].map(Self.name) })
  }

  private func delivered(_ installation: Installation, to outlet: String) throws -> Set<String> {
    let events = try installation.events("alert.delivered")
    return Set(events.filter { $0["outlet"]?.string == outlet }.map(Self.name))
  }

  private static func name(_ line: JSONValue) -> String {
    "\(line["alert_id"]?.string ?? "") \(line["n"]?.number ?? 0)"
  }

  private func expectEachEntryOnce(_ installation: Installation) throws {
    let titles = try installation.events("article.published").map { event in
      try #require(event["article"]?["title"]?.string)
    }
    let wanted = Self.feeds.flatMap { feed in
      (1...Self.limit).map { "Kabar \($0) dari /\(feed).xml" }
    }
    #expect(titles.sorted() == wanted.sorted())
  }

  /// Live articles raise one alert each; what the first poll of a feed brought raises none.
  private func expectEachAlertOnce(_ installation: Installation) throws {
    let live = try installation.events("article.published")
      .filter { $0["origin"]?.string == "live" }
      .compactMap { $0["article"]?["id"]?.string }
    let alerted = try installation.alerts().compactMap { $0["article"]?["id"]?.string }
    #expect(alerted.sorted() == live.sorted())
    #expect(live.count > Self.feeds.count, "the kills must leave something to alert on")
    let raised = try installation.events("alert.raised").count
    #expect(raised == live.count)
  }
}
