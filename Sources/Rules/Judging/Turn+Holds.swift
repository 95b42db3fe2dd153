import Core
import FoundationEssentials

extension Turn {
  /// Holds a line where something stands against it: inhibition, a silence, the cooldown, the rate, in this order.
  ///
  /// What holds it is told to the log and counted; a condition is tried again when the hold ends.
  mutating func isHeld(
    _ rule: Rule, _ key: GroupKey, _ state: inout GroupState, _ telling: Telling
  ) throws -> Bool {
    guard let held = try hold(rule, key, state, telling) else { return false }
    if let silence = held.silence, silence.expireIfIdle != nil {
      try changeClock { $0.heed(silence, at: $1) }
    }
    let isPooled = [.rate, .surge, .catchup].contains(held.hold)
    // A condition that is tried again is in the pool already.
    let wasPooled = rule.kind.isResolved && state.retryAt != nil
    if rule.kind.isResolved { state.retryAt = retryTime(of: held) }
    if isPooled {
      // Its own line counts it.
      if !wasPooled { try pool(rule, held.hold, telling) }
    } else if rule.kind.isResolved || state.lastAlert != nil {
      state.held[held.hold] += 1
    } else {
      // A group that never had a line may never have one: the rule's next line tells of it.
      try remember(rule) { $0.held[held.hold] += 1 }
    }
    if held.hold == .cooldown { state.note(telling) }
    keep(
      AlertHold(
        rule: rule.id, group: key.values, article: telling.article?.id, hold: held.hold.rawValue,
        until: held.until.map(Date.init(timeIntervalSince1970:)), reason: held.reason,
        alert: state.alert?.id ?? (held.hold == .cooldown ? state.lastAlert : nil)))
    return true
  }

  /// When a condition that is held is tried again: a silence may end before its time because nothing happens.
  private func retryTime(of held: Holding) -> Double {
    let end = held.until ?? now + Limits.retry
    guard let idle = held.silence?.expireIfIdle else { return end }
    return min(end, now + idle.seconds)
  }

  /// Has conditions that are held tried again by the next tick, for what held them may be gone.
  mutating func tryHeldAgain() throws {
    for rule in engine.ruled.values.sorted(by: { $0.id < $1.id }) {
      guard rule.kind.isResolved, judges(rule) else { continue }
      for key in try store.groups(of: rule.id) {
        guard let retry = try store.group(key).retryAt, retry > now else { continue }
        try change(rule, key) { turn, state in state.retryAt = turn.now }
      }
    }
  }

  private struct Holding {
    var hold: Alert.Hold
    var until: Double?
    var reason: String?
    var silence: Silence?
  }

  private func hold(
    _ rule: Rule, _ key: GroupKey, _ state: GroupState, _ telling: Telling
  ) throws -> Holding? {
    if try isInhibited(rule, key) { return Holding(hold: .inhibited) }
    let clock = try store.clock
    let silences = try store.silences(after: now).filter {
      $0.holds(rule: rule.id, group: key.values, article: telling.article, at: time)
        && !clock.isIdle($0, at: now)
    }
    // Of several the one that ends last.
    if let silence = silences.max(by: { ($0.until, $0.id) < ($1.until, $1.id) }) {
      return Holding(
        hold: .silence, until: silence.until.timeIntervalSince1970, reason: silence.reason,
        silence: silence)
    }
    if let end = state.coolingUntil, now < end { return Holding(hold: .cooldown, until: end) }
    if let pool = telling.pool { return Holding(hold: pool) }
    return try rate(rule)
  }

  private func rate(_ rule: Rule) throws -> Holding? {
    guard let most = rule.maxPerHour else { return nil }
    let lines = try store.memory(rule.id).lines.filter { $0 + 3_600 > now }
    guard lines.count >= most else { return nil }
    return Holding(hold: .rate, until: lines[lines.count - most] + 3_600)
  }

  private var time: Date { Date(timeIntervalSince1970: now) }

  /// Whether an alert is open of a rule that inhibits this one, with equal values in all that both are told apart by.
  private func isInhibited(_ rule: Rule, _ key: GroupKey) throws -> Bool {
    guard let inhibitors = engine.inhibitors[rule.id] else { return false }
    let values = key.values
    for inhibitor in inhibitors where judges(inhibitor) {
      let shared = inhibitor.by.filter(rule.by.contains).map(\.rawValue)
      let open = try store.memory(inhibitor.id).open
      let isHeld = try open.contains { group in
        let other = GroupKey(rule: inhibitor.id, group: group)
        let others = other.values
        guard shared.allSatisfy({ others[$0] == values[$0] }) else { return false }
        // A group that was dropped, or closed while its rule inhibited nobody, still stands in the list.
        return try store.group(other).alert != nil
      }
      if isHeld { return true }
    }
    return false
  }

  // MARK: Many in one line

