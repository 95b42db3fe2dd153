import Core
import Foundation
import Testing

@testable import Sending

@Suite("A plan of deliveries") struct DeliveryPlanTests {
  static let start = Date(timeIntervalSince1970: 1_715_837_220)

  func at(_ seconds: Double) -> Date { Self.start.addingTimeInterval(seconds) }

  func line(_ cursor: UInt64, at seconds: Double = 0) -> AlertLine {
    var alert = AlertFileTests.line(cursor).alert
    alert.at = at(seconds)
    return AlertLine(alert, cursor: cursor)
  }

  func plan(_ change: (inout DeliverySettings) -> Void = { _ in }) -> DeliveryPlan {
    var settings = DeliverySettings()
    change(&settings)
    return DeliveryPlan(settings, linesAtOnce: 1)
  }

  /// Waits without chance: the schedule as it is written.
  func wait(_ failures: Int, _ floor: Duration?) -> Duration {
    max([5, 30, 120, 600, 1_800, 3_600].map { .seconds($0) }[min(failures, 6) - 1], floor ?? .zero)
  }

  func note(_ plan: inout DeliveryPlan, _ outcome: Outcome, _ line: AlertLine, _ seconds: Double) {
    plan.note(outcome, of: [line], now: at(seconds), wait: wait)
  }

  @Test func `gives a line up by its first attempt, also in a later process`() {
    var plan = plan { $0.giveUpAfter = .seconds(3_600) }
    note(&plan, .retry("x", after: nil), line(1), 0)
    var settings = DeliverySettings()
    settings.giveUpAfter = .seconds(3_600)
    var later = DeliveryPlan(settings, linesAtOnce: 1, trials: plan.trials)
    // It is tried at once, for when it was due is lost.
    #expect(later.next([line(1)], now: at(3_599)) == .send([[line(1)]]))
    #expect(later.attempts(line(1)) == 1)
    #expect(later.next([line(1), line(2)], now: at(3_600)) == .giveUp([line(1)]))
    later.forget([line(1)])
    #expect(later.trials.isEmpty)
  }

  @Test func `sends one line after another`() {
    var plan = plan()
    #expect(plan.next([line(1), line(2)], now: at(0)) == .send([[line(1)]]))
    note(&plan, .delivered(receipt: nil), line(1), 0)
    #expect(plan.next([line(2)], now: at(0)) == .send([[line(2)]]))
    #expect(plan.next([], now: at(0)) == .wait(until: nil))
  }

  @Test func `passes what the outlet does not take`() {
    var plan = plan {
      $0.minSeverity = .warning
      $0.states = [.fired]
    }
    var (mild, later) = (line(1).alert, line(2).alert)
    (mild.severity, later.state) = (.notice, .amended)
    let lines = [AlertLine(mild, cursor: 1), AlertLine(later, cursor: 2), line(3)]
    #expect(plan.next(lines, now: at(0)) == .pass(Array(lines.prefix(2))))
  }

  @Test func `waits longer after each failure, and not below what the receiver asked for`() {
    var plan = plan()
    note(&plan, .retry("x", after: nil), line(1), 0)
    #expect(plan.next([line(1)], now: at(4)) == .wait(until: at(5)))
    #expect(plan.next([line(1)], now: at(5)) == .send([[line(1)]]))
    note(&plan, .retry("x", after: .seconds(90)), line(1), 5)
    #expect(plan.next([line(1)], now: at(5)) == .wait(until: at(95)))
    note(&plan, .delivered(receipt: nil), line(1), 95)
    #expect(plan.next([line(2)], now: at(95)) == .send([[line(2)]]))
  }

  @Test func `tries a paused outlet after an hour, and one that is gone never`() {
    var plan = plan()
    note(&plan, .paused("401"), line(1), 0)
    #expect(plan.next([line(1)], now: at(0)) == .wait(until: at(3_600)))
    note(&plan, .gone("410"), line(1), 3_600)
    #expect(plan.next([line(1)], now: at(90_000)) == .wait(until: nil))
  }

