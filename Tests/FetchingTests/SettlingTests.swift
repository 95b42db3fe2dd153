import Core
import FoundationEssentials
import Testing

@testable import Fetching

@Suite("A poll's settlement") struct SettlingTests {
  private let now = Date(timeIntervalSince1970: 1_700_000_000)

  private func settled(
    _ outcome: FetchOutcome, _ verdict: Verdict = .unchanged, every: Duration? = nil,
    from before: PollState = PollState(url: "http://x/"), seed: UInt64 = 1
  ) -> PollState {
    var random = Lottery(seed: seed)
    var state = before
    state.claim(Pace(every: every), now: now)
    state.settle(
      Fetched(outcome: outcome, status: 200, bytes: 100), verdict, Pace(every: every), now: now,
      using: &random)
    return state
  }

  private func wait(_ state: PollState) -> Double {
    state.nextDue.map { $0.timeIntervalSince(now) } ?? -1
  }

  private func document(freshness: Duration? = nil, etag: String? = "\"a\"") -> FetchOutcome {
    .document(
      Document(
        body: [1], status: 200, address: "http://x/y",
        validators: Validators(etag: etag.map { Array($0.utf8) }), freshness: freshness,
        isFirst: false, hash: 7))
  }

  private func failure(_ kind: FetchFailure.Kind, _ retry: Duration? = nil) -> FetchOutcome {
    .failed(FetchFailure(kind, "so it is", retryAfter: retry))
  }

  @Test func `P5: a success stores what the answer gave`() {
    let state = settled(document(), .taken(Taken(new: 3, overlap: 0, entries: 30)))
    #expect(state.etag == Array("\"a\"".utf8))
    #expect(state.finalURL == "http://x/y")
    #expect(state.bodyHash == 7)
    #expect(state.window == 30)
    #expect(state.lastSuccess == now)
    #expect((state.polls, state.bytes, state.failures) == (1, 100, 0))
  }

  @Test func `V11: a newer document without validators drops the old ones`() {
    var before = PollState(url: "http://x/")
    (before.etag, before.lastModified) = ([1], [2])
    let state = settled(document(etag: nil), .taken(new: 0, overlap: 1), from: before)
    #expect(state.etag == nil)
    #expect(state.lastModified == nil)
  }

  @Test func `P22: a document that is no feed changes no validator`() {
    var before = PollState(url: "http://x/")
    (before.etag, before.bodyHash) = ([1], 5)
    let state = settled(document(), .notAFeed("<html>"), from: before)
    #expect(state.etag == [1])
    #expect(state.bodyHash == 5)
    #expect(state.lastFailure == "notAFeed")
    #expect(state.lastFailureMessage == "not a feed: <html>")
    #expect(state.failures == 1)
    #expect(state.failingSince == now)
  }

  @Test func `P11: an order replaces floor and formula, but not freshness`() {
    #expect((1.8...2.2).contains(wait(settled(document(), every: .seconds(2)))))
    let fresh = settled(document(freshness: .seconds(3600)), every: .seconds(2))
    #expect((3600...3960).contains(wait(fresh)))
  }

  @Test func `P11: without an order nobody is asked more than hourly`() {
    var fast = PollState(url: "http://x/")
    (fast.rateEntries, fast.rateDays, fast.rateAt) = (5000, 14, now)
    let taken = Verdict.taken(Taken(new: 50, overlap: 0.5, entries: 1000))
    #expect((3240...3960).contains(wait(settled(document(), taken, from: fast))))
    let stated = settled(document(freshness: .seconds(60)), taken, from: fast)
    #expect((810...1584).contains(wait(stated)))
  }

  @Test func `slow feeds are asked daily at the latest`() {
    var slow = PollState(url: "http://x/")
    (slow.rateEntries, slow.rateDays, slow.rateAt) = (0, 300, now)
    let state = settled(document(), .taken(Taken(new: 0, overlap: 1, entries: 10)), from: slow)
    #expect((77_760...95_040).contains(wait(state)))
  }

  @Test(arguments: [
    (FetchFailure.Kind.dns, 300.0, 900.0), (.connect, 300, 900), (.timeout, 300, 900),
    (.truncated, 300, 900), (.refusedAddress, 3600, 10_800), (.tls, 3600, 10_800),
    (.notAFeed, 3600, 10_800), (.unreadable, 3600, 10_800), (.empty, 3600, 10_800),
    (.protocol, 3600, 10_800), (.redirect, 3600, 10_800), (.serverError, 3600, 10_800),
    (.client, 86_400, 95_040), (.unauthorised, 86_400, 95_040), (.gone, 86_400, 95_040),
    (.blocked, 14_400, 15_840), (.notFound, 3600, 3960), (.rateLimited, 600, 660),
  ]) func `P20: a first failure waits by its kind`(
    kind: FetchFailure.Kind, low: Double, high: Double
  ) {
    for seed in 1...50 {
      let seconds = wait(settled(failure(kind), seed: UInt64(seed)))
      #expect(low <= seconds && seconds <= high, "seed \(seed)")
    }
  }

