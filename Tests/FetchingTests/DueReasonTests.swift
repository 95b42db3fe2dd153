import Core
import Fetching
import FoundationEssentials
import Testing

@Suite("The reason of a due time") struct DueReasonTests {
  private let now = Date(timeIntervalSince1970: 1_700_000_000)

  private func words(
    _ pace: Pace = Pace(), sitePause: Date? = nil, _ change: (inout PollState) -> Void
  ) -> String {
    var state = PollState(url: "http://x/")
    (state.lastAttempt, state.nextDue, state.etag) = (now, now + 7200, [1])
    change(&state)
    return DueReason(state, pace, sitePause: sitePause, now: now).words
  }

  @Test func `is told in words`() {
    #expect(words { _ in } == "its share of the polls")
    #expect(words { $0.nextDue = now + 3600 } == "as often as politeness allows")
    #expect(words { $0.nextDue = now + 86_000 } == "as rarely as any feed")
    #expect(words { $0.nextDue = nil } == "never polled yet")
    #expect(words { $0.isGone = true } == "polled no more: its publisher ended it")
    #expect(words { $0.hintUntil = now + 7200 } == "fresh until then, as its publisher says")
    #expect(words(Pace(every: .seconds(7200))) { _ in } == "every 2h, as ordered")
    #expect(words { $0.failures = 1 } == "waits after one failure")
    #expect(words { $0.failures = 4 } == "waits after 4 failures")
    #expect(words { $0.trial = "http://y/" } == "tried at another address")
    #expect(
      words {
        $0.failures = 2
        $0.hintUntil = now + 7200
      } == "its publisher asked for that long (Retry-After)")
    #expect(
      words {
        $0.failures = 90
        $0.failingSince = now - 40 * 86_400
      } == "a month without an answer: once a week")
    #expect(
      words { $0.hurryUntil = now + 60 }
        == "as often as politeness allows, since entries were missed")
    #expect(
      words {
        // 22:13 GMT; the hour of rest ends at 23:00.
        $0.skip = SkipTimes(hours: [22], days: [])
        $0.nextDue = now + 2800
      } == "its publisher's hours of rest end then")
  }

  @Test func `is the site's where that waits longer`() {
    var state = PollState(url: "http://x/")
    state.nextDue = now + 60
    let later = DueReason(state, Pace(), sitePause: now + 600, now: now)
    #expect((later.date, later.words) == (now + 600, "its site asked to be left alone"))
    #expect(DueReason(state, Pace(), sitePause: now + 30, now: now).date == now + 60)
  }

  @Test func `goes with what an operator may change`() {
    var state = PollState(url: "http://x/")
    (state.rateEntries, state.rateDays, state.window) = (5000, 14, 10)
    state.adopted = "http://y/"
    #expect(
      state.notes(Pace()) == [
        "moved to http://y/; put that into the configuration",
        "its window is shorter than politeness allows; set `every:`",
      ])
    #expect(state.notes(Pace(every: .seconds(60))).count == 1)
    (state.adopted, state.movedTo, state.movedCount) = (nil, "http://z/", 3)
    #expect(state.notes(Pace())[0] == "seems to move to http://z/ (3 answers)")
  }
}