  @Test func `gives up a line after its time, and no line that was never tried`() {
    var plan = plan { $0.giveUpAfter = .seconds(86_400) }
    note(&plan, .retry("x", after: nil), line(1), 0)
    #expect(plan.next([line(1), line(2)], now: at(86_399)) == .send([[line(1)]]))
    #expect(plan.next([line(1), line(2)], now: at(86_400)) == .giveUp([line(1)]))
  }

  @Test func `puts one poisonous line aside`() {
    var plan = plan()
    let lines = [line(1), line(2), line(3)]
    for attempt in 0..<5 {
      let now = Double(attempt) * 4_000
      #expect(plan.next(lines, now: at(now)) == .send([[line(1)]]))
      note(&plan, .refused("500", after: nil), line(1), now)
    }
    #expect(plan.next(lines, now: at(16_000)) == .send([[line(2)]]))
    note(&plan, .delivered(receipt: nil), line(2), 16_000)
    #expect(plan.next([line(1), line(3)], now: at(16_000)) == .send([[line(3)]]))
    note(&plan, .delivered(receipt: nil), line(3), 16_000)
    // A new line is seen soon, though the one aside waits half an hour.
    #expect(plan.next([line(1)], now: at(16_000)) == .wait(until: at(16_005)))
    #expect(plan.next([line(1), line(4)], now: at(16_005)) == .send([[line(4)]]))
    #expect(plan.next([line(1)], now: at(17_800)) == .send([[line(1)]]))
    note(&plan, .refused("500", after: nil), line(1), 17_800)
    #expect(plan.failures == 0)
    #expect(plan.next([line(1), line(5)], now: at(17_800)) == .send([[line(5)]]))
  }

  @Test func `takes it for the outlet's fault where the next line fails too`() {
    var plan = plan()
    let lines = [line(1), line(2)]
    for attempt in 0..<5 {
      note(&plan, .refused("500", after: nil), line(1), Double(attempt) * 4_000)
    }
    note(&plan, .refused("500", after: nil), line(2), 16_000)
    #expect(plan.next(lines, now: at(16_000)) == .wait(until: at(19_600)))
    #expect(plan.next(lines, now: at(19_600)) == .send([[line(1)]]))
  }

  @Test func `gathers a window into one digest, the same after a restart`() {
    for _ in 0..<2 {
      var plan = plan { $0.digest = .every(.seconds(900)) }
      // 05:27:00 lies in the window that ends at 05:30.
      let lines = [line(1), line(2, at: 100), line(3, at: 200)]
      #expect(plan.next(lines, now: at(60)) == .wait(until: at(180)))
      #expect(plan.next(lines, now: at(500)) == .send([[line(1), line(2, at: 100)]]))
    }
  }

  @Test(arguments: [
    (420, 7 * 3_600, 1_715_817_600.0, 1_715_904_000.0), (420, 0, 1_715_837_220, 1_715_842_800),
    (0, 0, 1_715_817_600, 1_715_904_000),
  ]) func `closes a daily window at its local time`(
    minute: Int, offset: Int, time: Double, end: Double
  ) {
    let window = DigestWindow.daily(minute: minute, DeskClock(zone: "x") { _ in offset })
    #expect(window.end(of: Date(timeIntervalSince1970: time)).timeIntervalSince1970 == end)
  }

