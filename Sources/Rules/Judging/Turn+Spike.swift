import Core

extension Turn {
  /// Counts an article in a window and in its hour.
  mutating func count(
    _ rule: Rule, _ spike: RuleKind.Spike, _ key: GroupKey, _ state: inout GroupState,
    _ sighting: Sighting
  ) throws {
    let hour = Int(now / 3_600)
    let isNew = !state.items.contains {
      Int($0.at / 3_600) == hour && $0.isSame(sighting.item, spike.count)
    }
    if isNew { state.count(in: hour) }
    state.take(sighting.item)
    try weigh(rule, spike, key, &state, sighting)
  }

  /// Looks at the window as it is now.
  mutating func weigh(
    _ rule: Rule, _ spike: RuleKind.Spike, _ key: GroupKey, _ state: inout GroupState,
    _ sighting: Sighting? = nil
  ) throws {
    let window = spike.window.seconds
    state.items.removeAll { $0.at + window <= now }
    let oldest = Int((now - spike.baseline.seconds) / 3_600) - 1
    state.hours.removeAll { $0.hour < oldest }
    let start = try store.memory(rule.id).start
    let usual = usual(spike, state, start)
    let count = state.items.count(spike.count)
    let threshold = spike.ratio * usual
    if state.alert != nil, let sighting {
      try joins(rule, key, &state, sighting)
      state.held[.sameGroup] += 1
    }
    let isHigh =
      count >= spike.minCurrent && Double(count) >= threshold
      && Poisson.tail(count, mean: usual) < 1e-4 && state.items.count(.sources) >= 2
      && now >= start + spike.warmup.seconds
    var telling = sighting.map { Telling(reason: "spike", $0) } ?? Telling(reason: "spike")
    telling.count(state.items, spike.count, isSaturated: state.isSaturated)
    telling.measure = Alert.Measure(
      value: Double(count), threshold: threshold, window: DurationText.text(spike.window),
      baseline: usual)
    telling.why.append(
      Alert.Clause(
        clause: "\(count) \(spike.count.rawValue), usually \(Self.short(usual))",
        via: rule.kind.name))
    if state.alert == nil {
      state.since = isHigh ? state.since ?? now : nil
      guard isHigh, sighting != nil || state.retryAt.map({ now >= $0 }) ?? true else {
        if !isHigh { state.retryAt = nil }
        return
      }
      _ = try open(rule, key, &state, telling)
    } else if Double(count) < threshold / 2 {
      let below = state.below ?? now
      state.below = below
      guard now >= below + window else { return }
      state.since = nil
      try resolve(rule, key, &state, telling.because("quiet"))
    } else {
      state.below = nil
    }
  }

  /// What is usual in a window: the mean of this hour of the week, or of the last day while too few are known.
  private func usual(_ spike: RuleKind.Spike, _ state: GroupState, _ start: Double) -> Double {
    let hour = Int(now / 3_600)
    let weeks = Int(spike.baseline.seconds / (7 * 86_400))
    let same = (weeks > 0 ? Array(1...weeks) : []).map { hour - 168 * $0 }
      .filter { isKnown($0, start) }
    let hours = same.count >= 3 ? same : (1...24).map { hour - $0 }.filter { isKnown($0, start) }
    let sum = hours.reduce(0) { sum, hour in
      sum + state.count(ofHour: hour)
    }
    let mean = hours.isEmpty ? 0 : Double(sum) / Double(hours.count)
    return max(spike.minBaseline, mean) * spike.window.seconds / 3_600
  }

  /// A number for people, with one decimal where it has one.
  private static func short(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
  }

  /// Whether an hour was seen for 45 minutes at least; without that it is missing, not empty.
  private func isKnown(_ hour: Int, _ start: Double) -> Bool {
    let begin = Double(hour) * 3_600
    let seen = begin + 3_600 - max(begin, start)
    return seen - store.clock.gaps.covering(from: begin, to: begin + 3_600) >= 2_700
  }
}

/// The distribution of counts that come by chance.
enum Poisson {
  /// The probability of `count` or more where `mean` is usual.
  ///
  /// Made of the four basic operations alone, which give the same everywhere.
  static func tail(_ count: Int, mean: Double) -> Double {
    guard count > 0, mean > 0 else { return count > 0 ? 0 : 1 }
    // Beyond this what is looked for is no chance either way.
    guard mean < 500 else { return Double(count) > 2 * mean ? 0 : 1 }
    var term = reciprocalPower(mean)
    var below = 0.0
    for index in 0..<count {
      below += term
      term = term * mean / Double(index + 1)
    }
    return max(0, 1 - below)
  }

  /// e to the minus `exponent`, by its series for a 1,024th part, squared ten times.
  private static func reciprocalPower(_ exponent: Double) -> Double {
    let part = -exponent / 1_024
    var sum = 1.0
    var term = 1.0
    for index in 1...12 {
      term = term * part / Double(index)
      sum += term
    }
    return (0..<10).reduce(sum) { power, _ in power * power }
  }
}

extension GroupState.Item {
  /// Whether both count as one.
  fileprivate func isSame(_ other: GroupState.Item, _ counted: RuleKind.Counted) -> Bool {
    switch counted {
    case .articles: article == other.article
    case .stories: story == other.story
    case .sources: source == other.source
    case .entities: false
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

  fileprivate mutating func count(in hour: Int) {
    if let last = hours.indices.last, hours[last].hour == hour {
      hours[last].count += 1
    } else {
      hours.append(Hour(hour: hour, count: 1))
    }
  }
}
