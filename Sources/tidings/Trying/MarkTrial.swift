import Core
import GRDB
import Projections
import Rules

/// Holds rules against what people said of their alerts: what was good must match still, what was noise must not.
struct MarkTrial {
  let rules: RuleSet
  let views: Views
  /// Marked alerts whose rule is there and whose article is known.
  private(set) var count = 0
  private(set) var failures: [RuleTrial.Failure] = []

  init(_ rules: RuleSet, _ views: Views) throws {
    (self.rules, self.views) = (rules, views)
    for (alert, mark) in try views.marked() { try take(alert, mark) }
  }

  private mutating func take(_ alert: Alert, _ mark: Alert.Mark) throws {
    guard let rule = rules.rules.first(where: { $0.id == alert.rule }), rule.match != nil,
      rule.mode != .off, let article = try article(of: alert)
    else { return }
    count += 1
    let told = try views.read { try ArticleStory(of: article.id, in: $0) }
    let scanned = rules.scan(
      article, in: told, language: try views.language(of: article.id))
    let matches = rules.matches(scanned).contains { $0.rule.id == rule.id }
    guard matches != (mark == .good) else { return }
    let what = matches ? "matches" : "does not match"
    failures.append(
      RuleTrial.Failure(
        rule: rule.id, place: rule.place,
        what:
          "\(what) \"\(article.title)\" now, of alert \(alert.id), which is marked \(mark.rawValue)"
      ))
  }

  /// The article as the alert was told of it.
  private func article(of alert: Alert) throws -> Article? {
    guard let told = alert.article else { return nil }
    return try views.history(of: told.id).first { $0.article.revision == told.revision }?.article
  }
}

extension Views {
  /// The alerts that people marked, with the last mark of each.
  fileprivate func marked() throws -> [(alert: Alert, mark: Alert.Mark)] {
    let rows = try read { db in
      try Row.fetchAll(db, sql: "SELECT alert, mark FROM mark ORDER BY alert").map { row in
        (row["alert"] as String, row["mark"] as String)
      }
    }
    return try rows.compactMap { id, mark in
      guard let mark = Alert.Mark(rawValue: mark), let first = try alerts(idPrefix: id).first else {
        return nil
      }
      return (first.alert, mark)
    }
  }
}
