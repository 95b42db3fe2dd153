import Core
import FoundationEssentials
import Rules

/// What rules would have done over a stretch of the log.
struct RuleTally {
  /// Examples of each rule.
  static let samples = 10

  /// What one rule would have done.
  struct Rule {
    /// Lines by day, `2026-11-26`.
    var days: [String: Int] = [:]
    /// What was held, by reason.
    var held: [String: Int] = [:]
    /// The first line of each alert.
    var fired: [Alert] = []
    var lines = 0
  }

  private(set) var rules: [String: Rule] = [:]
  private(set) var articles = 0

  init(_ ids: [String]) {
    for id in ids { rules[id] = Rule() }
  }

  mutating func note(_ decisions: [Decision], isArticle: Bool) {
    if isArticle { articles += 1 }
    for decision in decisions {
      switch decision {
      case .raise(let alert):
        rules[alert.rule]?.fired.append(alert)
        note(alert)
      case .change(let alert): note(alert)
      case .hold(let hold): rules[hold.rule]?.held[hold.hold, default: 0] += 1
      }
    }
  }

  private mutating func note(_ alert: Alert) {
    rules[alert.rule]?.lines += 1
    rules[alert.rule]?.days[String(Timestamp.text(alert.at).prefix(10)), default: 0] += 1
  }
}

extension RuleTally.Rule {
  /// `cooldown 3, rate 1`; nothing where nothing was held.
  var heldText: String {
    held.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  /// How many of its articles raised an alert when they came.
  func known(among live: Set<Article.ID>) -> Int {
    fired.count { $0.article.map { live.contains($0.id) } ?? false }
  }
}
