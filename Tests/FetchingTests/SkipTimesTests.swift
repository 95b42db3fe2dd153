import Core
import FoundationEssentials
import Testing

@Suite("Times to skip") struct SkipTimesTests {
  /// Tuesday, 14 November 2023, 22:13:20 GMT.
  private let tuesday = Date(timeIntervalSince1970: 1_700_000_000)

  @Test(
    arguments: [
      ([22], [], 2_800.0), ([22, 23], [], 6_400), ([21], [], 0), ([24], [], 0),
      ([22, 23, 24], [], 10_000), ([], ["Tuesday"], 6_400), ([], ["tue", "Wednesday"], 92_800),
      ([0, 1], ["Tuesday"], 13_600), ([], ["Dienstag"], 0), ([99, -1], [], 0),
    ] as [([Int], [String], Double)])
  func `P14: put off to the first hour that is open`(
    hours: [Int], days: [String], seconds: Double
  ) {
    let skip = SkipTimes(hours: hours, days: days)
    let next = skip?.next(from: tuesday) ?? tuesday
    #expect(next.timeIntervalSince(tuesday) == seconds)
  }

  @Test func `A4: are ignored where no hour of the week is left`() {
    let week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    #expect(SkipTimes(hours: Array(0...23), days: []) == nil)
    #expect(SkipTimes(hours: [], days: week) == nil)
    #expect(SkipTimes(hours: Array(0...22), days: Array(week.dropLast())) != nil)
    #expect(SkipTimes(hours: [], days: []) == nil)
  }

  @Test func `hold for dates before 1970 too`() {
    let skip = SkipTimes(hours: [23], days: [])
    let eve = Date(timeIntervalSince1970: -1800)
    #expect(skip?.next(from: eve) == Date(timeIntervalSince1970: 0))
  }
}