  @Test(arguments: [
    (FetchFailure.Kind.dns, 86_400.0), (.serverError, 86_400), (.rateLimited, 86_400),
    (.notFound, 604_800), (.client, 604_800),
  ]) func `P20: waits grow to a bound and never past it`(
    kind: FetchFailure.Kind, longest: Double
  ) {
    var state = PollState(url: "http://x/")
    var longestSeen = 0.0
    for round in 1...60 {
      state = settled(failure(kind), from: state, seed: UInt64(round))
      longestSeen = max(longestSeen, wait(state))
      #expect(wait(state) <= longest)
    }
    #expect(longestSeen > longest * 0.6)
    #expect(state.failures == 60)
    let healed = settled(document(), .taken(new: 0, overlap: 1), from: state)
    #expect((healed.failures, healed.wait) == (0, nil))
  }

  @Test func `P20: failures of changing kinds grow as those of one kind, until a success`() {
    var longest = 0.0
    for seed in 1...20 {
      var state = PollState(url: "http://x/")
      for round in 1...60 {
        let kind = [FetchFailure.Kind.timeout, .reset, .serverError][round % 3]
        state = settled(failure(kind), from: state, seed: UInt64(seed * 100 + round))
      }
      longest = max(longest, wait(state))
    }
    #expect(longest > 43_200)
  }

  @Test func `P20: a wait that doubles begins anew after a failure of another kind`() {
    var state = PollState(url: "http://x/")
    for _ in 1...4 { state = settled(failure(.client), from: state) }
    let limited = settled(failure(.rateLimited), from: state)
    #expect((600...660).contains(wait(limited)))
    #expect((300...900).contains(wait(settled(failure(.dns), from: limited))))
  }

  @Test func `P14: what a document asks for is never undercut, and an order replaces it`() {
    for seed in 1...50 {
      let asked = Verdict.taken(
        Taken(new: 0, overlap: 1, entries: 10, interval: .seconds(43_200)))
      let state = settled(document(), asked, seed: UInt64(seed))
      #expect((43_200...47_520).contains(wait(state)), "seed \(seed)")
      #expect((54...66).contains(wait(settled(document(), asked, every: .seconds(60)))))
    }
  }

  @Test(arguments: [Duration.zero, .seconds(-60)])
  func `P14: a document that asks for nothing lowers no floor`(interval: Duration) {
    var fast = PollState(url: "http://x/")
    (fast.rateEntries, fast.rateDays, fast.rateAt) = (5000, 14, now)
    let taken = Verdict.taken(Taken(new: 50, overlap: 0.5, entries: 1000, interval: interval))
    #expect((3240...3960).contains(wait(settled(document(), taken, from: fast))))
  }

  @Test func `P18: Retry-After is a lower bound`() {
    let state = settled(failure(.serverError, .seconds(200_000)))
    #expect((200_000...220_000).contains(wait(state)))
  }

  @Test func `P19: after a month without success once a week will do`() {
    var before = PollState(url: "http://x/")
    before.failingSince = now - 31 * 86_400
    #expect(wait(settled(failure(.dns), from: before)) == 604_800)
  }

  @Test func `P24: a second 410, a day later, ends the polling`() {
    let once = settled(failure(.gone))
    #expect(!once.isGone)
    #expect(!settled(failure(.gone), from: once).isGone)
    var later = once
    later.goneAt = now - 86_400
    #expect(settled(failure(.gone), from: later).isGone)
    #expect(settled(failure(.notFound), from: later).goneAt == nil)
  }

  @Test func `P12: a claim alone already keeps the distance`() {
    var state = PollState(url: "http://x/")
    state.claim(Pace(), now: now)
    #expect(state.lastAttempt == now)
    #expect(wait(state) >= 3600)
    state.claim(Pace(every: .seconds(5)), now: now)
    #expect(wait(state) == 5)
  }

