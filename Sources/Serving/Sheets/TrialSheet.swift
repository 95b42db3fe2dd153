import Core
import EventLog
import Projections

/// What a query would have told of the past.
struct TrialSheet: Sheet {
  /// Empty before anything was tried.
  let query: String
  let span: String
  let trial: Trial?

  var title: String { "Try a query" }
  var section: Route { .rules }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("match", query)
      guard let trial else { return }
      json.field("since", trial.since)
      json.field("articles", trial.articles)
      json.field("cut", trial.isCut)
      json.key("rule")
      trial.rule.write(to: &json)
    }
  }

  func write(to html: inout HTML) {
    html.trialForm(query: query, span: span)
    guard let trial else { return }
    let rule = trial.rule
    html.element("p", ["class": "lead"]) { html in
      html.add("Of \(HTML.count(trial.articles, "article")) since ")
      html.time(trial.since)
      html.add(
        ", it would have raised \(HTML.count(rule.fired.count, "alert")) in \(HTML.count(rule.lines, "line"))"
      )
      if !rule.held.isEmpty { html.add("; held: \(HTML.words(rule.heldText))") }
      html.add(". \(rule.known) of its articles raised an alert then.")
    }
    if trial.isCut {
      html.element(
        "p", ["class": "note"],
        "There is more than is looked at here; `tidings rules try` looks at all of it.")
    }
    let days = rule.days.sorted { $0.key < $1.key }.map {
      DayCount(day: $0.key, articles: $0.value)
    }
    DayChart(days, of: "Lines a day", unit: "line").write(to: &html)
    html.heading("Examples", count: min(rule.fired.count, TriedRule.samples))
    if rule.fired.isEmpty { html.nothing("Nothing would have been told.") }
    html.element("ol", ["class": "alerts"]) { html in
      for alert in rule.fired.prefix(TriedRule.samples) { html.example(alert) }
    }
  }
}

extension HTML {
  /// An alert that never was: it has no address.
  fileprivate mutating func example(_ alert: Alert) {
    element("li", ["class": "alert"]) { html in
      html.element("p", ["class": "kicker"]) { $0.time(alert.at) }
      html.element("h3", ["dir": "auto"]) { $0.link(alert.article?.url, alert.markedTitle) }
      html.why(alert, limit: 8)
    }
  }
}
