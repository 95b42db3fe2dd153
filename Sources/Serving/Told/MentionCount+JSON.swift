public import Core
public import Projections

extension MentionCount {
  public func write(to writer: inout JSONWriter) {
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

extension DayCount {
  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("day", day)
      writer.field("articles", articles)
    }
  }
}

extension TopicPortrait {
  func writeFields(to writer: inout JSONWriter) {
    count.writeFields(to: &writer)
    writer.key("days")
    writer.array(days) { $1.write(to: &$0) }
  }
}
