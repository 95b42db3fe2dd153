import Projections
import Rules
import Serving

extension RuleStatus {
  /// Each of `rules` and what the views know of it.
  static func read(_ rules: RuleSet, _ views: Views) throws -> [RuleStatus] {
    let (activity, cooling) = (try views.ruleActivity(), try views.cooling())
    let noise = try views.noise()
    return rules.rules.map { rule in
      var status = RuleStatus(rule)
      status.activity = activity[rule.id] ?? status.activity
      status.coolingUntil = cooling[rule.id]
      status.noise = noise[rule.id] ?? 0
      return status
    }
  }

  /// A rule that nothing is known of yet.
  init(_ rule: Rule) {
    self.init(
      id: rule.id, revision: rule.revision, mode: rule.mode.rawValue, severity: rule.severity,
      match: rule.match?.description, kind: rule.kind.name,
      activity: RuleActivity(alerts: 0, last: nil), noise: 0, coolingUntil: nil)
  }
}
