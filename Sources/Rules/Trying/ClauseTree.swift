public import Core
import FoundationEssentials

/// A rule's query held against one article in full: what held, what did not, and where.
public struct ClauseTree: Hashable, Sendable {
  /// AND, OR, NOT, or the clause as the rule has it.
  public var clause: String
  public var isHeld: Bool
  /// Places, and values of filters, that made it hold.
  public var evidence: [Alert.Clause]
  public var parts: [ClauseTree]

  /// One line a clause, the first that failed marked.
  public var lines: [String] {
    var lines: [String] = []
    var isMarked = isHeld
    append(to: &lines, depth: 0, &isMarked)
    return lines
  }

  private func append(to lines: inout [String], depth: Int, _ isMarked: inout Bool) {
    let indent = String(repeating: "  ", count: depth)
    // What joins others failed for one of them; that one is to be looked at.
    let isFirst = !isMarked && !isHeld && !Self.joining.contains(clause)
    if isFirst { isMarked = true }
    let place = evidence.first.map { "  " + $0.place } ?? ""
    let mark = isFirst ? "  <- first clause that failed" : ""
    lines.append("\(indent)\(isHeld ? "+" : "x") \(clause)\(place)\(mark)")
    for part in parts { part.append(to: &lines, depth: depth + 1, &isMarked) }
  }

  private static let joining = ["AND", "OR"]
}

extension RuleSet {
  /// How `query` holds for an article, clause by clause.
  public func tree(_ query: Query, _ scanned: ScannedArticle) -> ClauseTree {
    tree(query, Evaluation(rules: self, scanned: scanned), nil)
  }

  private func tree(
    _ query: Query, _ evaluation: Evaluation, _ field: Query.Field?
  ) -> ClauseTree {
    let found = evaluation.finding(query, in: field)
    func parts(_ queries: [Query], in inner: Query.Field? = nil) -> [ClauseTree] {
      queries.map { tree($0, evaluation, inner ?? field) }
    }
    let evidence =
      (found?.spans ?? []).prefix(Self.whyLimit).map(evaluation.scanned.clause)
      + (found?.values ?? [])
    let (clause, children): (String, [ClauseTree]) =
      switch query {
      case .all(let all): ("AND", parts(all))
      case .any(let any): ("OR", parts(any))
      case .not(let part): ("NOT", parts([part]))
      case .near(let a, _, let b): (query.description, parts([a, b]))
      case .atLeast(_, let part): (query.description, parts([part]))
      case .scoped(let inner, let part): (query.description, parts([part], in: inner))
      case .weighed(let weighing): (query.description, parts(weighing.words.map { .term($0.term) }))
      case .filter, .list, .term: (query.description, [])
      }
    return ClauseTree(
      clause: clause, isHeld: found != nil, evidence: children.isEmpty ? evidence : [],
      parts: children)
  }
}

extension Alert.Clause {
  /// Where it was found, in words.
  fileprivate var place: String {
    let span = [field, start.flatMap { start in end.map { "\(start)-\($0)" } }]
      .compactMap(\.self).joined(separator: " ")
    return [text.map { "\"\($0)\"" }, span.isEmpty ? nil : span, via].compactMap(\.self)
      .joined(separator: "  ")
  }
}

extension RuleSet {
  /// Published longer than this before it was seen, an article is late.
  public func isLate(_ article: Article, seen: Double) -> Bool {
    seen - (article.published?.timeIntervalSince1970 ?? seen) > maxAge.seconds
  }
}
