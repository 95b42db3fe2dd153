import Core
import Curl
import Foundation
import Testing

@testable import Fetching

@Suite("A wait that a server asks for") struct RetryAfterTests {
  static let now = Date(timeIntervalSince1970: 1_715_837_220)

  @Test(
    arguments: [
      ("120", 120), ("1", 60), ("99999999999999999999", 604_800),
      ("Thu, 16 May 2024 05:37:00 GMT", 600),
    ] as [(String, Int)])
  func `is honoured within bounds`(field: String, seconds: Int) {
    #expect(RetryAfter.wait(Array(field.utf8), now: Self.now) == .seconds(seconds))
  }

  @Test(arguments: ["", "-5", "1.5", "1e9", "soon", "Thu, 16 May 2024 05:00:00 GMT"])
  func `that says nothing usable is none`(field: String) {
    #expect(RetryAfter.wait(Array(field.utf8), now: Self.now) == nil)
  }

  @Test(
    arguments: [
      ("max-age=3600", 3_600), ("public, max-age=100000000", 86_400), ("max-age=0", nil),
      ("max-age=-1", nil),
      ("max-age=\"60\"", nil), ("no-cache, max-age=60", nil),
    ] as [(String, Int?)])
  func `by freshness is clamped to a day`(control: String, seconds: Int?) {
    var headers = HTTPHeaders()
    headers.append("Cache-Control", control)
    #expect(Hints.freshness(headers, now: Self.now) == seconds.map { .seconds($0) })
  }
}

@Suite("The next poll") struct NextDueTests {
  static let now = Date(timeIntervalSince1970: 1_715_837_220)
  let feed = Feed(id: Feed.ID("f"), url: "https://n.example/")
  let answer = Answer(
    address: "https://n.example/", validators: Validators(), freshFor: nil, wireBytes: 1)

  @Test func `keeps the floor without a hint and an order with one`() {
    var random = SystemRandomNumberGenerator()
    let state = PollState(url: feed.url)
    let next = NextDue.succeeded(
      state, feed, answer: answer, new: 500, entries: 20, ttl: nil, now: Self.now, using: &random)
    #expect(next.nextDue.map { $0.timeIntervalSince(Self.now) >= 3_240 } == true)
    var ordered = feed
    ordered.every = .seconds(5)
    let soon = NextDue.succeeded(
      state, ordered, answer: answer, new: 0, entries: 1, ttl: .seconds(9_000), now: Self.now,
      using: &random)
    #expect(soon.nextDue == Self.now.addingTimeInterval(5))
    var fresh = answer
    fresh.freshFor = .seconds(7_200)
    let hinted = NextDue.succeeded(
      state, ordered, answer: fresh, new: 0, entries: 1, ttl: nil, now: Self.now, using: &random)
    #expect(hinted.nextDue == Self.now.addingTimeInterval(7_200))
  }

  @Test func `after failures comes later each time, and never before what was asked`() {
    var random = SystemRandomNumberGenerator()
    var state = PollState(url: feed.url)
    for count in 1...30 {
      state = NextDue.failed(
        state, feed, FetchFailure(.dns, "no address"), now: Self.now, using: &random)
      #expect(state.failures == count)
      let wait = state.nextDue.map { $0.timeIntervalSince(Self.now) } ?? 0
      #expect(wait >= 300 && wait <= 86_400)
    }
    let asked = FetchFailure(.rateLimited, status: 429, "less often", retryAfter: .seconds(90_000))
    state = NextDue.failed(state, feed, asked, now: Self.now, using: &random)
    #expect(state.nextDue.map { $0.timeIntervalSince(Self.now) >= 90_000 } == true)
  }
}

@Suite("A schedule") struct ScheduleTests {
  @Test(arguments: [
    ("https://a.b.example.co.id/x", "example.co.id"), ("https://news.example.com/x", "example.com"),
    ("http://127.0.0.1:8000/", "127.0.0.1:8000"), ("https://example.org", "example.org"),
  ])
  func `counts by the registrable domain`(url: String, key: String) {
    #expect(SiteKey(url, isPrivate: false).rawValue == key)
  }

  @Test func `asks one feed a site at a time, with a gap between`() {
    let now = Date(timeIntervalSince1970: 1_000)
    var schedule = Schedule()
    let site = SiteKey("https://n.example/", isPrivate: false)
    for name in ["a", "b"] { schedule.set(Feed.ID(name), due: now, site: site) }
    #expect(schedule.take(9, due: now, at: now) == [Feed.ID("a")])
    #expect(schedule.take(9, due: now, at: now.addingTimeInterval(5)).isEmpty)
    schedule.finished(Feed.ID("a"), due: now.addingTimeInterval(60))
    #expect(schedule.take(9, due: now, at: now.addingTimeInterval(1)).isEmpty)
    #expect(schedule.next(after: now) == now.addingTimeInterval(2))
    #expect(schedule.take(9, due: now, at: now.addingTimeInterval(2)) == [Feed.ID("b")])
  }

  @Test func `lets a private site have eight at a time`() {
    let now = Date(timeIntervalSince1970: 1_000)
    var schedule = Schedule()
    let site = SiteKey("http://127.0.0.1:1/", isPrivate: true)
    for number in 0..<12 { schedule.set(Feed.ID("f\(number)"), due: now, site: site) }
    #expect(schedule.take(99, due: now, at: now).count == 8)
  }
}
