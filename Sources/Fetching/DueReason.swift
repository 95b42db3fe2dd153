public import Core
public import FoundationEssentials

/// When a feed is asked next, and why then: for people.
public struct DueReason: Hashable, Sendable {
  /// When; `nil` for a feed that is polled no more, or was never polled and goes at once.
  public var date: Date?

  /// One clause.
  public var words: String

  /// Explains the due time of `state` on a site that is left alone until `sitePause`.
  public init(_ state: PollState, _ pace: Pace, sitePause: Date?, now: Date) {
    date = state.nextDue
    words = Self.words(state, pace, now)
    if state.isGone { date = nil }
    guard let date, let sitePause, sitePause > max(date, now) else { return }
    self.date = sitePause
    words = "its site asked to be left alone"
  }

  private static func words(_ state: PollState, _ pace: Pace, _ now: Date) -> String {
    guard !state.isGone else { return "polled no more: its publisher ended it" }
    guard let due = state.nextDue else { return "never polled yet" }
    if state.trial != nil { return "tried at another address" }
    let isHint = state.hintUntil.map { abs($0.timeIntervalSince(due)) < 1 } ?? false
    if state.failures > 0 {
      if isHint { return "its publisher asked for that long (Retry-After)" }
      if state.isDead(now) { return "a month without an answer: once a week" }
      let count = state.failures == 1 ? "one failure" : "\(state.failures) failures"
      return "waits after \(count)"
    }
    if isHint { return "fresh until then, as its publisher says" }
    if let every = pace.every { return "every \(DurationText.text(every)), as ordered" }
    if let skip = state.skip, skip.next(from: due - 1) > due - 1 {
      return "its publisher's hours of rest end then"
    }
    return scheduled(state, pace, due)
  }

  private static func scheduled(_ state: PollState, _ pace: Pace, _ due: Date) -> String {
    let bounds = NextDue.bounds(state, pace)
    let interval = due.timeIntervalSince(state.lastAttempt ?? due)
    if let hurry = state.hurryUntil, hurry > due - interval {
      return "as often as politeness allows, since entries were missed"
    }
    if interval <= bounds.lowerBound * 1.1 { return "as often as politeness allows" }
    if interval >= bounds.upperBound * 0.9 {
      return pace.isBackup ? "a backup, since a hub tells of its news" : "as rarely as any feed"
    }
    return "its share of the polls"
  }
}

extension PollState {
  /// What an operator may want to change, as a clause each.
  public func notes(_ pace: Pace) -> [String] {
    var notes: [String] = []
    if let adopted { notes.append("moved to \(adopted); put that into the configuration") }
    if adopted == nil, let movedTo, movedCount > 1 {
      notes.append("seems to move to \(movedTo) (\(movedCount) answers)")
    }
    if NextDue.isWindowShort(self, pace) {
      notes.append("its window is shorter than politeness allows; set `every:`")
    }
    return notes
  }
}
