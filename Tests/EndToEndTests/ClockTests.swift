import Core
import EventLog
import Foundation
import Support
import Synchronization
import Testing

@testable import tidings

@Suite("A clock") struct ClockTests {
  static let start = ClockWatch.Reading(
    wall: Date(timeIntervalSince1970: 1_715_837_220), boot: .seconds(500))

  /// `wall` and `boot` seconds after the start.
  static func later(_ wall: Double, _ boot: Double) -> ClockWatch.Reading {
    ClockWatch.Reading(
      wall: start.wall.addingTimeInterval(wall), boot: start.boot + .seconds(boot))
  }

  @Test(arguments: [
    (60.0, 60.0, false),
    // Suspended for a month: the time since boot goes on.
    (2_592_000.0, 2_592_000.0, false),
    (86_400.0, 0.0, false),
    (86_401.0, 0.0, true),
    (315_360_000.0, 60.0, true),
    (-7_200.0, 60.0, false),
  ])
  func `that was set forward by over a day is noticed`(wall: Double, boot: Double, ahead: Bool) {
    #expect(ClockWatch(Self.start).isAhead(at: Self.later(wall, boot)) == ahead)
  }

  @Test func `behind what was recorded stands still after a minute`() {
    let recorded = Self.start.wall
    #expect(!ClockWatch.standsStill(recorded.addingTimeInterval(-60), after: recorded))
    #expect(ClockWatch.standsStill(recorded.addingTimeInterval(-61), after: recorded))
    #expect(!ClockWatch.standsStill(recorded.addingTimeInterval(900), after: recorded))
  }

  @Test func `that is set into the future stops recording until it is set right`() async throws {
    let folder = try TemporaryFolder()
    var options = SegmentedLog.Options()
    options.floor = 0
    let log = try SegmentedLog.open(folder.path("log"), options: options, now: Self.start.wall)
    let reading = Mutex(Self.start)
    let guarded = GuardedLog(log, Vitals(clock: WallClock.reading), Tally()) {
      reading.withLock { $0 }
    }
    let record = NewRecord(id: 1, kind: 601, payload: Array("{}".utf8))
    func append() async throws(EventLogError) {
      let now = reading.withLock { $0.wall }
      try await guarded.append([record], to: .daemon, at: now)
    }
    try await append()
    reading.withLock { $0 = Self.later(864_000, 10) }
    await #expect {
      try await append()
    } throws: { error in
      (error as? EventLogError)?.isPassing == true
        && "\(error)" == "log: the clock went forward by 239 h; set it right, or restart to take it"
    }
    reading.withLock { $0 = Self.later(20, 20) }
    try await append()
    #expect(try await guarded.end == Position(rawValue: 3))
    // A restart begins with the new time and takes it.
    reading.withLock { $0 = Self.later(864_030, 30) }
    let restarted = GuardedLog(log, Vitals(clock: WallClock.reading), Tally()) {
      reading.withLock { $0 }
    }
    try await restarted.append([record], to: .daemon, at: reading.withLock { $0.wall })
    #expect(try await log.read(from: Position(rawValue: 3), limit: 9).count == 1)
  }

  @Test(arguments: [
    (nil, nil, false), (0.0, nil, true), (-5.0, nil, true), (1.0, nil, false), (-5.0, -9.0, false),
    (-5.0, -10.0, true),
  ])
  func `ticks when something is due, every ten seconds at most`(
    due: Double?, last: Double?, wanted: Bool
  ) {
    let now = Self.start.wall
    #expect(
      Ticker.isDue(
        due.map(now.addingTimeInterval), at: now, after: last.map(now.addingTimeInterval))
        == wanted)
  }

  @Test func `ticks in the log where a cooldown ends and nothing else comes`() async throws {
    let stand = try Newsstand(feeds: ["one"], limit: 2)
    defer { stand.server.stop() }
    let installation = try Installation(
      "page: none\npoll: {first_poll: alert, rate: 0}\n"
        + "rules: [{id: watch, match: sandi, cooldown: 2s, by: []}]\n" + stand.configuration)
    let daemon = try installation.start("run")
    func ticks() throws -> Int { try installation.events("clock.ticked").count }
    await stand.everyFeed(asked: 3)
    while try ticks() == 0 { await stand.server.received(stand.server.requests.count + 1) }
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
    let lines = try installation.alerts()
    #expect(lines.compactMap { $0["reason"]?.string } == ["new", "after_cooldown"])
    #expect(lines.last?["held"]?["cooldown"] == .number(1))
    #expect(try installation.events("alert.held").count == 1)
    #expect(try installation.run("rebuild", "--check").status == 0)
  }
}
