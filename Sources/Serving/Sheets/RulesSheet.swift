import Core
import FoundationEssentials
import Projections

/// The rules and what they did, and a place to try a query on the past.
struct RulesSheet: Sheet {
  let rules: [RuleStatus]

  var title: String { "Rules" }
  var section: Route { .rules }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.key("rules")
      json.array(rules) { $1.write(to: &$0) }
    }
  }

  func write(to html: inout HTML) {
    html.trialForm(query: "", span: "7d")
    html.element("ol", ["class": "lines rules"]) { html in
      for rule in rules { html.rule(rule) }
    }
  }
}

extension HTML {
  fileprivate mutating func rule(_ rule: RuleStatus) {
    element("li", ["id": "rule-\(rule.id)"]) { html in
      html.element("p", ["class": "kicker"]) { html in
        html.severity(rule.severity)
        if rule.mode != "live" { html.badge(rule.mode) }
        if rule.kind != "match" { html.badge(rule.kind) }
      }
      html.element("h3") {
        $0.link(to: Route.alerts.address([("rule", rule.id)]), outside: rule.id)
      }
      if let match = rule.match {
        html.element("p") { $0.element("code", ["dir": "auto"], match) }
      }
      html.element("p", ["class": "under"]) { html in
        if let last = rule.activity.last {
          html.add("fired \(Self.times(rule.activity.alerts)), last ")
          html.time(last)
        } else {
          html.add("never fired")
        }
        if rule.noise > 0 { html.add(" · \(rule.noise) marked noise") }
        if let until = rule.coolingUntil {
          html.add(" · cooling until ")
          html.time(until)
        }
        if let match = rule.match {
          html.add(" · ")
          html.link(to: Route.trial.address([("match", match)]), "try it on the past")
        }
      }
    }
  }

  private static func times(_ number: Int) -> String { number == 1 ? "once" : "\(number) times" }

  /// Where a query is given to be tried.
  mutating func trialForm(query: String, span: String) {
    element("form", ["action": Route.trial.rawValue, "class": "ask"]) { html in
      html.element(
        "label", ["for": "match"], "Try a query on the past; nothing is told or recorded")
      html.open(
        "input",
        [
          "id": "match", "name": "match", "dir": "auto", "required": "", "value": query,
          "placeholder": "gempa~id AND NOT title:simulasi",
        ])
      html.element("label", ["for": "since", "class": "short"], "since")
      html.element("select", ["id": "since", "name": "since"]) { html in
        for choice in ["24h", "7d", "30d"] {
          html.element("option", ["value": choice, "selected": choice == span ? "" : nil], choice)
        }
      }
      html.element("button", [:], "Try")
    }
  }
}
