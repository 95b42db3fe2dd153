import Core
import EventLog
import FoundationEssentials
import GRDB
import Projections
import Rules

/// What the past says of rules: what only it can warn of.
struct RuleExperience {
  /// Articles by which `check` judges: enough to know what is common, and read in a moment.
  static let sample = 1_000
  /// A rule that told nothing for so long may be wrong.
  static let idleTime = 60 * 86_400.0

  let rules: RuleSet
  let views: Views
  let log: SegmentedLog
  let now: Date

  /// Warnings by the newest articles, and of rules that told nothing for long.
  func warnings() async throws -> [Fault] {
    var survey = RuleSurvey(rules)
    let asks = rules.asksForStories
    for article in try views.articles(ArticleFilter(), limit: Self.sample) {
      let told = asks ? try views.read { try ArticleStory(of: article.id, in: $0) } : nil
      survey.note(article, in: told)
    }
    return try await survey.warnings + idle()
  }

  /// Rules that are as old as that and told nothing in the time.
  func idle() async throws -> [Fault] {
    let since = now.addingTimeInterval(-Self.idleTime)
    let start = try await log.position(atOrAfter: since).rawValue
    let (activity, positions) = (try views.ruleActivity(), try views.definedAt())
    return rules.written.filter { rule in
      guard [.live, .shadow].contains(rule.mode), let position = positions[rule.id] else {
        return false
      }
      return position < start && (activity[rule.id]?.last ?? .distantPast) < since
    }.map { rule in
      Fault(
        rule.place, "rule '\(rule.id)' told nothing in 60 days",
        fix: "try it on the past with `tidings rules try`, or remove it", code: "W312",
        weight: .warning)
    }
  }
}

extension Views {
  /// Where the definition of each rule in force stands.
  fileprivate func definedAt() throws -> [String: UInt64] {
    try read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT rule, position FROM rule")
      return Dictionary(rows.map { ($0["rule"], UInt64($0["position"] as Int64)) }) { $1 }
    }
  }
}
