import Core
import EventLog
import FoundationEssentials
import Projections
import Rules
import Serving

/// Rules held against a stretch of the log; nothing is told or recorded.
struct PastTrial {
  let rules: RuleSet
  let since: Date
  /// In the order of the rules.
  private(set) var tried: [TriedRule]
  private(set) var articles = 0

  init(_ rules: RuleSet, since: Date) {
    (self.rules, self.since) = (rules, since)
    tried = rules.rules.map { TriedRule(id: $0.id) }
  }

  /// Judges what was recorded, and holds it against what was told of it then.
  mutating func run(_ log: SegmentedLog, _ views: Views, _ report: Projector.Report?) async throws {
    var live: Set<Article.ID> = []
    let records = LogReplay(
      log: log, views: views, progress: report)
    try await records.judge(by: rules, since: since) { record, fact, decisions in
      if case .alertRaised(let alert, _) = fact, let id = alert.article?.id { live.insert(id) }
      guard record.at >= since else { return }
      if record.isNewArticle { articles += 1 }
      decisions.forEach { note($0) }
    }
    for place in tried.indices {
      tried[place].known = tried[place].fired.count {
        $0.article.map { live.contains($0.id) } ?? false
      }
    }
  }

  private mutating func note(_ decision: Decision) {
    switch decision {
    case .raise(let alert): place(of: alert.rule).map { tried[$0].noteRaised(alert) }
    case .change(let alert): place(of: alert.rule).map { tried[$0].noteLine(of: alert) }
    case .hold(let hold): place(of: hold.rule).map { tried[$0].noteHeld(hold.hold) }
    }
  }

  private func place(of rule: String) -> Int? { tried.firstIndex { $0.id == rule } }
}

extension RuleRecord {
  /// Whether it brings an article for the first time.
  fileprivate var isNewArticle: Bool {
    if case .article(_, _, nil, _) = fact { true } else { false }
  }
}
