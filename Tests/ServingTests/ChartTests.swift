import Projections
import Testing

@testable import Serving

@Suite("A chart of days") struct ChartTests {
  static func html(_ days: [(String, Int)]) -> String {
    var html = HTML()
    DayChart(days.map { DayCount(day: $0.0, articles: $0.1) }, of: "Articles").write(to: &html)
    return html.text
  }

  @Test func `has a bar for each day, also for those without anything`() {
    let text = Self.html([("2026-02-27", 1), ("2026-03-02", 4)])
    let titles = text.split(separator: "<title>").dropFirst().map {
      String($0.prefix { $0 != "<" })
    }
    #expect(
      titles == [
        "27 Feb 2026: 1 article", "28 Feb 2026: 0 articles", "1 Mar 2026: 0 articles",
        "2 Mar 2026: 4 articles",
      ])
    #expect(text.contains("height=\"114.0\"") && text.contains("height=\"28.5\""))
  }

  @Test func `says in words what it shows`() {
    let words = "From 27 Feb 2026 to 2 Mar 2026; most on 2 Mar 2026: 4 articles."
    let text = Self.html([("2026-02-27", 1), ("2026-03-02", 4)])
    #expect(text.contains("<desc id=\"chart-words\">\(words)</desc>"))
    #expect(text.contains("aria-labelledby=\"chart-title chart-words\""))
    #expect(text.contains("<figcaption dir=\"auto\">Articles. \(words)</figcaption>"))
  }

  @Test func `is not made of one day, and of many shows the last`() {
    #expect(!Self.html([("2026-02-27", 1)]).contains("<svg"))
    #expect(Self.html([]) == "")
    let text = Self.html([("2020-01-01", 1), ("2026-03-02", 4)])
    #expect(text.ranges(of: "<rect").count == 90)
    #expect(text.contains(">2 Mar 2026: 4 articles<"))
  }

  @Test func `leaves nothing open`() {
    let text = Self.html([("2026-02-27", 1), ("2026-03-02", 4)])
    for tag in ["svg", "rect", "line", "text", "title", "desc", "figure"] {
      let opened = text.ranges(of: "<\(tag)>").count + text.ranges(of: "<\(tag) ").count
      #expect(opened == text.ranges(of: "</\(tag)>").count, "\(tag)")
    }
  }
}
