import Core
import FoundationEssentials

extension Turn {
  /// A rule matched that another looks at.
  mutating func step(
    _ rule: Rule, from id: String, _ sighting: Sighting, _ beholding: Beholding
  ) throws {
    guard !sighting.isLearned else { return }
    let evaluation = Evaluation(rules: rules, scanned: beholding.scanned)
    if let match = rule.match, !evaluation.holds(match) { return }
    for group in beholding.groups(rule.by) {
      let key = GroupKey(rule: rule.id, group: JSONWriter.canonical(group))
      let step = GroupState.Step(
        rule: id, start: now, at: now, position: position, article: beholding.article.id.rawValue)
      var isWhole = false
      var articles: [String] = []
      try change(rule, key) { turn, state in
        let before = state.steps
        switch rule.kind {
        case .cooccur(let steps): isWhole = state.gather(step, steps, at: turn.now)
        case .sequence(let steps): isWhole = state.advance(step, steps, at: turn.now)
        case .absentAfter(let absence):
          if id != absence.rules[0] {
            (state.armed, state.lookAt) = (nil, nil)
          } else if !turn.meets(absence.rules[1], beholding.scanned) {
            // One article may be both, and answers itself.
            state.armed = state.armed ?? step
          }
        default: break
        }
        if isWhole { articles = (before + [step]).map(\.article) }
      }
      if isWhole { try tell(rule, key, sighting, articles) }
    }
  }

  private func meets(_ id: String, _ scanned: ScannedArticle) -> Bool {
    engine.ruled[id].map { rules.holds($0, scanned) } ?? false
  }

  private mutating func tell(
    _ rule: Rule, _ key: GroupKey, _ sighting: Sighting, _ articles: [String]
  ) throws {
    var telling = Telling(reason: rule.kind.name, sighting, rules)
    let names = rule.kind.uses.joined(separator: rule.kind.name == "sequence" ? ", then " : " and ")
    telling.why.insert(Alert.Clause(clause: names, via: rule.kind.name), at: 0)
    telling.articles = articles
    telling.articleCount = Set(articles).count
    try happen(rule, key, telling)
  }

  /// Looks whether what should have followed has been missing for long enough.
  mutating func miss(
    _ rule: Rule, _ absence: RuleKind.Absence, _ key: GroupKey, _ state: inout GroupState
  ) throws {
    guard let armed = state.armed else { return }
    let clock = try store.clock
    let unseen = try clock.outages + store.memory(rule.id).pauses
    let pauses = clock.gaps + (absence.healthy > 0 ? unseen : [])
    if let later = Self.later(pauses, from: armed.at, now, absence.within.seconds) {
      state.lookAt = later
      return
    }
    (state.armed, state.lookAt) = (nil, nil)
    guard learning == nil else { return }
    var telling = Telling(reason: "absent")
    telling.articles = [armed.article]
    telling.articleCount = 1
    let text = DurationText.text(absence.within)
    telling.why = [
      Alert.Clause(
        clause: "\(absence.rules[0]) without \(absence.rules[1]) within \(text)",
        via: rule.kind.name)
    ]
    if state.alert == nil {
      _ = try open(rule, key, &state, telling)
    } else {
      state.alert?.last = now
      try update(rule, key, &state, telling)
    }
  }
}

extension GroupState {
  /// Takes a step of a rule whose steps come in any order.
  ///
  /// - Returns: whether all are there; then they are forgotten.
  mutating func gather(_ step: Step, _ wanted: RuleKind.Steps, at time: Double) -> Bool {
    steps.removeAll { $0.start + wanted.within.seconds <= time || $0.rule == step.rule }
    steps.append(step)
    guard wanted.rules.allSatisfy({ id in steps.contains { $0.rule == id } }) else { return false }
    steps = []
    return true
  }

  /// Takes a step of a rule whose steps come in order; for each the chain that began last is kept.
  ///
  /// - Returns: whether a chain is whole; then all are forgotten.
  mutating func advance(_ step: Step, _ wanted: RuleKind.Steps, at time: Double) -> Bool {
    steps.removeAll { $0.start + wanted.within.seconds <= time }
    guard let index = wanted.rules.firstIndex(of: step.rule) else { return false }
    var step = step
    if index > 0 {
      // Only behind its predecessor, and in another record: an article may be both.
      let before = steps.last {
        $0.rule == wanted.rules[index - 1] && $0.position < step.position
      }
      guard let before else { return false }
      step.start = before.start
    }
    guard index < wanted.rules.count - 1 else {
      steps = []
      return true
    }
    if let known = steps.last(where: { $0.rule == step.rule }), known.start > step.start {
      return false
    }
    let older = steps.last { $0.rule == step.rule && $0.position < step.position }
    steps.removeAll { $0.rule == step.rule }
    steps += [older, step].compactMap(\.self)
    return false
  }
}
