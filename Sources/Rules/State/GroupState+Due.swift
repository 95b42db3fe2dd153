import Core
import FoundationEssentials

extension GroupState {
  /// When time alone changes something; nil if it never does.
  ///
  /// `term`: the state of a term, not of its group.
  func due(_ rule: Rule, term: Bool) -> Double? {
    if term { return termDue(rule) }
    // Without a timer the openings would be kept for ever.
    let opened = alert == nil ? openings.last.map { $0 + Turn.flappingTime(rule) } : nil
    let times = [
      coolingUntil, flappingUntil, opened, closing(rule), repeating(rule), counting(rule),
    ]
    return times.compactMap(\.self).min()
  }

  /// When the state of a term can be forgotten: a value that was not seen for so long is new.
  private func termDue(_ rule: Rule) -> Double? {
    let seen = [last, items.last?.at].compactMap(\.self).max()
    return switch rule.kind {
    case .newTerm(let term): seen.map { $0 + term.notSeen.seconds }
    case .newPair(let pair): seen.map { $0 + pair.notSeen.seconds }
    case .change(let change): seen.map { $0 + change.within.seconds }
    default: nil
    }
  }

  /// When an alert is over that no condition of its own ends.
  private func closing(_ rule: Rule) -> Double? {
    guard let alert, !rule.kind.isResolved else { return nil }
    return alert.last + rule.closesAfter
  }

  private func repeating(_ rule: Rule) -> Double? {
    guard let wait = rule.repeatAfter?.seconds, let alert, alert.isTold, !alert.isAcknowledged,
      rule.kind.isResolved
    else { return nil }
    return (lastLine ?? alert.opened) + wait
  }

  private func counting(_ rule: Rule) -> Double? {
    switch rule.kind {
    case .frequency(let frequency): return counting(frequency, rule)
    case .spike(let spike): return counting(spike)
    case .silence(let quiet): return waiting(quiet)
    case .absentAfter(let absence): return armed.map { lookAt ?? $0.at + absence.within.seconds }
    case .cooccur(let steps), .sequence(let steps):
      return self.steps.map(\.start).min().map { $0 + steps.within.seconds }
    case .builtIn(let own):
      return alert == nil ? since.map { opening($0 + own.patience) } : nil
    case .match, .newTerm, .newPair, .change: return nil
    }
  }

  private func counting(_ frequency: RuleKind.Frequency, _ rule: Rule) -> Double? {
    let window = frequency.within.seconds
    if alert == nil, let since {
      return min(fading(window), opening(since + frequency.lasting.seconds))
    }
    guard alert != nil else { return items.last.map { $0.at + window } }
    let over = below.map { $0 + (rule.resolveAfter ?? frequency.within).seconds }
    return [over, items.first.map { $0.at + window }].compactMap(\.self).min()
  }

  /// When the first article leaves the window.
  private func fading(_ window: Double) -> Double {
    items.first.map { $0.at + window } ?? .infinity
  }

  /// When a condition that holds opens an alert: not before a hold ends.
  private func opening(_ time: Double) -> Double { retryAt.map { max($0, time) } ?? time }

  private func counting(_ spike: RuleKind.Spike) -> Double? {
    let window = spike.window.seconds
    var times = [items.first.map { $0.at + window }, below.map { $0 + window }]
    if alert == nil, since != nil { times.append(retryAt) }
    // Without these the hours are all there is, and go when they are past.
    // No clock is more than twelve hours behind that of UTC.
    times.append(hours.last.map { Double($0.hour + 14) * 3_600 + spike.baseline.seconds })
    return times.compactMap(\.self).min()
  }

  private func waiting(_ quiet: RuleKind.Quiet) -> Double? {
    guard let last else { return nil }
    let forgotten = quiet.forgetAfter.map { last + $0.seconds }
    guard alert == nil, let limit = limit(quiet) else { return forgotten }
    let due = opening(lookAt ?? last + limit)
    return forgotten.map { min($0, due) } ?? due
  }

  /// The seconds after which a silence is one; nil while too little is known.
  func limit(_ quiet: RuleKind.Quiet) -> Double? {
    if let within = quiet.within { return within.seconds }
    guard gaps.count >= Limits.fewestGaps else { return nil }
    let sorted = gaps.sorted()
    // The nearest rank of the 99th percentile.
    let rank = (sorted.count * 99 + 99) / 100
    return min(quiet.max.seconds, max(quiet.min.seconds, 3 * sorted[rank - 1]))
  }
}

extension Rule {
  /// Seconds after the last match at which an alert is over that no condition ends.
  var closesAfter: Double {
    if let resolveAfter { return resolveAfter.seconds }
    return kind == .match && by.contains(.story) ? 7 * 86_400 : 86_400
  }
}

extension RuleMemory {
  /// When the rule as a whole has something to do.
  func due(_ rule: Rule, after now: Double) -> Double? {
    let until = rule.until.map(\.timeIntervalSince1970).flatMap { $0 > now ? $0 : nil }
    let expiry = rule.expiry(after: expiryTold).map {
      max(now, $0.time.timeIntervalSince1970 - Rule.expiryNotice)
    }
    return (pools.map { due($0, rule) } + [until, expiry].compactMap(\.self)).min()
  }

  /// When what is gathered is told.
  func due(_ pool: Pool, _ rule: Rule) -> Double {
    let ripe = pool.since + (pool.reason == Self.digest ? 0 : Limits.pool)
    guard let most = rule.maxPerHour, lines.count >= most else { return ripe }
    return max(ripe, lines[lines.count - most] + 3_600)
  }
}