  @Test func `turned-over documents are asked for sooner, calm ones later again`() {
    var before = PollState(url: "http://x/")
    (before.rateEntries, before.rateDays, before.rateAt) = (1, 14, now)
    let hectic = settled(document(), .taken(Taken(new: 9, overlap: 0.1, entries: 10)), from: before)
    #expect(hectic.factor == 0.5)
    let calm = settled(document(), .taken(Taken(new: 0, overlap: 1, entries: 10)), from: hectic)
    #expect(calm.factor == 0.625)
  }

  @Test(arguments: FetchFailure.Kind.allCases)
  func `P5: no failure touches what was recorded`(kind: FetchFailure.Kind) {
    var before = PollState(url: "http://x/")
    (before.etag, before.lastModified, before.bodyHash) = ([1], [2], 3)
    (before.finalURL, before.window, before.rateEntries) = ("http://x/y", 4, 5)
    (before.lastSuccess, before.movedTo, before.movedCount) = (now - 60, "http://z/", 2)
    let state = settled(failure(kind), from: before)
    #expect((state.etag, state.lastModified, state.bodyHash) == ([1], [2], 3))
    #expect((state.finalURL, state.window, state.rateEntries) == ("http://x/y", 4, 5))
    #expect((state.lastSuccess, state.movedTo, state.movedCount) == (now - 60, "http://z/", 2))
    #expect(state.lastFailure == kind.rawValue)
    #expect(state.lastFailureMessage == "so it is")
    // A feed that was seen to move is looked for there at once (P29).
    #expect(kind == .notFound || kind == .gone ? wait(state) == 0 : wait(state) >= 300)
  }

  @Test func `P4: a 304 keeps the hash, counts, and ends a run of failures`() {
    var before = PollState(url: "http://x/")
    (before.bodyHash, before.failures, before.failingSince) = (3, 2, now - 60)
    (before.lastFailure, before.wait, before.goneAt) = ("gone", .seconds(60), now - 60)
    before.hintUntil = now
    let answer = NotModified(address: "http://x/y", validators: Validators(etag: [1]))
    let state = settled(.notModified(answer), from: before)
    #expect((state.bodyHash, state.etag, state.finalURL) == (3, [1], "http://x/y"))
    #expect((state.notModified, state.notModifiedStreak, state.polls) == (1, 1, 1))
    #expect((state.failures, state.lastFailure, state.wait) == (0, nil, nil))
    #expect((state.failingSince, state.goneAt, state.hintUntil) == (nil, nil, nil))
    let again = settled(.notModified(answer), from: state)
    #expect((again.notModified, again.notModifiedStreak) == (2, 2))
    let known = NotModified(status: 200, address: "http://x/y")
    let same = settled(.notModified(known), from: again)
    #expect((same.notModified, same.notModifiedStreak, same.etag) == (2, 0, nil))
  }

  @Test func `P27: counts polls that agree on a move, and forgets it at the first that does not`() {
    var random = Lottery(seed: 1)
    var state = PollState(url: "http://x/")
    for (target, count) in [("http://y/", 1), ("http://y/", 2), ("http://z/", 1), (nil, 0)] {
      let fetched = Fetched(outcome: document(), status: 200, bytes: 1, movedTo: target)
      state.settle(fetched, .taken(new: 0, overlap: 1), Pace(), now: now, using: &random)
      #expect((state.movedTo, state.movedCount) == (target, count))
      #expect(state.movedSince == (target == nil ? nil : now))
    }
  }

  @Test func `the first document seeds the rate, later ones move it`() {
    let first = settled(document(), .taken(Taken(new: 14, overlap: 0, entries: 14)))
    #expect((first.rateEntries, first.rateDays, first.rateAt) == (14, 7, now))
    var week = first
    week.rateAt = now - 14 * 86_400
    let later = settled(document(), .taken(Taken(new: 3, overlap: 1, entries: 14)), from: week)
    #expect((later.rateEntries, later.rateDays) == (10, 17.5))
  }

  @Test func `P17: a 429 pauses the site as long as the feed, but a day unless it says more`() {
    let limited = settled(failure(.rateLimited))
    #expect(limited.sitePause == limited.nextDue)
    let asked = settled(failure(.rateLimited, .seconds(400_000)))
    #expect(asked.sitePause == asked.nextDue)
    #expect((400_000...440_000).contains(wait(asked)))
    var dead = PollState(url: "http://x/")
    dead.failingSince = now - 31 * 86_400
    let refused = settled(failure(.rateLimited), from: dead)
    #expect(wait(refused) == 604_800)
    #expect(refused.sitePause == now + 86_400)
    #expect(settled(failure(.serverError, .seconds(120))).sitePause == nil)
    #expect(settled(document(), .taken(new: 0, overlap: 1), from: limited).sitePause == nil)
  }
}
