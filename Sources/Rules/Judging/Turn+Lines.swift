import Core
import FoundationEssentials

extension Turn {
  /// Opens an alert, or holds its line.
  ///
  /// - Returns: whether it is open now; what is held opens nothing, so that the next occasion does.
  mutating func open(
    _ rule: Rule, _ key: GroupKey, _ state: inout GroupState, _ telling: Telling
  ) throws -> Bool {
    guard learning == nil else {
      begin(Alert.ID(""), isTold: false, &state, telling)
      return true
    }
    if try isHeld(rule, key, &state, telling) { return false }
    if try flaps(rule, key, &state, telling) { return true }
    let id = Self.id(rule.id, key.group, position, number: 0)
    guard rule.mode == .live else {
      keep(shadow(rule, key, telling))
      begin(id, isTold: false, &state, telling)
      return true
    }
    begin(id, isTold: true, &state, telling)
    try store.put(
      Episode(rule: rule.id, group: key.group, lines: 1, opened: now), id)
    try noteArticles(rule, key, id, telling)
    try noteOpen(rule, key)
    var line = try line(rule, key.values, id, .fired, telling)
    try told(rule, &state, &line)
    decisions.append(.raise(line))
    return true
  }

  private func begin(
    _ id: Alert.ID, isTold: Bool, _ state: inout GroupState, _ telling: Telling
  ) {
    var alert = GroupState.Open(id: id, isTold: isTold, opened: now, last: now)
    alert.articles =
      telling.articles.isEmpty
      ? telling.article.map { [$0.id.rawValue] } ?? [] : telling.articles
    alert.articleCount = telling.articleCount
    alert.stories = telling.story.map { [$0] } ?? []
    alert.sources = telling.source.map { [$0] } ?? []
    state.alert = alert
    state.retryAt = nil
    if isTold { state.lastAlert = id }
  }

  /// Remembers by which articles an alert came about, for what becomes of them.
  private func noteArticles(
    _ rule: Rule, _ key: GroupKey, _ id: Alert.ID, _ telling: Telling
  ) throws {
    for article in telling.articles where article != telling.article?.id.rawValue {
      try store.note(Met(rule: rule.id, group: key.group, alert: id), Article.ID(article))
    }
    guard let article = telling.article?.id else { return }
    try store.note(Met(rule: rule.id, group: key.group, alert: id, isFirst: true), article)
  }

  /// Tells of an open alert, or holds the line.
  mutating func update(
    _ rule: Rule, _ key: GroupKey, _ state: inout GroupState, _ telling: Telling
  ) throws {
    guard learning == nil, let id = state.alert?.id ?? state.lastAlert else { return }
    if let alert = state.alert, !alert.isTold {
      if rule.mode == .shadow { keep(shadow(rule, key, telling)) }
      return
    }
    if try isHeld(rule, key, &state, telling) { return }
    try change(rule, key, &state, id, .updated, telling)
  }

  /// Ends an open alert with a line, where it was told.
  mutating func resolve(
    _ rule: Rule, _ key: GroupKey, _ state: inout GroupState, _ telling: Telling
  ) throws {
    guard let alert = state.alert else { return }
    try close(rule, key, &state)
    let isFlapping = state.flappingUntil.map { now < $0 } ?? false
    guard learning == nil, alert.isTold, rule.mode == .live else { return }
    if isFlapping {
      state.held[.flapping] += 1
      state.flappingUntil = now + Self.flappingTime(rule)
      keep(flapping(rule, key, state, telling))
      return
    }
    try change(rule, key, &state, alert.id, .resolved, telling)
  }

  /// Remembers that an alert of a rule that inhibits others is open.
  mutating func noteOpen(_ rule: Rule, _ key: GroupKey) throws {
    guard !rule.inhibits.isEmpty else { return }
    try remember(rule) { memory in
      memory.open = (memory.open.filter { $0 != key.group } + [key.group]).suffix(Limits.items)
    }
  }

  /// Ends an open alert without a line.
  mutating func close(_ rule: Rule, _ key: GroupKey, _ state: inout GroupState) throws {
    try settle(state.alert)
    state.alert = nil
    state.below = nil
    if !rule.kind.isResolved { state.held = Alert.Held() }
    guard !rule.inhibits.isEmpty else { return }
    try remember(rule) { memory in memory.open.removeAll { $0 == key.group } }
  }

  /// Lets an episode be forgotten in time; until then its articles may be edited or taken back.
  func settle(_ alert: GroupState.Open?) throws {
    guard let alert, alert.isTold, var episode = try store.episode(alert.id) else { return }
    episode.closed = now
    try store.put(episode, alert.id)
  }

