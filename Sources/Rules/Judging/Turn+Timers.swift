import Core
import FoundationEssentials

extension Turn {
  /// Lets every timer up to the record's time fire, by due time, rule and group, each at its own moment.
  mutating func elapse() throws {
    let end = recorded.timeIntervalSince1970
    try changeClock { clock, _ in clock.move(to: end) }
    try elapse(until: end)
    now = end
    try prune()
  }

  /// Forgets once a day what became of articles and alerts that are long over.
  private func prune() throws {
    var clock = try store.clock
    guard now - (clock.pruned ?? 0) >= 86_400 else { return }
    if clock.pruned != nil { try store.prune(Ageing(limit: now - engine.keeping)) }
    clock.pruned = now
    try store.put(clock)
  }

  mutating func elapse(until end: Double) throws {
    while let next = try store.due(by: end) {
      now = next.due
      guard let rule = engine.ruled[next.rule] else {
        try forget(next.rule, next.key)
        continue
      }
      if let key = next.key {
        try elapse(rule, key)
      } else {
        try elapse(rule)
      }
    }
  }

  /// A timer of a rule that judges no more means nothing.
  private func forget(_ rule: String, _ key: GroupKey?) throws {
    if let key {
      try store.put(GroupState(), key)
    } else {
      try store.put(nil, rule)
    }
  }

  /// The rule's own timer: lines told in one, and its end.
  private mutating func elapse(_ rule: Rule) throws {
    try tellPools(rule)
    try tellExpiry(of: rule)
    try tellEntries(rule)
    if let until = rule.until, now >= until.timeIntervalSince1970 {
      for pool in try store.memory(rule.id).pools { try tell(pool, rule) }
      try end(rule.id)
    }
    try remember(rule) { _ in }
  }

  private mutating func elapse(_ rule: Rule, _ key: GroupKey) throws {
    try change(rule, key) { turn, state in
      state.timer = nil
      guard key.term.isEmpty else { return turn.elapse(term: rule, &state) }
      try turn.endCooldown(rule, key, &state)
      try turn.endFlapping(rule, key, &state)
      try turn.elapse(rule, key, &state)
      try turn.repeatLine(rule, key, &state)
    }
  }

  /// A term that was not seen for long is forgotten.
  private func elapse(term rule: Rule, _ state: inout GroupState) {
    if let due = state.due(rule, term: true), due <= now { state = GroupState() }
  }

  private mutating func elapse(
    _ rule: Rule, _ key: GroupKey, _ state: inout GroupState
  ) throws {
    switch rule.kind {
    case .frequency(let frequency): try weigh(rule, frequency, key, &state)
    case .spike(let spike): try weigh(rule, spike, key, &state)
    case .silence(let quiet): try listen(rule, quiet, key, &state)
    case .absentAfter(let absence): try miss(rule, absence, key, &state)
    case .cooccur(let steps), .sequence(let steps):
      state.steps.removeAll { $0.start + steps.within.seconds <= now }
    case .builtIn(let own): try weigh(rule, own, key, &state)
    case .match, .newTerm, .newPair, .change: break
    }
    guard !rule.kind.isResolved, let alert = state.alert, alert.last + rule.closesAfter <= now
    else { return }
    try close(rule, key, &state)
  }

  /// What a cooldown held is told when it ends, unless a condition that holds opens an alert now.
  private mutating func endCooldown(
    _ rule: Rule, _ key: GroupKey, _ state: inout GroupState
  ) throws {
    guard let end = state.coolingUntil, end <= now else { return }
    state.coolingUntil = nil
    // A silence has no time since when; it is tried again.
    let isHolding = state.alert == nil && (state.since != nil || state.retryAt != nil)
    guard let cooled = state.cooled, !isHolding else { return }
    try update(rule, key, &state, Telling(cooled))
    state.cooled = nil
  }

  /// After six windows without a change it is told how a flapping alert ended.
  private mutating func endFlapping(
    _ rule: Rule, _ key: GroupKey, _ state: inout GroupState
  ) throws {
    let length = Self.flappingTime(rule)
    state.openings.removeAll { $0 + length <= now }
    guard let end = state.flappingUntil, end <= now else { return }
    (state.flappingUntil, state.openings) = (nil, [])
    guard state.alert == nil, let id = state.lastAlert, rule.mode == .live else { return }
    try change(rule, key, &state, id, .resolved, Telling(reason: "quiet"))
  }

  private mutating func repeatLine(
    _ rule: Rule, _ key: GroupKey, _ state: inout GroupState
  ) throws {
    guard let wait = rule.repeatAfter?.seconds, rule.kind.isResolved, let alert = state.alert,
      alert.isTold, !alert.isAcknowledged, (state.lastLine ?? alert.opened) + wait <= now
    else { return }
    var telling = Telling(reason: "repeat")
    telling.articles = alert.articles
    telling.articleCount = alert.articleCount
    telling.sourceCount = alert.sources.count
    try update(rule, key, &state, telling)
    // Where the line was held it is due again as long from now.
    state.lastLine = now
  }

  /// Tells all that was gathered: the daemon stops, and nobody knows for how long.
  mutating func tellAllPools() throws {
    for id in try store.remembered() {
      guard let rule = engine.ruled[id] else { continue }
      for pool in try store.memory(id).pools where pool.reason != RuleMemory.digest {
        try tell(pool, rule)
      }
    }
  }

  // MARK: Rules that come and go