  /// Takes a line into those that are told in one.
  private mutating func pool(_ rule: Rule, _ hold: Alert.Hold, _ telling: Telling) throws {
    let reason = hold == .rate ? RuleMemory.digest : hold.rawValue
    let time = now
    try remember(rule) { memory in
      let index =
        memory.pools.firstIndex { $0.reason == reason }
        ?? {
          memory.pools.append(RuleMemory.Pool(reason: reason, since: time))
          return memory.pools.count - 1
        }()
      memory.pools[index].take(telling)
    }
  }

  /// Tells what was gathered, in one line for each reason, where the rate allows it.
  mutating func tellPools(_ rule: Rule) throws {
    let memory = try store.memory(rule.id)
    for pool in memory.pools where memory.due(pool, rule) <= now { try tell(pool, rule) }
  }

  mutating func tell(_ pool: RuleMemory.Pool, _ rule: Rule) throws {
    try tell(pool, rule.id, RuleMemory.Voice(rule))
    let time = now
    try remember(rule) { memory in
      memory.pools.removeAll { $0.reason == pool.reason }
      if rule.maxPerHour != nil { memory.tell(at: time) }
    }
  }

  /// Tells what a rule gathered that may be gone; what tells nothing has each of it in the log as held.
  mutating func tell(
    _ pool: RuleMemory.Pool, _ rule: String, _ voice: RuleMemory.Voice
  ) throws {
    guard voice.isLive else { return }
    var number = 1 + ([RuleMemory.digest, "surge", "catchup"].firstIndex(of: pool.reason) ?? 0)
    // After a gap several may be due at one record.
    while try store.episode(Self.id(rule, "{}", position, number: number)) != nil { number += 3 }
    let id = Self.id(rule, "{}", position, number: number)
    var telling = Telling(reason: pool.reason)
    (telling.articles, telling.articleCount) = (pool.articles, pool.count)
    telling.sourceCount = pool.sources.count
    if pool.count == 1 { (telling.summary, telling.why) = (pool.article, pool.why) }
    var line = try line(rule, voice, [:], id, .fired, telling)
    line.held[Alert.Hold(rawValue: pool.reason) ?? .rate] = pool.count
    try store.put(Episode(rule: rule, group: "{}", lines: 1, opened: now, closed: now), id)
    decisions.append(.raise(line))
  }

  // MARK: Flapping

  /// Six windows of a rule, in seconds.
  static func flappingTime(_ rule: Rule) -> Double {
    switch rule.kind {
    case .frequency(let frequency): 6 * frequency.within.seconds
    case .spike(let spike): 6 * spike.window.seconds
    case .silence(let quiet): 6 * (quiet.within ?? quiet.max).seconds
    case .builtIn: 6 * 3_600
    default: 0
    }
  }

  /// Whether an alert that is opened too often goes on in its last one: told once, then held until it has been
  /// quiet.
  mutating func flaps(
    _ rule: Rule, _ key: GroupKey, _ state: inout GroupState, _ telling: Telling
  ) throws -> Bool {
    guard rule.kind.isResolved else { return false }
    let length = Self.flappingTime(rule)
    state.openings = state.openings.filter { $0 + length > now } + [now]
    guard state.openings.count > 3, let id = state.lastAlert, rule.mode == .live,
      var episode = try store.episode(id)
    else { return false }
    state.alert = GroupState.Open(id: id, isTold: true, opened: now, last: now)
    episode.closed = nil
    try store.put(episode, id)
    try noteOpen(rule, key)
    state.retryAt = nil
    let wasFlapping = state.flappingUntil.map { now < $0 } ?? false
    state.flappingUntil = now + length
    guard !wasFlapping else {
      state.held[.flapping] += 1
      keep(flapping(rule, key, state, telling))
      return true
    }
    var telling = telling
    telling.reason = "flapping"
    try change(rule, key, &state, id, .updated, telling)
    return true
  }
}

extension Turn {
  func flapping(
    _ rule: Rule, _ key: GroupKey, _ state: GroupState, _ telling: Telling
  ) -> AlertHold {
    AlertHold(
      rule: rule.id, group: key.values, article: telling.article?.id,
      hold: Alert.Hold.flapping.rawValue,
      until: state.flappingUntil.map(Date.init(timeIntervalSince1970:)), alert: state.lastAlert)
  }
}

extension GroupState {
  /// Keeps what a cooldown holds, for the line at its end.
  mutating func note(_ telling: Telling) {
    var cooled = cooled ?? Cooled()
    cooled.count += 1
    if cooled.articles.count < Limits.named, let article = telling.article {
      cooled.articles.append(article.id.rawValue)
    }
    cooled.article = telling.summary
    cooled.why = telling.why
    self.cooled = cooled
  }
}

extension RuleMemory.Pool {
  mutating func take(_ telling: Telling) {
    count += 1
    (article, why) = count == 1 ? (telling.summary, telling.why) : (nil, [])
    if articles.count < Limits.named, let article = telling.article {
      articles.append(article.id.rawValue)
    }
    if let source = telling.source, !sources.contains(source), sources.count < Limits.sources {
      sources.append(source)
    }
  }
}
