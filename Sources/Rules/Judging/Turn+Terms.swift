import Core
import FoundationEssentials

extension Turn {
  /// Looks at each value of an article that a rule tells apart.
  mutating func seeTerms(_ rule: Rule, _ sighting: Sighting, _ beholding: Beholding) throws {
    for term in terms(rule, beholding) {
      for group in beholding.groups(rule.by, entities: term.entities) {
        let whole = GroupKey(rule: rule.id, group: JSONWriter.canonical(group))
        let key = GroupKey(rule: rule.id, group: whole.group, term: term.value)
        var isNew = false
        try change(rule, key) { turn, state in
          isNew = try turn.isNew(rule, &state, sighting)
          if isNew { state.items = [] }
        }
        if isNew { try tell(rule, whole, term.value, sighting) }
      }
    }
  }

  struct Term {
    var value: String
    /// The entities it is made of; nil for other values.
    var entities: [String]?
  }

  func terms(_ rule: Rule, _ beholding: Beholding) -> [Term] {
    let terms: [Term] =
      switch rule.kind {
      case .newTerm(let term): values(term, beholding)
      case .newPair(let pair): pairs(rule, pair, beholding)
      default: []
      }
    return Array(terms.prefix(Limits.terms))
  }

  private func values(_ term: RuleKind.NewTerm, _ beholding: Beholding) -> [Term] {
    let article = beholding.article
    switch term.field {
    case .entity:
      return entities(beholding.named, of: term.types).map { Term(value: $0, entities: [$0]) }
    case .publisher: return article.publisher.map { [Term(value: $0)] } ?? []
    case .tag: return article.categories.map { Term(value: $0) }
    case .host:
      let host = article.url.map { Glob.address($0).prefix { $0 != "/" } }
      return host.map { [Term(value: String($0))] } ?? []
    }
  }

  /// An entity of the query with each other of the types wanted.
  private func pairs(
    _ rule: Rule, _ pair: RuleKind.NewPair, _ beholding: Beholding
  ) -> [Term] {
    let asked = rules.entities(of: rule)
    let named = beholding.named
    let others = entities(named, of: pair.types)
    var seen: Set<String> = []
    return named.filter { asked?.contains($0) ?? true }.flatMap { one in
      others.filter { $0 != one }.map { [one, $0].sorted() }
    }
    .filter { seen.insert($0.joined(separator: "+")).inserted }
    .map { Term(value: $0.joined(separator: "+"), entities: $0) }
  }

  private func entities(_ named: [String], of types: [Entity.Kind]) -> [String] {
    guard !types.isEmpty else { return named }
    return named.filter { rules.kindOfEntity[$0].map(types.contains) ?? false }
  }

  /// Whether a value is new by now: unseen for long, and then seen by enough in a short time.
  ///
  /// What is seen and does not become so is known quietly.
  private mutating func isNew(
    _ rule: Rule, _ state: inout GroupState, _ sighting: Sighting
  ) throws -> Bool {
    let wanted = rule.kind.novelty
    let start = try store.memory(rule.id).start
    let seen = [state.last, state.items.last?.at].compactMap(\.self).max()
    if let seen, now - seen >= wanted.notSeen {
      (state.first, state.last, state.items) = (nil, nil, [])
    }
    guard learning == nil, !sighting.isLearned, now >= start + wanted.warmup, state.last == nil
    else {
      (state.first, state.last, state.items) = (nil, now, [])
      return false
    }
    let first = state.first ?? now
    guard now - first <= wanted.within else {
      (state.first, state.last, state.items) = (nil, now, [])
      return false
    }
    state.first = first
    state.take(sighting.item)
    guard state.items.count(.articles) >= wanted.atLeast,
      state.items.count(.sources) >= wanted.sources
    else { return false }
    (state.first, state.last) = (nil, now)
    return true
  }

  /// Tells of a new value: each is a line, in the open alert of the group where there is one.
  private mutating func tell(
    _ rule: Rule, _ key: GroupKey, _ value: String, _ sighting: Sighting
  ) throws {
    var telling = Telling(reason: rule.kind.name, sighting, rules)
    telling.why.insert(Alert.Clause(clause: "new: \(value)", via: rule.kind.name), at: 0)
    try happen(rule, key, telling)
  }

  /// A line of a kind that has no condition: it opens an alert, or goes on in the open one.
  ///
  /// What happened in the past opens none: it would hold what happens now.
  mutating func happen(_ rule: Rule, _ key: GroupKey, _ telling: Telling) throws {
    guard learning == nil else { return }
    try change(rule, key) { turn, state in
      guard state.alert != nil else {
        _ = try turn.open(rule, key, &state, telling)
        return
      }
      state.alert?.last = turn.now
      try turn.update(rule, key, &state, telling)
    }
  }
}

/// What makes a value new, in seconds.
struct Novelty {
  var notSeen: Double
  var atLeast: Int
  var sources: Int
  var within: Double
  var warmup: Double
}

extension RuleKind {
  var novelty: Novelty {
    switch self {
    case .newTerm(let term):
      Novelty(
        notSeen: term.notSeen.seconds, atLeast: term.atLeast, sources: term.sources,
        within: term.within.seconds, warmup: term.warmup.seconds)
    case .newPair(let pair):
      Novelty(
        notSeen: pair.notSeen.seconds, atLeast: 1, sources: pair.sources,
        within: pair.notSeen.seconds, warmup: pair.warmup.seconds)
    default: Novelty(notSeen: 0, atLeast: 1, sources: 1, within: 0, warmup: 0)
    }
  }
}
