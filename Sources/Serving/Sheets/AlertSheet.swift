import Core
import EventLog
import Projections

/// One alert: each of its lines, why it fired, and the passages that made it.
struct AlertSheet: Sheet {
  let alert: AlertPortrait

  private var first: Alert? { alert.lines.first?.alert }

  var title: String { first?.title ?? "Alert" }
  var section: Route { .now }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.key("lines")
      json.array(alert.lines) { $1.alert.write(to: &$0, cursor: $1.position.description) }
      json.field("mark", alert.words.mark?.rawValue)
      if let person = alert.words.acknowledgedBy {
        json.field(
          "acknowledged",
          object: {
            $0.field("by", person)
            $0.field("at", alert.words.acknowledgedAt)
            $0.field("note", alert.words.note)
          })
      }
    }
  }

  func write(to html: inout HTML) {
    html.element("ol", ["class": "alerts"]) { html in
      for line in alert.lines { html.alert(line) }
    }
    if let first { passages(first, &html) }
    if let first { facts(first, &html) }
  }

  /// What was found, with the words around it.
  private func passages(_ first: Alert, _ html: inout HTML) {
    guard let article = alert.article else { return }
    for (field, text) in [("summary", article.summary ?? ""), ("text", article.text)] {
      let spans = first.spans(in: field)
      guard !spans.isEmpty else { continue }
      html.heading("Found in its \(field)")
      html.element("blockquote", ["dir": "auto"]) {
        $0.add(Passage(excerptOf: text, marking: spans, margin: 120))
      }
    }
  }

  private func facts(_ first: Alert, _ html: inout HTML) {
    let words = alert.words
    html.heading("Known of it")
    html.facts([
      ("Alert", { $0.element("code", [:], first.id.rawValue) }),
      ("Rule revision", { $0.element("code", [:], first.ruleRevision) }),
      (
        "Watched",
        {
          $0.add(
            "\(first.coverage.feedsOK) of \(HTML.count(first.coverage.feeds, "feed")) answered")
        }
      ),
      ("Held before", { $0.add(held(first)) }),
      (
        "Acknowledged",
        { html in
          guard let person = words.acknowledgedBy else { return html.add("by nobody yet") }
          html.outside("by \(person)" + (words.note.map { ": \($0)" } ?? ""))
        }
      ),
      ("Marked", { $0.add(words.mark?.rawValue ?? "as nothing yet") }),
    ])
    if let note = first.note { html.element("p", ["dir": "auto", "class": "note"], note) }
    html.element("p", ["class": "hint"]) { html in
      html.add("Acknowledge it with ")
      html.element("code", [:], "tidings ack \(first.id.rawValue.prefix(10))")
    }
  }

  private func held(_ alert: Alert) -> String {
    let held = Alert.Hold.allCases.filter { alert.held[$0] > 0 }
      .map { "\(alert.held[$0]) by \(HTML.words($0.rawValue))" }
    return held.isEmpty ? "nothing" : held.joined(separator: ", ")
  }
}
