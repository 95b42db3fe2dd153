import Core
import FoundationEssentials
import Testing

@testable import Fetching

@Suite("A server that always answers 304") struct RescueTests {
  private let start = Date(timeIntervalSince1970: 1_700_000_000)
  private let day = 86_400.0

  /// A feed of two entries a day whose document was taken at the start, and 304s since.
  private func state(streak: Int = 100) -> PollState {
    var random = Lottery(seed: 1)
    var state = PollState(url: "http://x/")
    let document = Document(
      body: [1], address: "http://x/", validators: Validators(etag: [1]), isFirst: true, hash: 7)
    (state.rateEntries, state.rateDays, state.rateAt) = (41, 14, start)
    state.settle(
      Fetched(outcome: .document(document), status: 200, bytes: 1), .taken(new: 0, overlap: 1),
      Pace(), now: start, using: &random)
    state.notModifiedStreak = streak
    return state
  }

  @Test func `P8, V9: is asked in full once, after two weeks and twenty expected entries`() {
    let state = state()
    #expect(state.asking(isSiteLimited: false, now: start + 13.9 * day).etag == [1])
    let asked = state.asking(isSiteLimited: false, now: start + 14.1 * day)
    #expect((asked.etag, asked.lastModified, asked.bodyHash) == (nil, nil, 7))
    var after = state
    after.noteRescue(now: start + 14.1 * day)
    #expect(after.asking(isSiteLimited: false, now: start + 28 * day).etag == [1])
    #expect(after.asking(isSiteLimited: false, now: start + 28.2 * day).etag == nil)
  }

  @Test func `P8: is waited for as long as twenty entries take`() {
    var random = Lottery(seed: 1)
    var quiet = PollState(url: "http://x/")
    (quiet.rateEntries, quiet.rateDays, quiet.rateAt) = (1, 13, start)
    let document = Document(
      body: [1], address: "http://x/", validators: Validators(etag: [1]), isFirst: true, hash: 7)
    quiet.settle(
      Fetched(outcome: .document(document), status: 200, bytes: 1), .taken(new: 0, overlap: 1),
      Pace(), now: start, using: &random)
    quiet.notModifiedStreak = 9
    #expect(quiet.asking(isSiteLimited: false, now: start + 199 * day).etag == [1])
    #expect(quiet.asking(isSiteLimited: false, now: start + 201 * day).etag == nil)
  }

  @Test func `P8: is never asked in full where the site limits requests or says how long to wait`()
  {
    var state = state()
    #expect(state.asking(isSiteLimited: true, now: start + 99 * day).etag == [1])
    state.statesFreshness = true
    #expect(state.asking(isSiteLimited: false, now: start + 99 * day).etag == [1])
  }

  @Test func `P8: is not suspected while documents come`() {
    #expect(state(streak: 0).asking(isSiteLimited: false, now: start + 99 * day).etag == [1])
  }
}
