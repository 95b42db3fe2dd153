import Core
import Projections

/// Who and what is in the news: what rises, and what is mentioned most.
struct EntitiesSheet: Sheet {
  let span: String
  let rising: [MentionCount]
  let most: [MentionCount]

  var title: String { "Entities" }
  var section: Route { .entities }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.key("rising")
      json.array(rising) { $1.write(to: &$0) }
      json.key("entities")
      json.array(most) { $1.write(to: &$0) }
    }
  }

  func write(to html: inout HTML) {
    html.spans(.entities, chosen: span)
    if !rising.isEmpty {
      html.heading("Rising", count: rising.count)
      html.counts("Rising entities", rising, .entity)
    }
    html.heading("Most mentioned")
    if most.isEmpty { html.nothing("No entities are configured.") }
    html.counts("Most mentioned entities", most, .entity)
  }
}

extension HTML {
  /// Counts as a table, each with a bar that is as long as its part of the greatest.
  mutating func counts(_ name: String, _ counts: [MentionCount], _ route: Route) {
    guard !counts.isEmpty else { return }
    let most = counts.map(\.articles).max() ?? 0
    table(name, ["Name", "Articles", "", "Last", "Rising since"]) { html in
      for count in counts {
        html.element("tr") { html in
          html.element("th", ["scope": "row"]) { html in
            html.link(to: route.address(count.id), outside: count.name)
            if count.type != "topic" { html.element("span", ["class": "via"], " \(count.type)") }
          }
          html.cell("Articles", number: "\(count.articles)")
          html.element("td", ["class": "bar"]) { $0.bar(count.articles, of: most) }
          html.cell("Last") { $0.time(count.last) }
          html.cell("Rising since") { $0.time(count.burst) }
        }
      }
    }
  }

  /// A bar beside its number, which says it already.
  private mutating func bar(_ part: Int, of whole: Int) {
    let width = whole == 0 ? 0 : part * 100 / whole
    open(
      "svg",
      [
        "viewBox": "0 0 100 8", "preserveAspectRatio": "none", "aria-hidden": "true",
        "class": "part",
      ])
    element("rect", ["width": "\(width)", "height": "8", "rx": "1"]) { _ in }
    close("svg")
  }
}