  /// Appends a further line of an alert; its cooldown begins anew where the line is one that it counts.
  mutating func change(
    _ rule: Rule, _ key: GroupKey, _ state: inout GroupState, _ id: Alert.ID,
    _ standing: Alert.State, _ telling: Telling
  ) throws {
    guard var episode = try store.episode(id) else { return }
    var line = try line(rule, key.values, id, standing, telling)
    line.number = episode.lines
    episode.lines += 1
    try store.put(episode, id)
    if standing == .updated {
      try told(rule, &state, &line)
    } else {
      line.held = state.held
      state.held = Alert.Held()
    }
    decisions.append(.change(line))
  }

  /// What a line that is written changes: the counts of what was held, cooldown and rate.
  private mutating func told(
    _ rule: Rule, _ state: inout GroupState, _ line: inout Alert
  ) throws {
    line.held = state.held
    state.held = Alert.Held()
    if try !store.memory(rule.id).held.isEmpty {
      try remember(rule) { memory in
        line.held.add(memory.held)
        memory.held = Alert.Held()
      }
    }
    if let cooldown = rule.cooldown { state.cool(by: cooldown, at: now) }
    state.lastLine = now
    guard rule.maxPerHour != nil else { return }
    let time = now
    try remember(rule) { $0.tell(at: time) }
  }

  /// `updated` lines, reason grown, at the numbers of sources that the rule names.
  mutating func grow(
    _ rule: Rule, _ key: GroupKey, _ state: inout GroupState, _ telling: Telling,
    sources: Int? = nil
  ) throws {
    guard let alert = state.alert else { return }
    let count = sources ?? alert.sources.count
    let reached = rule.updateAt.prefix { $0 <= count }.count
    guard reached > alert.grown else { return }
    state.alert?.grown = reached
    var telling = telling
    telling.articles = alert.articles
    telling.articleCount = alert.articleCount
    telling.sourceCount = count
    try update(rule, key, &state, telling)
  }

  // MARK: Making lines

  func line(
    _ rule: Rule, _ group: [String: String], _ id: Alert.ID, _ standing: Alert.State,
    _ telling: Telling
  ) throws -> Alert {
    try line(rule.id, RuleMemory.Voice(rule), group, id, standing, telling)
  }

  /// A line of a rule that may be gone.
  func line(
    _ rule: String, _ voice: RuleMemory.Voice, _ group: [String: String], _ id: Alert.ID,
    _ standing: Alert.State, _ telling: Telling
  ) throws -> Alert {
    let own = telling.summary == nil ? 0 : 1
    var line = Alert(
      id: id, rule: rule, ruleRevision: voice.revision, severity: voice.severity, state: standing,
      at: recorded, reason: telling.reason, article: telling.summary, why: telling.why,
      alsoArticles: max(0, telling.articleCount - own),
      alsoSources: max(0, telling.sourceCount - own),
      coverage: try store.coverage(at: now), group: group, note: voice.note,
      outlets: BuiltIn.outlets(voice.outlets, of: rule, for: group))
    line.measure = telling.measure
    line.articles = telling.articles.map(Article.ID.init)
    line.flags = telling.flags
    // Where nobody tells stories an article stands for its own.
    if let story = telling.story, story != telling.article?.id.rawValue {
      line.story = Story.ID(story)
    }
    return line
  }

  /// The id of an alert: the same whatever the rule's revision, so that an edited rule does not fire again.
  static func id(
    _ rule: String, _ group: String, _ position: UInt64, number: Int
  ) -> Alert.ID {
    let parts = ["tidings/1", "alert.raised", rule, group, String(position), String(number)]
    return Alert.ID(Digest(of: parts).description)
  }

  mutating func keep(_ hold: AlertHold) {
    guard learning == nil else { return }
    decisions.append(.hold(hold))
  }

  private func shadow(_ rule: Rule, _ key: GroupKey, _ telling: Telling) -> AlertHold {
    AlertHold(
      rule: rule.id, group: key.values, article: telling.article?.id,
      hold: Alert.Hold.shadow.rawValue, why: telling.why)
  }
}

extension GroupState {
  /// Begins a cooldown; one that doubles does so where the last one held something, until it was quiet long enough.
  mutating func cool(by cooldown: Rule.Cooldown, at time: Double) {
    let start = cooldown.start.seconds
    var length = start
    if let most = cooldown.doubleTo?.seconds, let before = coolingFor, let lastLine,
      cooled != nil || time - lastLine < most
    {
      length = cooled == nil ? before : min(most, before * 2)
    }
    coolingFor = cooldown.doubleTo == nil ? nil : length
    coolingUntil = time + length
    cooled = nil
  }
}

extension RuleMemory {
  /// Notes a line that was told, and forgets those of over an hour ago.
  mutating func tell(at time: Double) {
    lines = lines.filter { $0 + 3_600 > time } + [time]
  }
}
