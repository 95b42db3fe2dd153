/// Which rules can hold at all, given the phrases found in an article.
///
/// Each rule is filed under a set of phrases of which every article that meets it has at least one, the set
/// that is rarest among the rules: what few rules name few articles have. A rule that needs further phrases
/// is looked at only where all of them are there. So the cost of an article grows with its hits, not with the
/// number of rules.
struct RuleIndex: Sendable {
  /// Rules filed under each phrase, in order.
  private var filed = Postings()
  /// Phrases that each rule cannot do without.
  private var needed = Postings()
  /// Rules that are filed nowhere: judged for every article.
  private(set) var always: [Int] = []
  /// Whether a rule that may hold does: its phrases are all that it asks for.
  private var certain: [Bool] = []

  init() {}

  init(_ rules: RuleSet) {
    let conditions = rules.rules.map { rule in
      rule.match.map { Condition($0, rules) } ?? Condition()
    }
    var uses: [Int: Int] = [:]
    for condition in conditions {
      for set in condition.sets { for phrase in set { uses[phrase, default: 0] += 1 } }
    }
    var pairs: [(key: Int, value: Int)] = []
    var needs: [(key: Int, value: Int)] = []
    certain = Array(repeating: false, count: conditions.count)
    for (index, condition) in conditions.enumerated()
    where rules.rules[index].match != nil && rules.rules[index].mode != .off {
      guard let rarest = condition.rarest(by: uses) else {
        always.append(index)
        continue
      }
      let others = condition.sets.filter { $0 != rarest }
      pairs += rarest.map { ($0, index) }
      needs += others.filter { $0.count == 1 }.joined().map { (index, $0) }
      certain[index] = condition.isWhole && others.allSatisfy { $0.count == 1 }
    }
    (filed, needed) = (Postings(pairs), Postings(needs))
  }

  /// Whether a candidate holds without being looked at.
  func isCertain(_ candidate: Int) -> Bool { certain[candidate] }

  /// Rules that may hold, in the order they are written; none that are off.
  func candidates(of hits: Set<Int>) -> [Int] {
    var found = always
    for hit in hits {
      for rule in filed[hit] where needed[Int(rule)].allSatisfy({ hits.contains(Int($0)) }) {
        found.append(Int(rule))
      }
    }
    found.sort()
    // Under several phrases of an OR a rule is found several times.
    var last = -1
    found.removeAll { rule in
      defer { last = rule }
      return rule == last
    }
    return found
  }
}

/// Sets of phrases of each of which an article must have one, for a query to hold.
private struct Condition {
  /// None where nothing can be said.
  var sets: [Set<Int>] = []
  /// Whether the query holds wherever the article has one of each.
  var isWhole = false

  init() {}

  init(_ query: Query, _ rules: RuleSet) {
    (sets, isWhole) = (Self.sets(of: query, rules), Self.isWhole(query))
  }

  private static func isWhole(_ query: Query) -> Bool {
    switch query {
    case .term, .list, .filter(.entity, _): true
    case .all(let parts): parts.allSatisfy(isWhole)
    // Of words alone: of an arm that joins several only one set is kept.
    case .any(let parts): parts.allSatisfy(isWord)
    case .filter, .not, .near, .atLeast, .scoped, .weighed: false
    }
  }

  private static func isWord(_ query: Query) -> Bool {
    switch query {
    case .term, .list, .filter(.entity, _): true
    case .any(let parts): parts.allSatisfy(isWord)
    default: false
    }
  }

  private static func sets(of query: Query, _ rules: RuleSet) -> [Set<Int>] {
    switch query {
    case .term(let term): [Set(rules.phrases(of: term).map(\.index))]
    case .list(let name): [Set(rules.phrases(ofList: name).map(\.index))]
    case .filter(.entity, let values): [Set(rules.phrases(ofEntities: values).map(\.index))]
    // Without a word that weighs something the sum is 0 at most.
    case .weighed(let weighing):
      [
        Set(
          weighing.words.filter { $0.weight > 0 }.flatMap { rules.phrases(of: $0.term) }
            .map(\.index))
      ]
    case .filter, .not: []
    case .scoped(_, let part), .atLeast(_, let part): sets(of: part, rules)
    case .near(let a, _, let b): sets(of: a, rules) + sets(of: b, rules)
    case .all(let parts): parts.flatMap { sets(of: $0, rules) }
    case .any(let parts): union(parts.map { sets(of: $0, rules) })
    }
  }

  /// One of the phrases of every part; nothing where a part needs none.
  private static func union(_ parts: [[Set<Int>]]) -> [Set<Int>] {
    var whole: Set<Int> = []
    for sets in parts {
      guard let smallest = sets.min(by: { $0.count < $1.count }) else { return [] }
      whole.formUnion(smallest)
    }
    return [whole]
  }

  /// The set whose phrases are named least; nil where there is none.
  func rarest(by uses: [Int: Int]) -> Set<Int>? {
    sets.min { a, b in Self.cost(a, uses) < Self.cost(b, uses) }
  }

  private static func cost(_ set: Set<Int>, _ uses: [Int: Int]) -> Int {
    set.reduce(0) { $0 + uses[$1, default: 0] }
  }
}

/// Lists of numbers by number, all in one array.
private struct Postings: Sendable {
  private var heads: [UInt32] = [0]
  private var values: [UInt32] = []

  init() {}

  init(_ pairs: [(key: Int, value: Int)]) {
    let sorted = pairs.sorted { ($0.key, $0.value) < ($1.key, $1.value) }
    values = sorted.map { UInt32($0.value) }
    heads = []
    for (place, pair) in sorted.enumerated() {
      while heads.count <= pair.key { heads.append(UInt32(place)) }
    }
    heads.append(UInt32(sorted.count))
  }

  subscript(key: Int) -> ArraySlice<UInt32> {
    guard key + 1 < heads.count else { return [] }
    return values[Int(heads[key])..<Int(heads[key + 1])]
  }
}
