import Core
import Foundation
import Support
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

    // A seed decides how far each life gets; it is printed with a failure.
    var random = SeededGenerator(seed: 20)
    for _ in 0..<Self.kills {
      let daemon = try installation.start("run")
      await stand.server.received(
        stand.server.requests.count + Int.random(in: 2...14, using: &random))
      daemon.signal(SIGKILL)
      #expect(daemon.waitForEnd() == -SIGKILL, "\(daemon.errors)")
    }
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
