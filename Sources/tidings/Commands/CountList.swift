import Core
import FoundationEssentials
import Projections

/// Topics as people read them, and counts as two commands print them.
enum CountList {
  static func show(_ counts: [MentionCount], json: Bool) {
    guard !json else {
      for count in counts {
        var writer = JSONWriter()
        count.write(to: &writer)
        Terminal.line(writer.bytes)
      }
      return
    }
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

extension MentionCount {
  func write(to writer: inout JSONWriter) {
    writer.object { writeFields(to: &$0) }
  }

  func writeFields(to writer: inout JSONWriter) {
    writer.field("id", id)
    writer.field("name", name)
    writer.field("type", type)
    writer.field("articles", articles)
    writer.field("mentions", mentions)
    writer.field("source", source.isEmpty ? nil : source)
    writer.field("first_seen", first)
    writer.field("last", last)
    writer.field("last_day", recent)
    writer.field("usual_day", number: usual)
    if type == "topic" {
      writer.field("last_hour_sources", hour)
      writer.field("usual_hour_sources", number: usualHour)
    }
    writer.field("burst_since", burst)
  }
}
