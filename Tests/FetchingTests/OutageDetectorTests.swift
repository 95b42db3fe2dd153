import Curl
import FoundationEssentials
import Testing

@testable import Fetching

@Suite("An outage detector") struct OutageDetectorTests {
  private let now = Date(timeIntervalSince1970: 1_700_000_000)

  private func site(_ number: Int) throws -> SiteKey {
    SiteKey(try HTTPAddress("http://s\(number).example/"))
  }

  private func detector(_ answers: [Bool], secondsApart: Double = 1) throws -> OutageDetector {
    var detector = OutageDetector()
    for (number, answer) in answers.enumerated() {
      let date = now - Double(answers.count - 1 - number) * secondsApart
      detector.note(try site(number), isAnswered: answer, at: date)
    }
    return detector
  }

  @Test(
    arguments: [
      ([false, false, false, false], 100, true),
      ([false, false, false, true], 100, true),
      ([false, false, true, true], 100, false),
      ([false, false, false], 100, false),
      ([false, false, false, true, true], 100, true),
      ([false, false, false], 3, true), ([false, false, true], 3, false),
      ([false, false], 3, false), ([false, false], 2, true), ([false], 1, false), ([], 0, false),
    ] as [([Bool], Int, Bool)])
  func `P21: tells our outage from theirs`(answers: [Bool], sites: Int, isOut: Bool) throws {
    #expect(try detector(answers).isOut(sites: sites, at: now) == isOut)
  }

  @Test func `P21: looks at the last minute only, or at ten where there are few sites`() throws {
    let slow = [false, false, false, false]
    #expect(try !detector(slow, secondsApart: 30).isOut(sites: 50, at: now))
    #expect(try detector([false, false, false], secondsApart: 200).isOut(sites: 3, at: now))
    #expect(try !detector([false, false, false], secondsApart: 400).isOut(sites: 3, at: now))
  }

  @Test func `P21: counts a site once, by what it said last`() throws {
    var detector = try detector([false, false, false, false])
    for _ in 0..<9 { detector.note(try site(9), isAnswered: false, at: now) }
    for number in 0..<3 { detector.note(try site(number), isAnswered: true, at: now) }
    #expect(!detector.isOut(sites: 50, at: now))
    #expect(detector.silent.map(\.description) == ["s3.example", "s9.example"])
  }

  @Test func `P21: ends by a feed, or by errors from two sites`() throws {
    var detector = OutageDetector()
    #expect(detector.isBack(try site(0), isFeed: true, isError: false))
    #expect(!detector.isBack(try site(0), isFeed: false, isError: false))
    #expect(!detector.isBack(try site(1), isFeed: false, isError: true))
    #expect(!detector.isBack(try site(1), isFeed: false, isError: true))
    #expect(detector.isBack(try site(2), isFeed: false, isError: true))
  }
}
