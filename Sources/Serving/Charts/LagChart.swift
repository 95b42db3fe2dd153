import Core
import Projections

/// Who told a story when: a dot an article, from the first to the last; copies are hollow.
struct LagChart {
  private static let (width, height) = (720.0, 56.0)

  private let members: [StoryPortrait.Member]

  init(_ members: [StoryPortrait.Member]) {
    self.members = members
  }

  func write(to html: inout HTML) {
    guard let last = members.last, members.count > 1, last.lag > 0 else { return }
    let copies = members.count { $0.original != nil }
    let words =
      "\(HTML.count(members.count, "article")) in \(DayText.lag(last.lag).dropFirst())"
      + (copies == 0 ? "" : ", \(copies) of them \(copies == 1 ? "a copy" : "copies")") + "."
    html.element("figure") { html in
      html.open(
        "svg",
        [
          "viewBox": "0 0 \(Int(Self.width)) \(Int(Self.height))", "role": "img", "class": "chart",
          "aria-labelledby": "chart-title chart-words",
        ])
      html.element("title", ["id": "chart-title"], "When it was told, and by whom")
      html.element("desc", ["id": "chart-words"], words)
      html.element("line", ["x1": "0", "x2": "\(Int(Self.width))", "y1": "20", "y2": "20"]) { _ in }
      for member in members { dot(member, of: last.lag, &html) }
      html.element("text", ["x": "0", "y": "50"], "first: \(members.first?.source ?? "")")
      html.element(
        "text", ["x": "\(Int(Self.width))", "y": "50", "text-anchor": "end"], DayText.lag(last.lag))
      html.close("svg")
      html.element("figcaption", [:], words)
    }
  }

  private func dot(_ member: StoryPortrait.Member, of whole: Double, _ html: inout HTML) {
    let place = 8 + member.lag / whole * (Self.width - 16)
    html.element(
      "circle",
      [
        "cx": DayChart.text(place), "cy": "20", "r": "6",
        "class": member.original == nil ? "dot" : "dot copy",
      ]
    ) { $0.element("title", [:], "\(member.source), \(DayText.lag(member.lag))") }
  }
}