  /// Berlin goes to summer time on 31 March 2024 and back on 27 October, both at 01:00 UTC.
  @Test(arguments: [
    // 07:00 is 06:00 UTC in winter, 05:00 in summer.
    (420, "2024-03-29T12:00:00Z", "2024-03-30T06:00:00Z"),
    (420, "2024-03-30T06:00:00Z", "2024-03-31T05:00:00Z"),
    (420, "2024-10-26T05:00:00Z", "2024-10-27T06:00:00Z"),
    // 02:30 is left out in March, and of the two in October the second counts.
    (150, "2024-03-30T12:00:00Z", "2024-03-31T01:30:00Z"),
    (150, "2024-03-31T01:30:00Z", "2024-04-01T00:30:00Z"),
    (150, "2024-10-26T12:00:00Z", "2024-10-27T01:30:00Z"),
    (150, "2024-10-27T01:30:00Z", "2024-10-28T01:30:00Z"),
    (0, "2024-10-26T22:00:00Z", "2024-10-27T23:00:00Z"),
  ]) func `closes a daily window at its local time over a change of clocks`(
    minute: Int, time: String, end: String
  ) throws {
    let summer = (1_711_846_800.0, 1_729_990_800.0)
    let window = DigestWindow.daily(
      minute: minute,
      DeskClock(zone: "Europe/Berlin") { moment in
        let seconds = moment.timeIntervalSince1970
        return seconds >= summer.0 && seconds < summer.1 ? 7_200 : 3_600
      })
    let closed = window.end(of: try #require(Timestamp.date(time)))
    #expect(Timestamp.text(closed) == end)
  }

  /// New York goes to summer time on 10 March 2024, at 07:00 UTC, and back on 3 November, at 06:00.
  @Test(arguments: [
    (420, "2024-03-09T12:00:00Z", "2024-03-10T11:00:00Z"),
    (420, "2024-11-02T11:00:00Z", "2024-11-03T12:00:00Z"),
    // 02:30 is left out in March: it is an hour later there too.
    (150, "2024-03-09T12:00:00Z", "2024-03-10T07:30:00Z"),
    (150, "2024-03-10T07:30:00Z", "2024-03-11T06:30:00Z"),
    // Of the two 01:30 of November one counts.
    (90, "2024-11-02T12:00:00Z", "2024-11-03T05:30:00Z"),
    (90, "2024-11-03T05:30:00Z", "2024-11-04T06:30:00Z"),
  ]) func `closes a daily window west of Greenwich too`(minute: Int, time: String, end: String)
    throws
  {
    let summer = (1_710_054_000.0, 1_730_613_600.0)
    let window = DigestWindow.daily(
      minute: minute,
      DeskClock(zone: "America/New_York") { moment in
        let seconds = moment.timeIntervalSince1970
        return seconds >= summer.0 && seconds < summer.1 ? -14_400 : -18_000
      })
    let closed = window.end(of: try #require(Timestamp.date(time)))
    #expect(Timestamp.text(closed) == end)
  }

  @Test func `sends what is above the hour's number as one digest`() {
    var plan = plan { $0.maxPerHour = 2 }
    let lines = (1...5).map { line($0) }
    note(&plan, .delivered(receipt: nil), line(1), 0)
    note(&plan, .delivered(receipt: nil), line(2), 60)
    #expect(plan.next(Array(lines[2...]), now: at(61)) == .wait(until: at(3_600)))
    #expect(plan.next(Array(lines[2...]), now: at(3_600)) == .send([Array(lines[2...])]))
    note(&plan, .delivered(receipt: nil), line(3), 3_600)
    #expect(plan.next([line(6), line(7)], now: at(3_700)) == .send([[line(6)]]))
  }

  @Test func `sends what waited too long as one digest once the outlet answers`() {
    var plan = plan { $0.maxAge = .seconds(21_600) }
    let lines = [line(1), line(2), line(3), line(4, at: 20_000)]
    note(&plan, .retry("x", after: nil), line(1), 0)
    #expect(plan.next(lines, now: at(30_000)) == .send([[line(1)]]))
    note(&plan, .delivered(receipt: nil), line(1), 30_000)
    #expect(plan.next(Array(lines[1...]), now: at(30_000)) == .send([[line(2), line(3)]]))
  }

  @Test func `sends several at a time where order does not matter`() {
    var plan = plan { $0.parallel = 3 }
    let lines = (1...5).map { line($0) }
    #expect(plan.next(lines, now: at(0)) == .send([[line(1)], [line(2)], [line(3)]]))
    note(&plan, .retry("x", after: nil), line(2), 0)
    #expect(plan.next(lines, now: at(5)) == .send([[line(1)]]))
  }
}
