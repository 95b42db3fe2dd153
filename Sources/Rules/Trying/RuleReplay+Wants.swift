public import Core
import FoundationEssentials
public import Text

extension RuleReplay {
  /// What the kind of a rule still wanted when an article had been judged that tells nothing.
  ///
  /// To be asked right behind the record of the article; `id` is a rule of the replay whose query holds, if it
  /// has one. Empty where nothing was wanting.
  public func wants(
    _ id: String, _ article: Article, _ reading: Reading, in told: ArticleStory? = nil
  ) throws -> [String] {
    guard let rule = engine.ruled[id], let now = store.clock.last else { return [] }
    let beholding = Beholding(
      engine.rules.scan(article, in: told, reading: reading), nil, reading, engine.rules, now: now,
      isCatchup: false, told: told)
    let record = RuleRecord(position: 0, at: Date(timeIntervalSince1970: now), .other)
    return try Wanting(turn: Turn(engine, store, record), rule: rule, beholding: beholding).lines()
  }
}

/// Looks at what a rule remembers for what it still wants.
private struct Wanting {
  let turn: Turn
  let rule: Rule
  let beholding: Beholding

  private var article: Article { beholding.article }

  func lines() throws -> [String] {
    switch rule.kind {
    case .newTerm, .newPair: return try terms()
    case .cooccur, .sequence, .absentAfter: return try steps()
    case .silence: return ["a match ends a silence of the rule, and raises none"]
    case .match, .change, .builtIn: return try eachGroup { _ in nil }
    case .frequency(let frequency): return try eachGroup { wants(frequency, $0) }
    case .spike(let spike): return try eachGroup { try wants(spike, $0) }
    }
  }

  /// What is said of each group; that there is none where the article has no value to be told apart by.
  private func eachGroup(_ body: (GroupState) throws -> String?) throws -> [String] {
    let groups = beholding.groups(rule.by)
    guard !groups.isEmpty else {
      return ["it has no \(rule.by.map(\.rawValue).joined(separator: " and ")) to be told apart by"]
    }
    return try groups.compactMap { group in
      let key = GroupKey(rule: rule.id, group: JSONWriter.canonical(group))
      let named = group.sorted { $0.key < $1.key }.map { " (\($0.key) \($0.value))" }.joined()
      return try body(turn.store.group(key)).map { $0 + named }
    }
  }

  // MARK: Windows

  private func wants(_ frequency: RuleKind.Frequency, _ state: GroupState) -> String {
    let count = state.items.count(frequency.count)
    let window = DurationText.text(frequency.within)
    let words = "\(count) of \(frequency.atLeast) \(frequency.count.rawValue) within \(window)"
    if let alert = state.alert, alert.opened < turn.now {
      return "\(words): an alert was open already"
    }
    guard count >= frequency.atLeast, frequency.lasting > .zero else { return words }
    return "\(words), which must last for \(DurationText.text(frequency.lasting))"
  }

  private func wants(_ spike: RuleKind.Spike, _ state: GroupState) throws -> String {
    let count = state.items.count(spike.count)
    let start = try turn.store.memory(rule.id).start
    let words = "\(count) \(spike.count.rawValue) within \(DurationText.text(spike.window))"
    if let alert = state.alert, alert.opened < turn.now {
      return "\(words): an alert was open already"
    }
    let end = start + spike.warmup.seconds
    guard turn.now >= end else {
      return "\(words); it learns what is usual until \(Self.time(end))"
    }
    guard count >= spike.minCurrent else {
      return "\(words), at least \(spike.minCurrent) are wanted"
    }
    let reading = SpikeReading(count: count, usual: try turn.usual(spike, state, start))
    let usual = "\(words), usually \(Turn.short(reading.usual))"
    guard reading.isHigh(spike) else {
      return "\(usual): \(Turn.short(spike.ratio)) times that, and more than chance, are wanted"
    }
    return "\(usual), from one source alone"
  }

  // MARK: Terms

  private func terms() throws -> [String] {
    let terms = turn.terms(rule, beholding)
    guard !terms.isEmpty else { return ["it has nothing that the rule looks for what is new in"] }
    let wanted = rule.kind.novelty
    return try terms.flatMap { term in
      try beholding.groups(rule.by, entities: term.entities).map { group in
        let key = GroupKey(
          rule: rule.id, group: JSONWriter.canonical(group), term: term.value)
        return try "\(term.value): " + wants(wanted, turn.store.group(key))
      }
    }
  }

  private func wants(_ wanted: Novelty, _ state: GroupState) throws -> String {
    let end = try turn.store.memory(rule.id).start + wanted.warmup
    guard turn.now >= end else { return "the rule learns what is known until \(Self.time(end))" }
    guard state.last == nil else { return "known already" }
    return "\(state.items.count(.articles)) of \(wanted.atLeast) articles, "
      + "\(state.items.count(.sources)) of \(wanted.sources) sources so far"
  }

  // MARK: Steps

  private func steps() throws -> [String] {
    let used = rule.kind.uses
    let matched = turn.rules.met(by: beholding.scanned).map(\.id)
    let met = used.filter(matched.contains)
    guard !met.isEmpty else { return ["it met none of \(used.joined(separator: ", "))"] }
    return try eachGroup { state in
      if case .absentAfter(let absence) = rule.kind { return wants(absence, state, met) }
      let there = used.filter { id in state.steps.contains { $0.rule == id } }
      let missing = used.filter { !there.contains($0) }
      return "there: \(Self.list(there)); missing: \(Self.list(missing))"
    }
  }

  private func wants(
    _ absence: RuleKind.Absence, _ state: GroupState, _ met: [String]
  ) -> String {
    guard !met.contains(absence.rules[1]) else { return "it is what the rule waited for" }
    guard let armed = state.armed else { return "nothing waits" }
    return "waits for \(absence.rules[1]) until \(Self.time(armed.at + absence.within.seconds))"
  }

  private static func list(_ ids: [String]) -> String {
    ids.isEmpty ? "none" : ids.joined(separator: ", ")
  }

  private static func time(_ seconds: Double) -> String {
    Timestamp.text(Date(timeIntervalSince1970: seconds))
  }
}
