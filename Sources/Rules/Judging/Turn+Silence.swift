import Core
import FoundationEssentials

extension Turn {
  /// A match, or something new of a feed: what was silent speaks.
  mutating func hear(
    _ rule: Rule, _ quiet: RuleKind.Quiet, _ key: GroupKey, _ state: inout GroupState,
    _ sighting: Sighting? = nil
  ) throws {
    if quiet.within == nil, let last = state.last {
      let gap = try now - last - store.clock.gaps.covering(from: last, to: now)
      state.gaps = (state.gaps + [gap]).suffix(Limits.gaps)
    }
    state.last = now
    state.lookAt = nil
    state.retryAt = nil
    state.pauses.removeAll { $0.to != nil }
    guard state.alert != nil else { return }
    var telling = sighting.map { Telling(reason: "new", $0, rules) } ?? Telling(reason: "new")
    telling.pool = nil
    try resolve(rule, key, &state, telling)
  }

  /// Looks whether a silence has been long enough.
  mutating func listen(
    _ rule: Rule, _ quiet: RuleKind.Quiet, _ key: GroupKey, _ state: inout GroupState
  ) throws {
    guard let last = state.last else { return }
    if let forget = quiet.forgetAfter, now >= last + forget.seconds {
      try close(rule, key, &state)
      state = GroupState()
      return
    }
    guard state.alert == nil, let limit = state.limit(quiet),
      state.retryAt.map({ now >= $0 }) ?? true
    else { return }
    let pauses = try pauses(rule, quiet, state)
    guard let later = Self.later(pauses, from: last, now, limit) else {
      state.lookAt = nil
      var telling = Telling(reason: "silence")
      telling.measure = Alert.Measure(value: (now - last).rounded(), threshold: limit.rounded())
      let text = DurationText.text(.seconds(Int64(limit)))
      telling.why = [
        Alert.Clause(
          clause:
            "nothing since \(Timestamp.text(Date(timeIntervalSince1970: last))), over \(text)",
          via: rule.kind.name)
      ]
      _ = try open(rule, key, &state, telling)
      return
    }
    state.lookAt = later
  }

  /// When to look again at what began at `start` and takes `limit` seconds that count; nil where they are over.
  static func later(
    _ pauses: [GroupState.Pause], from start: Double, _ now: Double, _ limit: Double
  ) -> Double? {
    let counted = now - start - pauses.covering(from: start, to: now)
    guard counted + 1e-6 < limit else { return nil }
    // While time stands still it may go on at any moment; a minute late is soon enough.
    let isPaused = pauses.contains { $0.to == nil }
    return now + max(limit - counted, isPaused ? 60 : 0.001)
  }

  private func pauses(
    _ rule: Rule, _ quiet: RuleKind.Quiet, _ state: GroupState
  ) throws -> [GroupState.Pause] {
    guard quiet.healthy > 0 else { return try store.clock.gaps }
    let own = quiet.of == .feed ? state.pauses : try store.memory(rule.id).pauses
    return try store.clock.gaps + store.clock.outages + own
  }

  // MARK: Feeds

  private static func key(_ rule: Rule, _ feed: Feed.ID) -> GroupKey {
    GroupKey(
      rule: rule.id, group: JSONWriter.canonical([Grouping.feed.rawValue: feed.rawValue]))
  }

  /// A feed brought something new.
  mutating func hear(of feed: Feed.ID) throws {
    try eachWatcher(of: feed) { turn, rule, quiet, key, state in
      try turn.hear(rule, quiet, key, &state)
    }
  }

  /// A feed fails: for those who ask its time does not count.
  mutating func pause(_ feed: Feed.ID) throws {
    try eachWatcher(of: feed) { turn, _, _, _, state in
      if state.last != nil { state.pauses.begin(at: turn.now) }
    }
    try weighHealth()
  }

  mutating func resume(_ feed: Feed.ID) throws {
    try eachWatcher(of: feed) { turn, _, _, _, state in state.pauses.end(at: turn.now) }
    try weighHealth()
  }

  /// A feed is followed no more: its silence means nothing.
  mutating func drop(_ feed: Feed.ID) throws {
    try eachWatcher(of: feed) { turn, rule, _, key, state in
      try turn.resolve(rule, key, &state, Telling(reason: "withdrawn"))
      state = GroupState()
    }
    try weighHealth()
  }

  private mutating func eachWatcher(
    of feed: Feed.ID,
    _ body: (inout Turn, Rule, RuleKind.Quiet, GroupKey, inout GroupState) throws -> Void
  ) throws {
    for rule in engine.feedWatchers where judges(rule) {
      guard case .silence(let quiet) = rule.kind else { continue }
      let key = Self.key(rule, feed)
      try change(rule, key) { turn, state in try body(&turn, rule, quiet, key, &state) }
    }
  }

  /// Notes for each rule that asks whether enough feeds answer.
  mutating func weighHealth() throws {
    guard !engine.watchers.isEmpty else { return }
    let coverage = try store.coverage(at: now)
    let share = coverage.feeds == 0 ? 1 : Double(coverage.feedsOK) / Double(coverage.feeds)
    let time = now
    for (id, healthy) in engine.watchers {
      guard let rule = engine.ruled[id] else { continue }
      try remember(rule) { memory in
        if share < healthy { memory.pauses.begin(at: time) } else { memory.pauses.end(at: time) }
      }
    }
  }
}
