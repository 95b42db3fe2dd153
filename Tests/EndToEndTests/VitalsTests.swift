import Core
import Foundation
import Testing

@testable import tidings

@Suite("The watchdog") struct VitalsTests {
  static let start = ClockWatch.Reading(
    wall: Date(timeIntervalSince1970: 1_000), boot: .seconds(100))

  static func reading(_ seconds: Int) -> ClockWatch.Reading {
    ClockWatch.Reading(
      wall: start.wall.addingTimeInterval(Double(seconds)), boot: start.boot + .seconds(seconds))
  }

  @Test(
    arguments: [
      (.step, 60, nil), (.step, 61, "poller is in one step for 61 s"),
      (.rest(atMost: nil), 100_000, nil),
      (.rest(atMost: .seconds(5)), 15, nil),
      (.rest(atMost: .seconds(5)), 16, "poller has slept for 16 s"),
    ] as [(Beat, Int, String?)])
  func `knows a loop that stands still from one that is slow or at rest`(
    beat: Beat, seconds: Int, stall: String?
  ) {
    var states = LoopStates()
    states.add("poller", bound: .seconds(60), at: Self.start)
    states.note(beat, of: "poller", at: Self.start)
    let stalls = states.stalls(at: Self.reading(seconds).boot)
    #expect(stalls.map(\.description) == [stall].compactMap { $0 })
  }

  @Test func `takes a new step for progress, and a loop that has not begun for one at rest`() {
    var states = LoopStates()
    states.add("reactor", bound: .seconds(10), at: Self.start)
    #expect(states.stalls(at: Self.reading(1_000).boot).isEmpty)
    states.note(.step, of: "reactor", at: Self.reading(1_000))
    #expect(states.stalls(at: Self.reading(1_010).boot).isEmpty)
    #expect(states.stalls(at: Self.reading(1_011).boot).map(\.loop) == ["reactor"])
    states.note(.step, of: "reactor", at: Self.reading(1_011))
    #expect(states.stalls(at: Self.reading(1_020).boot).isEmpty)
    #expect(states.lastBeats.map(\.at) == [Self.reading(1_011).wall])
  }

  @Test func `names the oldest of the steps that go on at once`() {
    var states = LoopStates()
    let first = states.begin("append", bound: .seconds(10), at: Self.start)
    _ = states.begin("append", bound: .seconds(10), at: Self.reading(5))
    #expect(states.stalls(at: Self.reading(20).boot).map(\.time) == [.seconds(20), .seconds(15)])
    states.end(first)
    #expect(states.stalls(at: Self.reading(20).boot).map(\.time) == [.seconds(15)])
  }

  @Test func `forgets a step that failed`() async {
    struct Broken: Error {}
    let vitals = Vitals { Self.reading(0) }
    await #expect(throws: Broken.self) {
      try await vitals.during("fetch", bound: .seconds(-1)) { throw Broken() }
    }
    #expect(vitals.stalls.isEmpty)
  }
}

@Suite("The status") struct StandingTests {
  static let now = Date(timeIntervalSince1970: 1_800_000_000)

  @Test(arguments: [
    (14, "14 s"), (119, "119 s"), (120, "2 min"), (7_199, "119 min"), (7_200, "2 h"),
    (172_800, "2 d"), (-5, "0 s"),
  ])
  func `tells how old the newest article is`(seconds: Int, age: String) {
    var standing = Standing(feeds: 1_998, due: 12, failing: 3, alertsToday: 2)
    standing.newestArticle = Self.now.addingTimeInterval(Double(-seconds))
    #expect(
      standing.text(at: Self.now)
        == "1,998 feeds, 12 due, 3 failing, newest article \(age) ago, 2 alerts today")
  }

  @Test func `puts first what an operator must know`() {
    var standing = Standing()
    #expect(standing.text(at: Self.now) == "no feeds yet; see tidings.yaml(5)")
    standing.refusal = "reload refused: 2 faults; running the configuration of 2026-11-27T09:12:00Z"
    standing.pause = "no room"
    standing.feeds = 1
    standing.alertsToday = 1
    #expect(
      standing.text(at: Self.now)
        == "reload refused: 2 faults; running the configuration of 2026-11-27T09:12:00Z; "
        + "paused: no room; 1 feed, 0 due, 0 failing, no article yet, 1 alert today")
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-1_000, "-1,000"),
  ])
  func `sets thousands apart`(number: Int, text: String) {
    #expect(Standing.count(number) == text)
  }
}

@Suite("A long start") struct StartProgressTests {
  @Test(
    arguments: [
      (0, 100, "0 %"), (41, 100, "41 %"), (1_204_331, 3_000_000, "40 %"), (100, 100, "settling"),
    ] as [(UInt64, UInt64, String)])
  func `says how far it is`(done: UInt64, all: UInt64, end: String) {
    #expect(StartProgress.status(done, of: all) == "folding the log into views, \(end)")
  }
}
