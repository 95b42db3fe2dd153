import Core
import FoundationEssentials
import Projections
import Serving

/// Topics as people read them, and counts as two commands print them.
enum CountList {
  static func show(_ counts: [MentionCount], json: Bool) {
    guard !json else { return JSONLines.show(counts) { $1.write(to: &$0) } }
    var columns = Columns(
      "id", "articles", "day", "usual", "hour", "usual", "last", "rising", "name")
    for count in counts {
      columns.add(
        count.id, String(count.articles), String(count.recent), tenths(count.usual),
        String(count.hour), tenths(count.usualHour), Columns.time(count.last), rise(count),
        count.name)
    }
    columns.lines.forEach { Terminal.line($0) }
  }

  static func rise(_ count: MentionCount) -> String {
    count.burst.map { "since \(Columns.time($0))" } ?? ""
  }

  static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  static func hundredths(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}
