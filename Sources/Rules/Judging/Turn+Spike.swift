import Core

extension Turn {
  /// Counts an article in a window and in its hour.
  mutating func count(
    _ rule: Rule, _ spike: RuleKind.Spike, _ key: GroupKey, _ state: inout GroupState,
    _ sighting: Sighting
  ) throws {
    let hour = rules.zone.hour(at: now)
    let start = rules.zone.start(ofHour: hour)
    let sameHour = state.items.reversed().prefix { $0.at >= start }
    state.add(sighting.item.count(spike.count, beside: sameHour), to: hour)
    state.take(sighting.item)
    try weigh(rule, spike, key, &state, sighting)
  }

  /// Looks at the window as it is now.
  mutating func weigh(
    _ rule: Rule, _ spike: RuleKind.Spike, _ key: GroupKey, _ state: inout GroupState,
    _ sighting: Sighting? = nil
  ) throws {
    state.drop(until: now - spike.window.seconds)
    let oldest = rules.zone.hour(at: now - spike.baseline.seconds) - 1
    if let first = state.hours.first, first.hour < oldest {
      state.hours.removeAll { $0.hour < oldest }
    }
    let start = try store.memory(rule.id).start
    let count = state.items.count(spike.count)
    // What is usual is asked only where it matters: it is looked up for each week of the baseline.
    let mayFire = count >= spike.minCurrent && now >= start + spike.warmup.seconds
    guard state.alert != nil || mayFire else {
      (state.since, state.retryAt) = (nil, nil)
      return
    }
    let reading = SpikeReading(count: count, usual: try usual(spike, state, start))
    guard state.alert != nil else {
      return try rise(rule, spike, key, &state, reading, sighting)
    }
    if let sighting {
      try joins(rule, key, &state, sighting)
      state.held[.sameGroup] += 1
    }
    try sink(rule, spike, key, &state, reading)
  }

  private mutating func rise(
    _ rule: Rule, _ spike: RuleKind.Spike, _ key: GroupKey, _ state: inout GroupState,
    _ reading: SpikeReading, _ sighting: Sighting?
  ) throws {
    guard reading.isHigh(spike), state.items.count(.sources) >= 2 else {
      (state.since, state.retryAt) = (nil, nil)
      return
    }
    state.since = state.since ?? now
    guard sighting != nil || state.retryAt.map({ now >= $0 }) ?? true else { return }
    _ = try open(rule, key, &state, telling(rule, spike, state, reading, sighting))
  }

  /// It is over when there was less than half of what it takes for one window.
  private mutating func sink(
    _ rule: Rule, _ spike: RuleKind.Spike, _ key: GroupKey, _ state: inout GroupState,
    _ reading: SpikeReading
  ) throws {
    guard reading.count == 0 || Double(reading.count) < reading.threshold(spike) / 2 else {
      state.below = nil
      return
    }
    let below = state.below ?? now
    state.below = below
    guard now >= below + spike.window.seconds else { return }
    state.since = nil
    try resolve(
      rule, key, &state, telling(rule, spike, state, reading, nil).because("quiet"))
  }

  private func telling(
    _ rule: Rule, _ spike: RuleKind.Spike, _ state: GroupState, _ reading: SpikeReading,
    _ sighting: Sighting?
  ) -> Telling {
    var telling = sighting.map { Telling(reason: "spike", $0, rules) } ?? Telling(reason: "spike")
    telling.count(state.items, spike.count, isSaturated: state.isSaturated)
    telling.measure = Alert.Measure(
      value: Double(reading.count), threshold: reading.threshold(spike),
      window: DurationText.text(spike.window), baseline: reading.usual)
    telling.why.append(
      Alert.Clause(
        clause: "\(reading.count) \(spike.count.rawValue), usually \(Self.short(reading.usual))",
        via: rule.kind.name))
    return telling
  }

  /// What is usual in a window: the mean of this hour of the week, or of the last day while too few are known.
  func usual(
    _ spike: RuleKind.Spike, _ state: GroupState, _ start: Double
  ) throws -> Double {
    let hour = rules.zone.hour(at: now)
    let gaps = try store.clock.gaps
    let weeks = Int(spike.baseline.seconds / (7 * 86_400))
    let same = (weeks > 0 ? Array(1...weeks) : []).map { hour - 168 * $0 }
      .filter { isKnown($0, start, gaps) }
    let hours =
      same.count >= 3 ? same : (1...24).map { hour - $0 }.filter { isKnown($0, start, gaps) }
    let sum = hours.reduce(0) { sum, hour in
      sum + state.count(ofHour: hour)
    }
    let mean = hours.isEmpty ? 0 : Double(sum) / Double(hours.count)
    return max(spike.minBaseline, mean) * spike.window.seconds / 3_600
  }

  /// A number for people, with one decimal where it has one.
  static func short(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
  }

  /// Whether an hour was seen for 45 minutes at least; without that it is missing, not empty.
  private func isKnown(_ hour: Int, _ start: Double, _ gaps: [GroupState.Pause]) -> Bool {
    let begin = rules.zone.start(ofHour: hour)
    let seen = begin + 3_600 - max(begin, start)
    return seen - gaps.covering(from: begin, to: begin + 3_600) >= 2_700
  }
}

extension GroupState.Item {
  /// What it adds to a count of others.
  fileprivate func count(
    _ counted: RuleKind.Counted, beside others: some Sequence<GroupState.Item>
  ) -> Int {
    switch counted {
    case .articles: others.contains { $0.article == article } ? 0 : 1
    case .stories: others.contains { $0.story == story } ? 0 : 1
    case .sources: others.contains { $0.source == source } ? 0 : 1
    case .entities: Set(entities).subtracting(others.flatMap(\.entities)).count
    }
  }
}

extension GroupState {
  /// Looked up by halves: they stand in order.
  fileprivate func count(ofHour hour: Int) -> Int {
    var (low, high) = (0, hours.count)
    while low < high {
      let middle = (low + high) / 2
      if hours[middle].hour < hour { low = middle + 1 } else { high = middle }
    }
    return low < hours.count && hours[low].hour == hour ? hours[low].count : 0
  }

  fileprivate mutating func add(_ count: Int, to hour: Int) {
    guard count > 0 else { return }
    if let last = hours.indices.last, hours[last].hour == hour {
      hours[last].count += count
    } else {
      hours.append(Hour(hour: hour, count: count))
    }
  }
}
