import Core
import FoundationEssentials
import Projections

/// How much there was on each day, as bars; what it shows is said in words too.
struct DayChart {
  /// Days that have room.
  private static let most = 90
  private static let (width, height, foot) = (720, 140, 20)

  private let days: [DayCount]
  private let name: String
  private let unit: String

  /// Days in order, of which some may be missing; of many the last are shown.
  init(_ days: [DayCount], of name: String, unit: String = "article") {
    (self.name, self.unit) = (name, unit)
    self.days = Self.filled(days)
  }

  /// With the days on which there was nothing.
  private static func filled(_ days: [DayCount]) -> [DayCount] {
    let counts = Dictionary(days.map { ($0.day, $0.articles) }) { $0 + $1 }
    guard let first = days.first.flatMap({ Timestamp.moment($0.day) }),
      let last = days.last.flatMap({ Timestamp.moment($0.day) })
    else { return [] }
    let all = Int(last.timeIntervalSince(first) / 86_400)
    return (max(0, all - most + 1)...max(0, all)).map { offset in
      let day = Timestamp.day(first.addingTimeInterval(Double(offset) * 86_400))
      return DayCount(day: day, articles: counts[day] ?? 0)
    }
  }

  func write(to html: inout HTML) {
    guard let first = days.first, let last = days.last,
      let most = days.max(by: { $0.articles < $1.articles })
    else { return }
    let words =
      "From \(DayText.day(first.day)) to \(DayText.day(last.day)); most on \(DayText.day(most.day)): "
      + HTML.count(most.articles, unit) + "."
    html.element("figure") { html in
      // One day alone is said.
      if days.count > 1 { chart(words, most.articles, &html) }
      html.element("figcaption", ["dir": "auto"], "\(name). \(words)")
    }
  }

  private func chart(_ words: String, _ most: Int, _ html: inout HTML) {
    html.open(
      "svg",
      [
        "viewBox": "0 0 \(Self.width) \(Self.height)", "role": "img", "class": "chart",
        "aria-labelledby": "chart-title chart-words",
      ])
    html.element("title", ["id": "chart-title"], name)
    html.element("desc", ["id": "chart-words"], words)
    let room = Self.height - Self.foot
    html.element(
      "line", ["x1": "0", "x2": "\(Self.width)", "y1": "\(room)", "y2": "\(room)"]
    ) { _ in }
    for place in days.indices { bar(place, most, &html) }
    html.close("svg")
  }

  /// A day's bar in the middle of its slot, and its name where there is room for all names, or at both ends.
  private func bar(_ place: Int, _ most: Int, _ html: inout HTML) {
    let (day, slot) = (days[place], Double(Self.width) / Double(days.count))
    let (middle, wide) = ((Double(place) + 0.5) * slot, min(48, max(1, slot - 2)))
    let room = Double(Self.height - Self.foot)
    let length = most == 0 ? 0 : Double(day.articles) / Double(most) * (room - 6)
    html.element(
      "rect",
      [
        "x": Self.text(middle - wide / 2), "y": Self.text(room - length),
        "width": Self.text(wide), "height": Self.text(length),
      ]
    ) { $0.element("title", [:], "\(DayText.day(day.day)): \(HTML.count(day.articles, unit))") }
    let base = "\(Self.height - 5)"
    if days.count <= 7 {
      html.element(
        "text", ["x": Self.text(middle), "y": base, "text-anchor": "middle"], DayText.day(day.day))
    } else if place == 0 {
      html.element("text", ["x": "0", "y": base], DayText.day(day.day))
    } else if place == days.count - 1 {
      html.element(
        "text", ["x": "\(Self.width)", "y": base, "text-anchor": "end"], DayText.day(day.day))
    }
  }

  /// A length to a tenth.
  static func text(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
