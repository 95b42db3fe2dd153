public import Core

/// What rules make of articles: how many match, for how many a rule is looked at, which of its clauses decide.
///
/// Knows neither kinds nor holds: it counts matches, of which `rules try` says what becomes.
public struct RuleSurvey {
  /// Rules whose clauses are looked at, each for every article.
  static let weighedRules = 200
  /// Fewer articles than this say little of what is usual.
  static let fewestArticles = 1_000
  /// The share of articles above which a rule is looked at too often.
  static let commonShare = 0.05

  private let rules: RuleSet
  public private(set) var articles = 0
  /// By rule, as they stand in the set.
  private var matches: [Int]
  private var looked: [Int]
  private var decided: [Set<Int>]

  public init(_ rules: RuleSet) {
    self.rules = rules
    matches = Array(repeating: 0, count: rules.rules.count)
    looked = matches
    decided = Array(repeating: [], count: min(Self.weighedRules, rules.rules.count))
  }

  public mutating func note(_ article: Article, in told: ArticleStory? = nil) {
    articles += 1
    let scanned = rules.scan(article, in: told)
    for index in rules.candidates(scanned) where rules.rules[index].mode != .off {
      looked[index] += 1
      if rules.holds(rules.rules[index], scanned) { matches[index] += 1 }
    }
    let evaluation = Evaluation(rules: rules, scanned: scanned)
    for index in decided.indices {
      guard let match = rules.rules[index].match else { continue }
      var number = 0
      decide(match, isDecisive: true, nil, evaluation, &number, &decided[index])
    }
  }

  /// How many articles a rule matched, and how many it was looked at for; nil for one without a query.
  public func count(of rule: String) -> (matches: Int, looked: Int)? {
    guard let index = rules.rules.firstIndex(where: { $0.id == rule }),
      rules.rules[index].match != nil
    else { return nil }
    return (matches[index], looked[index])
  }

  // MARK: Clauses

  /// Numbers the clauses that AND and OR join, and notes those without which the rule had said otherwise.
  ///
  /// `isDecisive`: the rule holds or not as this part does.
  private func decide(
    _ query: Query, isDecisive: Bool, _ field: Query.Field?, _ evaluation: Evaluation,
    _ number: inout Int, _ decided: inout Set<Int>
  ) {
    switch query {
    case .all(let parts), .any(let parts):
      let neutral = if case .all = query { true } else { false }
      let values = parts.map { evaluation.holds($0, in: field) }
      for (place, part) in parts.enumerated() {
        let isAlone =
          isDecisive
          && values.enumerated().allSatisfy { $0.offset == place || $0.element == neutral }
        if isAlone, values[place] != neutral { decided.insert(number) }
        number += 1
        decide(part, isDecisive: isAlone, field, evaluation, &number, &decided)
      }
    case .not(let part):
      decide(part, isDecisive: isDecisive, field, evaluation, &number, &decided)
    case .scoped(let inner, let part):
      decide(part, isDecisive: isDecisive, inner, evaluation, &number, &decided)
    case .near, .atLeast, .filter, .list, .term, .weighed: break
    }
  }

  /// The clauses of a query in the order in which they are numbered.
  private static func clauses(of query: Query) -> [Query] {
    switch query {
    case .all(let parts), .any(let parts): parts.flatMap { [$0] + clauses(of: $0) }
    case .not(let part), .scoped(_, let part): clauses(of: part)
    case .near, .atLeast, .filter, .list, .term, .weighed: []
    }
  }

  // MARK: Warnings

  /// Rules that are looked at too often, and clauses that decided nothing; none where there were few articles.
  public var warnings: [Fault] {
    guard articles >= Self.fewestArticles else { return [] }
    return rules.rules.indices.flatMap { (tooCommon($0).map { [$0] } ?? []) + idle($0) }
  }

  private func tooCommon(_ index: Int) -> Fault? {
    let share = Double(looked[index]) / Double(articles)
    guard share > Self.commonShare, !rules.index.always.contains(index) else { return nil }
    let rule = rules.rules[index]
    return Fault(
      rule.place,
      "rule '\(rule.id)' has no rare word: it must be tried on \(Int((share * 100).rounded())) % of \(articles) articles",
      fix: "add a rarer word that must be there", code: "W303", weight: .warning)
  }

  private func idle(_ index: Int) -> [Fault] {
    let rule = rules.rules[index]
    // A rule that never matched has one fault, and its clauses none of their own.
    guard index < decided.count, matches[index] > 0, let match = rule.match else { return [] }
    return Self.clauses(of: match).enumerated().filter { !decided[index].contains($0.offset) }.map {
      Fault(
        rule.place,
        "rule '\(rule.id)': without \($0.element) the same of \(articles) articles match",
        fix: "remove it, unless it is for what is rare", code: "W312", weight: .warning)
    }
  }
}
