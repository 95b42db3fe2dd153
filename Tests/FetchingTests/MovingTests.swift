import Core
import FoundationEssentials
import Testing

@testable import Fetching

@Suite("A feed's address") struct MovingTests {
  private static let old = "http://old.example/feed"
  private let now = Date(timeIntervalSince1970: 1_700_000_000)

  private static let document = FetchOutcome.document(
    Document(body: [1], address: "http://x/", isFirst: false, hash: 7))

  /// Settles one poll a day for each target, and returns what became of the address each time.
  private func settle(
    _ state: inout PollState, _ targets: [String?], secondsApart: Double = 86_400
  ) -> [AddressChange?] {
    var random = Lottery(seed: 1)
    return targets.enumerated().map { index, target in
      let fetched = Fetched(outcome: Self.document, status: 200, bytes: 1, movedTo: target)
      let date = now + Double(index) * secondsApart
      return state.settle(fetched, .taken(new: 0, overlap: 1), Pace(), now: date, using: &random)
    }
  }

  private func fail(_ state: inout PollState, _ kind: FetchFailure.Kind) -> AddressChange? {
    var random = Lottery(seed: 1)
    let fetched = Fetched(outcome: .failed(FetchFailure(kind, "so")), status: nil, bytes: 0)
    return state.settle(fetched, .unchanged, Pace(), now: now, using: &random)
  }

  @Test func `P27: is left after five answers over a week`() {
    var state = PollState(url: Self.old)
    let new = "http://new.example/feed"
    let changes = settle(&state, Array(repeating: new, count: 9))
    #expect(changes[..<7].allSatisfy { $0 == nil })
    #expect(changes[7] == .moved(from: Self.old, to: new, answers: 8))
    #expect((state.adopted, state.movedTo, state.address) == (new, new, new))
  }

  @Test func `P27: is not left for many answers in a day, nor for four in a month`() {
    var hasty = PollState(url: Self.old)
    let new = Array(repeating: "http://new.example/feed" as String?, count: 90)
    #expect(settle(&hasty, new, secondsApart: 3600).allSatisfy { $0 == nil })
    var rare = PollState(url: Self.old)
    #expect(settle(&rare, Array(new[..<4]), secondsApart: 864_000).allSatisfy { $0 == nil })
  }

  @Test func `P27: is not left where answers do not agree`() {
    var state = PollState(url: Self.old)
    let new = "http://new.example/feed"
    let targets = [new, new, new, nil, new, new, new, "http://x.example/", new, new, new, new]
    #expect(settle(&state, targets, secondsApart: 200_000).allSatisfy { $0 == nil })
    #expect(state.address == Self.old)
  }

  @Test func `P27: is encrypted after two answers that only add that`() {
    var state = PollState(url: Self.old)
    let new = "https://old.example/feed"
    let changes = settle(&state, [new, new], secondsApart: 3600)
    #expect(changes == [nil, .moved(from: Self.old, to: new, answers: 2)])
  }

  @Test(arguments: [
    ("https://a.example/f", "http://a.example/f"),
    ("http://a.example/f", "http://b.example/login?next=f"),
    ("http://a.example/f", "http://b.example/SignIn"),
    ("http://a.example/f", "http://captive.example/portal/"),
  ]) func `P27, P28, R6: is never left for less security or a page that asks who we are`(
    old: String, new: String
  ) {
    var state = PollState(url: old)
    #expect(settle(&state, Array(repeating: new, count: 30)).allSatisfy { $0 == nil })
    #expect((state.adopted, state.movedTo) == (nil, nil))
  }

  @Test(arguments: [FetchFailure.Kind.notFound, .gone])
  func `P29: is looked for at once where it was seen to move, when the old one ends`(
    kind: FetchFailure.Kind
  ) {
    var state = PollState(url: Self.old)
    let new = "http://new.example/feed"
    _ = settle(&state, [new, new])
    #expect(fail(&state, kind) == nil)
    #expect((state.address, state.nextDue) == (new, now))
    #expect(settle(&state, [nil]) == [.moved(from: Self.old, to: new, answers: 1)])
    #expect((state.address, state.trial, state.failures) == (new, nil, 0))
  }

  @Test func `P29: is asked again where the new one ends too, without a loop`() {
    var state = PollState(url: Self.old)
    _ = settle(&state, ["http://new.example/feed"])
    _ = fail(&state, .notFound)
    _ = fail(&state, .notFound)
    #expect(state.address == Self.old)
    _ = fail(&state, .notFound)
    #expect(state.address == Self.old)
    #expect(state.nextDue ?? now > now + 3000)
  }

  @Test func `P30: is tried once by https when its port was closed three times`() {
    var state = PollState(url: Self.old)
    _ = fail(&state, .connect)
    _ = fail(&state, .connect)
    #expect(state.address == Self.old)
    _ = fail(&state, .connect)
    #expect(state.address == "https://old.example/feed")
    _ = fail(&state, .connect)
    #expect(state.address == Self.old)
    for _ in 0..<9 { _ = fail(&state, .connect) }
    #expect(state.address == Self.old)
  }

  @Test func `P30: is used by https from then on, if that is a feed`() {
    var state = PollState(url: Self.old)
    for _ in 0..<3 { _ = fail(&state, .connect) }
    let new = "https://old.example/feed"
    #expect(settle(&state, [nil]) == [.moved(from: Self.old, to: new, answers: 1)])
    #expect(state.address == new)
  }

  @Test(arguments: ["https://old.example/feed", "http://old.example:8080/feed"])
  func `P30: is not tried by https where it is already, or names a port`(url: String) {
    var state = PollState(url: url)
    for _ in 0..<3 { _ = fail(&state, .connect) }
    #expect(state.address == url)
  }

  @Test func `goes back to what the operator wrote when the new one fails three times`() {
    var state = PollState(url: Self.old)
    state.adopted = "http://new.example/feed"
    for _ in 0..<2 { _ = fail(&state, .timeout) }
    #expect(state.address == "http://new.example/feed")
    _ = fail(&state, .timeout)
    #expect(state.address == Self.old)
  }

  @Test func `P24: is given up after a second 410, which is told`() {
    var state = PollState(url: Self.old)
    #expect(fail(&state, .gone) == nil)
    state.goneAt = now - 90_000
    #expect(fail(&state, .gone) == .gone(answers: 2))
  }
}