  /// Ends what is gone, and lets what is new know the past.
  mutating func prepare(_ past: RuleEngine.Past) throws {
    for id in try store.remembered() where engine.ruled[id].map({ !judges($0) }) ?? true {
      let memory = try store.memory(id)
      // What it gathered for one line has nobody else who would tell it.
      for pool in memory.pools { try memory.voice.map { try tell(pool, id, $0) } }
      try end(id)
      try store.put(nil, id)
    }
    let judging = rules.rules.filter { $0.mode != .off && judges($0) }
    for rule in judging {
      let memory = try store.memory(rule.id)
      guard let shape = memory.shape, shape != rule.shape else { continue }
      // What it gathered for one line is told by who comes after it.
      for pool in memory.pools { try tell(pool, rule) }
      try end(rule.id)
    }
    // What is due of the others is told before anybody learns: while the past is learned nothing is.
    try elapse()
    let cold = try judging.filter { try begin($0, past) }
    try learn(cold, past)
    try weighHealth()
  }

  /// Begins a rule that is new or looks at something else now.
  ///
  /// - Returns: whether it has to learn what came before.
  private mutating func begin(_ rule: Rule, _ past: RuleEngine.Past) throws -> Bool {
    let voice = RuleMemory.Voice(rule)
    let known = try store.memory(rule.id)
    guard known.shape != rule.shape else {
      try remember(rule) { memory in
        memory.voice = voice
        memory.expiryTold = rule.told(memory.expiryTold)
      }
      return false
    }
    let earliest = min(past.first ?? now, now)
    let start = max(earliest, now - rule.kind.reach)
    var memory = RuleMemory()
    (memory.shape, memory.voice, memory.start) = (rule.shape, voice, start)
    memory.expiryTold = rule.told(known.expiryTold)
    try store.put(memory, rule.id)
    try remember(rule) { _ in }
    guard rule.mode != .part else { return false }
    try arm(rule)
    return rule.kind.reach > 0 && start < now
  }

  /// A silence of everything begins when the rule does.
  private mutating func arm(_ rule: Rule) throws {
    guard case .silence(let quiet) = rule.kind, quiet.of == .match, rule.by.isEmpty else { return }
    try change(rule, GroupKey(rule: rule.id, group: "{}")) { turn, state in state.last = turn.now }
  }

  /// Reads the past once for all rules that must know it; nothing is told of it.
  private mutating func learn(_ cold: [Rule], _ past: RuleEngine.Past) throws {
    guard let reach = cold.map(\.kind.reach).max() else { return }
    let (engine, store) = (engine, store)
    let present = now
    let learning = Set(cold.map(\.id))
    let ending = engine.ruled.values.filter {
      $0.until != nil || $0.reviewAfter != nil || tellsOfEntries($0)
    }
    let before = try ending.map { ($0, try store.memory($0.id)) }
    try past.each(present - reach) { record in
      var turn = Turn(engine, store, record)
      turn.learning = learning
      let time = min(turn.now, present)
      try turn.elapse(until: time)
      turn.now = time
      try turn.take(record.fact)
      if case .article(let article, _, nil, _) = record.fact { try turn.hear(of: article.feed) }
    }
    var turn = self
    turn.learning = learning
    try turn.elapse(until: present)
    // Nothing was told meanwhile, so it is still to be told that a rule or an entry ends.
    for (rule, known) in before {
      let memory = try store.memory(rule.id)
      guard memory.expiryTold != known.expiryTold || memory.entriesTold != known.entriesTold else {
        continue
      }
      try remember(rule) { memory in
        (memory.expiryTold, memory.entriesTold) = (known.expiryTold, known.entriesTold)
      }
    }
  }

  /// Ends the alerts of a rule and forgets what it counted; what a cooldown held is told.
  private mutating func end(_ rule: String) throws {
    let voice = try store.memory(rule).voice
    for key in try store.groups(of: rule) {
      let state = try store.group(key)
      if let voice, voice.isLive, state.alert?.isTold ?? true {
        if let cooled = state.cooled, let id = state.alert?.id ?? state.lastAlert {
          try add(Telling(cooled), to: id, .updated, rule, key, voice, state.held)
        }
        if voice.isResolved, let alert = state.alert {
          var telling = Telling(reason: "rule_removed")
          telling.articles = alert.articles
          let held = state.cooled == nil ? state.held : Alert.Held()
          try add(telling, to: alert.id, .resolved, rule, key, voice, held)
        }
      }
      try settle(state.alert)
      try store.put(GroupState(), key)
    }
  }

  /// A further line of an alert whose rule may be gone.
  private mutating func add(
    _ telling: Telling, to id: Alert.ID, _ standing: Alert.State, _ rule: String, _ key: GroupKey,
    _ voice: RuleMemory.Voice, _ held: Alert.Held
  ) throws {
    guard var episode = try store.episode(id) else { return }
    var line = try line(rule, voice, key.values, id, standing, telling)
    (line.number, line.held) = (episode.lines, held)
    episode.lines += 1
    try store.put(episode, id)
    decisions.append(.change(line))
  }
}

extension RuleKind {
  /// How far back a rule must know what came, in seconds; 0 where the past means nothing to it.
  var reach: Double {
    switch self {
    case .match, .change, .builtIn: 0
    case .frequency(let frequency): frequency.within.seconds + frequency.lasting.seconds
    case .spike(let spike): spike.baseline.seconds
    case .silence(let quiet): max((quiet.within ?? quiet.max).seconds, quiet.max.seconds)
    case .newTerm(let term): term.notSeen.seconds + term.warmup.seconds
    case .newPair(let pair): pair.notSeen.seconds + pair.warmup.seconds
    case .cooccur(let steps), .sequence(let steps): steps.within.seconds
    case .absentAfter(let absence): absence.within.seconds
    }
  }
}
