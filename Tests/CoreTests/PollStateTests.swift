import Core
import FoundationEssentials
import Testing

@Suite("A poll state") struct PollStateTests {
  /// Ten thousand are in memory.
  @Test func `is small, for what few feeds have stands apart`() {
    #expect(MemoryLayout<PollState>.size <= 288)
  }

  @Test func `is equal to one that never had a trouble once that is over`() {
    let fresh = PollState(url: "https://n.example/feed")
    var state = fresh
    (state.wait, state.failingSince, state.lastFailure) = (.seconds(1), .distantPast, "dns")
    (state.lastFailureMessage, state.movedTo, state.movedCount) = ("no", "https://m.example/", 2)
    state.isGone = true
    #expect(state != fresh && state.isGone && state.movedCount == 2)
    (state.wait, state.failingSince, state.lastFailure) = (nil, nil, nil)
    (state.lastFailureMessage, state.movedTo, state.movedCount) = (nil, nil, 0)
    state.isGone = false
    #expect(state == fresh && state.hashValue == fresh.hashValue)
  }
}
