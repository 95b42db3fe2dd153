import Core
import EventLog
import Projections

/// What fired, newest first, and which feeds are in trouble.
struct NowSheet: Sheet {
  /// Whether it is the front of the page, where trouble is told too.
  var isNow: Bool
  var filter: AlertFilter
  var alerts: [PlacedAlert]
  /// How many were asked for.
  var rows: Int
  var troubles: [FeedHealth]
  /// Nil where it is not the front.
  var coverage: Alert.Coverage?
  var position: Position

  /// Feeds in trouble that stand before the alerts; all are with the feeds.
  private static let shownTroubles = 5

  var title: String { isNow ? "Now" : filter.rule.map { "Alerts of \($0)" } ?? "Alerts" }
  var section: Route { .now }

  var feed: AtomFeed? {
    AtomFeed(id: filter.rule ?? "alerts", alerts: alerts.reversed().map(\.alert))
  }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.key("alerts")
      json.array(alerts) { $1.alert.write(to: &$0, cursor: $1.position.description) }
      json.key("feeds_in_trouble")
      json.array(troubles) { json, trouble in
        json.object { json in
          json.field("feed", trouble.feed.id.rawValue)
          json.field("message", trouble.message ?? "fails")
        }
      }
      json.field("before", older)
    }
  }

  /// Where the older ones begin; nil where there are none.
  private var older: String? {
    alerts.count < rows ? nil : alerts.last?.position.description
  }

  func write(to html: inout HTML) {
    if let coverage { standing(coverage, &html) } else { choices(&html) }
    // Only the newest can be gone on with by what comes.
    let live = filter.before == nil ? position.description : nil
    html.element(
      "section", ["id": "alerts", "data-live": live, "aria-live": "polite", "aria-label": "Alerts"]
    ) {
      list(&$0)
    }
  }

  private func standing(_ coverage: Alert.Coverage, _ html: inout HTML) {
    html.element("p", ["class": "lead"]) { html in
      html.link(
        to: Route.feeds.address(), "\(coverage.feedsOK) of \(HTML.count(coverage.feeds, "feed"))")
      html.add(" \(coverage.feedsOK == 1 ? "answers" : "answer")")
      if coverage.gaps > 0 { html.add("; \(HTML.count(coverage.gaps, "gap")) suspected in a day") }
      html.add(".")
    }
    guard !troubles.isEmpty else { return }
    html.element("section", ["class": "troubles", "aria-label": "Feeds in trouble"]) { html in
      html.heading("Feeds in trouble", count: troubles.count)
      html.element("ul") { html in
        for trouble in troubles.prefix(Self.shownTroubles) {
          html.element("li") { html in
            html.link(
              to: Route.feeds.address() + "#feed-\(trouble.feed.id)",
              outside: trouble.feed.id.rawValue)
            html.add(" ")
            html.outside(trouble.message ?? "fails")
          }
        }
        let rest = troubles.count - Self.shownTroubles
        if rest > 0 {
          html.element("li") { $0.link(to: Route.feeds.address(), "and \(rest) more") }
        }
      }
    }
  }

  private func choices(_ html: inout HTML) {
    html.element("p", ["class": "spans"]) { html in
      for severity in Alert.Severity.allCases {
        html.element(
          "a",
          [
            "href": Route.alerts.address([("rule", filter.rule), ("severity", severity.rawValue)]),
            "aria-current": severity == filter.severity ?? .info ? "true" : nil,
          ],
          severity == .info
            ? "all" : severity == .critical ? "critical" : "\(severity.rawValue) and above")
      }
    }
  }

  private func list(_ html: inout HTML) {
    if alerts.isEmpty { html.nothing("No alerts yet.") }
    var rest = alerts[...]
    while let first = rest.first {
      let day = DayText.day(first.alert.at)
      let same = rest.prefix { DayText.day($0.alert.at) == day }
      html.heading(day)
      html.element("ol", ["class": "alerts"]) { html in
        for placed in same { html.alert(placed) }
      }
      rest = rest.dropFirst(same.count)
    }
    if let older {
      html.element("p", ["class": "more"]) {
        $0.link(
          to: Route.alerts.address([
            ("rule", filter.rule), ("severity", filter.severity?.rawValue), ("before", older),
          ]), "Older alerts")
      }
    }
  }
}
