import Core
import FoundationEssentials

/// The judging of one record: what it is judged by, and what was decided so far.
struct Turn {
  let engine: RuleEngine
  let store: any RuleStore
  let position: UInt64
  /// Log time of the record.
  let recorded: Date
  /// The moment that is judged: the record's, or that of a timer before it.
  var now: Double
  /// Of the record's article.
  let told: ArticleStory?
  var decisions: [Decision] = []
  /// While the past is learned: the rules that learn it, which raise nothing.
  var learning: Set<String>?

  init(_ engine: RuleEngine, _ store: any RuleStore, _ record: RuleRecord) {
    (self.engine, self.store, position) = (engine, store, record.position)
    (recorded, told) = (record.at, record.told)
    now = record.at.timeIntervalSince1970
  }

  var rules: RuleSet { engine.rules }

  mutating func take(_ fact: RuleRecord.Fact) throws {
    if learning == nil, !engine.builtIns.isEmpty { try tellOwn(fact) }
    switch fact {
    case .article(let article, let origin, let revision, let reading):
      try judge(article, origin, revision, reading)
    case .withdrawn(let article, let reason): try withdraw(article, reason)
    case .fetched(let feed, let published):
      if published > 0 { try hear(of: feed) }
    case .failed(let feed, _): try pause(feed)
    case .recovered(let feed): try resume(feed)
    case .followed: try weighHealth()
    case .unfollowed(let feed): try drop(feed)
    case .networkLost: try changeClock { $0.outages.begin(at: $1) }
    case .networkReturned: try changeClock { $0.outages.end(at: $1) }
    case .acknowledged(let alert): try acknowledge(alert)
    case .silenced(let silence): try changeClock { $0.heed(silence, at: $1) }
    case .lifted: try tryHeldAgain()
    case .stopped: try tellAllPools()
    case .gapped, .outletFailed, .outletRemoved, .delivered, .reread, .started, .other: break
    }
  }

  /// Whether a rule judges at this moment.
  func judges(_ rule: Rule) -> Bool {
    if let until = rule.until, now >= until.timeIntervalSince1970 { return false }
    return learning?.contains(rule.id) ?? true
  }

  /// Changes the state of a group, and sets its timer.
  mutating func change(
    _ rule: Rule, _ key: GroupKey, _ body: (inout Turn, inout GroupState) throws -> Void
  ) throws {
    var state = try store.group(key)
    try body(&self, &state)
    state.used = max(state.used, position)
    // What was due and is so still would be due for ever.
    let due = state.due(rule, term: !key.term.isEmpty).map { $0 <= now ? now + 1 : $0 }
    // A timer that moves to later stays where it is: it finds nothing due, and moves then.
    if let due, state.timer.map({ due < $0 || $0 <= now }) ?? true { state.timer = due }
    if due == nil { state.timer = nil }
    try store.put(state, key)
  }

  /// Changes what a rule remembers, and sets its timer.
  mutating func remember(_ rule: Rule, _ body: (inout RuleMemory) -> Void) throws {
    var memory = try store.memory(rule.id)
    body(&memory)
    memory.timer = [memory.due(rule, after: now), entriesDue(rule, memory)].compactMap(\.self).min()
    try store.put(memory, rule.id)
  }

  func changeClock(_ body: (inout LogClock, _ now: Double) -> Void) throws {
    var clock = try store.clock
    body(&clock, now)
    try store.put(clock)
  }

  mutating func acknowledge(_ alert: Alert.ID) throws {
    guard let episode = try store.episode(alert), let rule = engine.ruled[episode.rule] else {
      return
    }
    try change(rule, GroupKey(rule: rule.id, group: episode.group)) { _, state in
      if state.alert?.id == alert { state.alert?.isAcknowledged = true }
    }
  }
}

extension GroupKey {
  /// The group's values by name.
  var values: [String: String] {
    var reader = JSONReader(Array(group.utf8))
    // It was written by this program.
    return (try? reader.stringMap()) ?? [:]
  }

  /// The state of the group itself.
  var whole: GroupKey { GroupKey(rule: rule, group: group) }
}
