/// Which rules can hold at all, given the phrases found in an article.
///
/// Each rule is filed under a set of phrases of which every article that meets it has at least one,
/// so the cost of an article grows with its hits, not with the number of rules.
struct RuleIndex: Sendable {
  private var byPhrase: [Int: [Int]] = [:]
  /// Rules without such a set: judged for every article.
  private var always: [Int] = []

  init() {}

  init(_ rules: RuleSet) {
    for (index, rule) in rules.rules.enumerated() {
      guard let match = rule.match else { continue }
      guard let keys = Self.keys(of: match, rules) else {
        always.append(index)
        continue
      }
      for key in keys.sorted() { byPhrase[key, default: []].append(index) }
    }
  }

  /// Rules that may hold, in the order they are written.
  func candidates(of hits: Set<Int>) -> [Int] {
    guard !byPhrase.isEmpty else { return always }
    return Set(hits.flatMap { byPhrase[$0] ?? [] } + always).sorted()
  }

  /// The phrases of which one must be there; nil where that cannot be said.
  private static func keys(of query: Query, _ rules: RuleSet) -> Set<Int>? {
    switch query {
    case .term(let term): Set(rules.phrases(of: term).map(\.index))
    case .list(let name): Set(rules.phrases(ofList: name).map(\.index))
    case .filter(.entity, let values): Set(rules.phrases(ofEntities: values).map(\.index))
    // Without a word that weighs something the sum is 0 at most.
    case .weighed(let weighing):
      Set(
        weighing.words.filter { $0.weight > 0 }.flatMap { rules.phrases(of: $0.term) }.map(\.index))
    case .filter, .not: nil
    case .scoped(_, let part), .atLeast(_, let part): keys(of: part, rules)
    case .near(let a, _, let b): smallest([keys(of: a, rules), keys(of: b, rules)])
    case .all(let parts): smallest(parts.map { keys(of: $0, rules) })
    case .any(let parts): union(parts.map { keys(of: $0, rules) })
    }
  }

  private static func smallest(_ sets: [Set<Int>?]) -> Set<Int>? {
    sets.compactMap { $0 }.min { $0.count < $1.count }
  }

  private static func union(_ sets: [Set<Int>?]) -> Set<Int>? {
    sets.reduce(Set<Int>()) { whole, next in
      guard let whole, let next else { return nil }
      return whole.union(next)
    }
  }
}
