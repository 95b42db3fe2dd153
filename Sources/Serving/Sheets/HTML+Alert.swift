import Core
import Projections

extension HTML {
  /// An alert as a line of a list: when, how severe, by which rule, the title, and why it fired.
  mutating func alert(_ placed: PlacedAlert) {
    let alert = placed.alert
    element("li", ["id": "alert-\(placed.position)", "class": "alert \(alert.severity.rawValue)"]) {
      html in
      html.element("p", ["class": "kicker"]) { $0.kicker(alert) }
      html.element("h3", ["dir": "auto"]) { $0.link(alert.article?.url, alert.markedTitle) }
      html.under(alert)
      html.why(alert, limit: 8)
    }
  }

  private mutating func kicker(_ alert: Alert) {
    element("a", ["href": Route.alert.address(alert.id.rawValue), "class": "clock"]) { html in
      html.element("time", ["datetime": Timestamp.text(alert.at)], DayText.clock(alert.at))
    }
    severity(alert.severity)
    link(to: Route.alerts.address([("rule", alert.rule)]), outside: alert.rule)
    if alert.state != .fired { badge(alert.state.rawValue) }
    for flag in alert.flags { badge(flag) }
  }

  /// A word that also has a colour.
  mutating func severity(_ severity: Alert.Severity) {
    element("span", ["class": "severity \(severity.rawValue)"], severity.rawValue)
  }

  /// Where the article is from, who else tells it, and what was held.
  private mutating func under(_ alert: Alert) {
    element("p", ["class": "under"]) { html in
      if let article = alert.article {
        html.link(
          to: Route.articles.address([("feed", article.feed.rawValue)]),
          outside: article.feed.rawValue)
        html.add(" · ")
        html.link(to: Route.article.address(article.id.rawValue), "article")
        if let published = article.published {
          html.add(" · published ")
          html.time(published, of: alert.at)
        }
      } else {
        html.outside(
          alert.group.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(
            separator: ", "))
      }
      if let story = alert.story {
        html.add(" · ")
        html.link(to: Route.story.address(story.rawValue), "story")
      }
      if alert.alsoArticles > 0 {
        html.add(
          " · also \(Self.count(alert.alsoArticles, "article")) of \(Self.count(alert.alsoSources, "source"))"
        )
      }
      if alert.held.all > 0 { html.add(" · \(alert.held.all) held before") }
    }
  }

  /// The clauses that held and what was found for each.
  mutating func why(_ alert: Alert, limit: Int) {
    guard !alert.why.isEmpty else {
      return element(
        "p", ["class": "why"], "because \(alert.reason.isEmpty ? "its rule says so" : alert.reason)"
      )
    }
    element("ul", ["class": "why", "aria-label": "Why it fired"]) { html in
      for clause in alert.why.prefix(limit) { html.clause(clause) }
      if alert.why.count > limit { html.element("li", [:], "and \(alert.why.count - limit) more") }
    }
  }

  private mutating func clause(_ clause: Alert.Clause) {
    element("li") { html in
      html.element("code", ["dir": "auto"], clause.clause)
      if let text = clause.text {
        html.add(" ")
        html.element("mark", ["dir": "auto"], text)
      }
      let place = [clause.field.map { "in \($0)" }, clause.via].compactMap(\.self)
      if !place.isEmpty {
        html.element("span", ["class": "via"], " " + place.joined(separator: ", "))
      }
    }
  }
}
