import Core

extension Turn {
  /// Counts an article in a window.
  mutating func count(
    _ rule: Rule, _ frequency: RuleKind.Frequency, _ key: GroupKey, _ state: inout GroupState,
    _ sighting: Sighting
  ) throws {
    state.take(sighting.item)
    try weigh(rule, frequency, key, &state, sighting)
  }

  /// Looks at the window as it is now: whether the condition holds, goes on, or is over.
  mutating func weigh(
    _ rule: Rule, _ frequency: RuleKind.Frequency, _ key: GroupKey, _ state: inout GroupState,
    _ sighting: Sighting? = nil
  ) throws {
    state.drop(until: now - frequency.within.seconds)
    if state.items.isEmpty { state.isSaturated = false }
    let count = state.count(frequency)
    guard count >= frequency.atLeast else {
      state.since = nil
      return try fall(rule, frequency, key, &state, count)
    }
    state.below = nil
    let since = state.since ?? now
    state.since = since
    if state.alert != nil {
      guard let sighting else { return }
      return try goOn(rule, frequency, key, &state, count, sighting)
    }
    guard now >= since + frequency.lasting.seconds else { return }
    guard sighting != nil || state.retryAt.map({ now >= $0 }) ?? true else { return }
    _ = try open(rule, key, &state, telling(rule, frequency, state, count, sighting))
  }

  /// A further article of an open alert.
  private mutating func goOn(
    _ rule: Rule, _ frequency: RuleKind.Frequency, _ key: GroupKey, _ state: inout GroupState,
    _ count: Int, _ sighting: Sighting
  ) throws {
    try joins(rule, key, &state, sighting)
    state.held[.sameGroup] += 1
    // What a line would say is made only where one may be due.
    guard !rule.updateAt.isEmpty else { return }
    let telling = telling(rule, frequency, state, count, sighting)
    try grow(rule, key, &state, telling.because("grown"), sources: state.items.count(.sources))
  }

  private mutating func fall(
    _ rule: Rule, _ frequency: RuleKind.Frequency, _ key: GroupKey, _ state: inout GroupState,
    _ count: Int
  ) throws {
    state.retryAt = nil
    guard state.alert != nil, Double(count) < 0.8 * Double(frequency.atLeast) else {
      state.below = nil
      return
    }
    let below = state.below ?? now
    state.below = below
    guard now >= below + (rule.resolveAfter ?? frequency.within).seconds else { return }
    try resolve(
      rule, key, &state, telling(rule, frequency, state, count, nil).because("quiet"))
  }

  private func telling(
    _ rule: Rule, _ frequency: RuleKind.Frequency, _ state: GroupState, _ count: Int,
    _ sighting: Sighting?
  ) -> Telling {
    var telling = sighting.map { Telling(reason: "count", $0, rules) } ?? Telling(reason: "count")
    let window = DurationText.text(frequency.within)
    telling.why.append(
      Alert.Clause(
        clause: "\(count) of \(frequency.atLeast) \(frequency.count.rawValue) within \(window)",
        via: rule.kind.name))
    telling.measure = Alert.Measure(
      value: Double(count), threshold: Double(frequency.atLeast), window: window)
    telling.count(state.items, frequency.count, isSaturated: state.isSaturated)
    return telling
  }
}

extension Telling {
  /// The same for another reason.
  func because(_ reason: String) -> Telling {
    var telling = self
    telling.reason = reason
    return telling
  }
}

extension GroupState {
  /// What a window holds; as many as there are articles, where even that is too few.
  fileprivate func count(_ frequency: RuleKind.Frequency) -> Int {
    let isFew = alert == nil && items.count < frequency.atLeast && frequency.count != .entities
    return isFew ? items.count : items.count(frequency.count)
  }

  /// Forgets the articles of a time or before.
  mutating func drop(until time: Double) {
    // They stand in order, and mostly there is none.
    guard let first = items.first, first.at <= time else { return }
    items.removeAll { $0.at <= time }
  }

  /// Counts an article; of too many the oldest goes.
  mutating func take(_ item: Item) {
    items.append(item)
    guard items.count > Limits.items else { return }
    items.removeFirst()
    isSaturated = true
  }
}
