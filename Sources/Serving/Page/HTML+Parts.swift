import Core
import FoundationEssentials
import Projections

/// What several views are made of.
extension HTML {
  /// A link within the page.
  mutating func link(to address: String, _ words: String) {
    element("a", ["href": address], words)
  }

  /// A link within the page whose words are from outside.
  mutating func link(to address: String, outside words: String) {
    element("a", ["href": address, "dir": "auto"], words)
  }

  /// A moment in UTC, to the minute; where it is of the same day as another that is told, its hour alone.
  mutating func time(_ date: Date?, of day: Date? = nil) {
    guard let date else { return add("–") }
    let isSame = day.map { DayText.day($0) == DayText.day(date) } ?? false
    element(
      "time", ["datetime": Timestamp.text(date.second)],
      isSame ? DayText.clock(date) : DayText.moment(date))
  }

  /// A name of a state or kind that stands out.
  mutating func badge(_ name: String) {
    element("span", ["class": "state"], Self.words(name))
  }

  /// A name of JSON as people read it.
  static func words(_ name: String) -> String {
    name.split(separator: "_").joined(separator: " ")
  }

  /// A heading of a part of the view, with its number.
  mutating func heading(_ words: String, count: Int? = nil) {
    element("h2") { html in
      html.add(words)
      if let count { html.element("span", ["class": "count"], " \(count)") }
    }
  }

  /// What stands where there is nothing.
  mutating func nothing(_ words: String) {
    element("p", ["class": "nothing"], words)
  }

  /// Names and values, a row each.
  mutating func facts(_ facts: [(name: String, write: (inout HTML) -> Void)]) {
    element("dl", ["class": "facts"]) { html in
      for fact in facts {
        html.element("dt", [:], fact.name)
        html.element("dd", [:], fact.write)
      }
    }
  }

  /// A table with a name for those who do not see it; where it is too wide it scrolls by itself, and on a phone
  /// each row is a paragraph.
  mutating func table(_ name: String, _ head: [String], _ rows: (inout HTML) -> Void) {
    element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": name]) {
      html in
      html.element("table") { html in
        html.element("thead") { html in
          html.element("tr") { html in
            for cell in head { html.element("th", ["scope": "col"], cell) }
          }
        }
        html.element("tbody", [:], rows)
      }
    }
  }

  /// A cell of a table; on a phone its head stands before it.
  mutating func cell(
    _ head: String, isNumber: Bool = false, _ write: (inout HTML) -> Void
  ) {
    element("td", ["class": isNumber ? "number" : nil, "data-head": head], write)
  }

  /// A number in a table.
  mutating func cell(_ head: String, number: String) {
    cell(head, isNumber: true) { $0.add(number) }
  }

  /// How far back a view looks, as links; what is chosen stands out.
  mutating func spans(_ route: Route, id: String = "", chosen: String) {
    element("p", ["class": "spans"]) { html in
      for (span, words) in [("24h", "day"), ("7d", "week"), ("30d", "month"), ("all", "all")] {
        html.element(
          "a",
          [
            "href": route.address(id, [("since", span)]),
            "aria-current": span == chosen ? "true" : nil,
          ], words)
      }
    }
  }

  /// Articles as lines: title, where it is from, when it was seen.
  mutating func articles(_ articles: [Article]) {
    element("ol", ["class": "lines"]) { html in
      for article in articles {
        html.element("li") { html in
          html.element("h3") {
            $0.link(
              to: Route.article.address(article.id.rawValue),
              outside: article.title.isEmpty ? article.id.rawValue : article.title)
          }
          html.element("p", ["class": "under"]) { html in
            html.time(article.seen)
            html.add(" · ")
            html.link(
              to: Route.articles.address([("feed", article.feed.rawValue)]),
              outside: article.feed.rawValue)
            if let language = article.language { html.add(" · \(language)") }
            if article.revision > 1 { html.add(" · revision \(article.revision)") }
          }
        }
      }
    }
  }

  /// Stories as lines.
  mutating func stories(_ stories: [StorySummary]) {
    element("ol", ["class": "lines"]) { html in
      for story in stories {
        html.element("li") { html in
          html.element("h3") {
            $0.link(to: Route.story.address(story.id.rawValue), outside: story.title)
          }
          html.element("p", ["class": "under"]) { html in
            html.add(
              "\(Self.count(story.sources, "source")) · \(Self.count(story.articles, "article")) · last "
            )
            html.time(story.last)
            if story.continues != nil { html.add(" · goes on with an earlier story") }
          }
        }
      }
    }
  }

  /// `1 article`, `12 articles`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}

extension Date {
  /// Without its fraction.
  var second: Date { Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down)) }
}
