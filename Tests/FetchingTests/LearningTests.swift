import Core
import FoundationEssentials
import Testing

@testable import Fetching

@Suite("A feed's rate") struct LearningTests {
  private let now = Date(timeIntervalSince1970: 1_700_000_000)
  private let day = 86_400.0

  @Test func `is seeded by the entries of the last two weeks, over the span they cover`() {
    let full = Recent([0, 1, 2, 3].map { now - $0 * day }, now: now)
    #expect((full.entries, full.days) == (4, 3))
    let old = Recent([1, 2, 20].map { now - $0 * day }, now: now)
    #expect((old.entries, old.days) == (2, 14))
    let ahead = Recent([now + 99 * day], now: now)
    #expect((ahead.entries, ahead.days) == (1, 1))
    #expect((Recent([], now: now).entries, Recent([], now: now).days) == (0, 14))
    var state = PollState(url: "http://x/")
    state.learn(Taken(new: 30, overlap: 0, entries: 30, recent: full), now)
    #expect((state.rateEntries, state.rateDays) == (4, 3))
  }

  @Test func `lets a feed hurry for a day when a whole window passed unseen`() {
    var state = PollState(url: "http://x/")
    (state.rateEntries, state.rateDays, state.rateAt, state.etag) = (1, 20, now, [1])
    let calm = NextDue.interval(state, Pace(), now: now)
    state.learn(Taken(new: 10, overlap: 0, entries: 10), now)
    #expect(state.hurryUntil == now + day)
    #expect(NextDue.interval(state, Pace(), now: now + 1) == 3600)
    #expect(calm > 20_000)
    #expect(NextDue.interval(state, Pace(), now: now + day + 1) > 3600)
  }

  /// RFC 3229: an answer of nothing but news has no known entry, and leaves nothing out.
  @Test func `A5: a part tells how many there are, and of no gap`() {
    let now = Date(timeIntervalSince1970: 1_700_000_000)
    var state = PollState(url: "http://x/")
    state.learn(Taken(new: 30, overlap: 0, entries: 30), now)
    let before = state
    var part = Taken(new: 2, overlap: 0, entries: 2)
    part.isPartial = true
    state.learn(part, now + 3_600)
    #expect((state.factor, state.hurryUntil, state.window) == (1, nil, 30))
    #expect(state.rateEntries > before.rateEntries)
  }

  @Test func `P11: stays within an operator's bounds, and those within politeness`() {
    var state = PollState(url: "http://x/")
    (state.rateEntries, state.rateDays, state.rateAt, state.etag) = (1, 20, now, [1])
    let hour = Duration.seconds(3600)
    #expect(NextDue.interval(state, Pace(longest: hour * 2), now: now) == 7200)
    #expect(NextDue.interval(state, Pace(longest: .seconds(60)), now: now) == 3600)
    #expect(NextDue.interval(state, Pace(shortest: hour * 20), now: now) == 72_000)
    let heavy = NextDue.interval(state, Pace(weight: 4), now: now)
    #expect(abs(heavy * 2 - NextDue.interval(state, Pace(), now: now)) < 1)
  }

  @Test func `P14: hours of rest put a regular poll off, but no order`() {
    for (every, isPutOff) in [(nil, true), (Duration.seconds(60), false)] {
      var random = Lottery(seed: 3)
      var state = PollState(url: "http://x/")
      let pace = Pace(every: every)
      state.claim(pace, now: now)
      let document = Document(body: [1], address: "http://x/", isFirst: false, hash: 1)
      // From 22:13 GMT on; open again at 5.
      let skip = SkipTimes(hours: [22, 23, 0, 1, 2, 3, 4], days: [])
      state.settle(
        Fetched(outcome: .document(document), status: 200, bytes: 1),
        .taken(Taken(new: 1, overlap: 0.9, entries: 60, skip: skip)), pace, now: now,
        using: &random)
      let hour = ((state.nextDue ?? now).timeIntervalSince1970 / 3600)
        .truncatingRemainder(dividingBy: 24)
      #expect((5..<22).contains(hour) == isPutOff)
    }
  }
}
