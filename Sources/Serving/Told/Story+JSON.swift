public import Core
public import Projections

extension StorySummary {
  public func write(to writer: inout JSONWriter) {
    writer.object { writeFields(to: &$0) }
  }

  fileprivate func writeFields(to writer: inout JSONWriter) {
    writer.field("id", id.rawValue)
    writer.field("title", title)
    writer.field("articles", articles)
    writer.field("sources", sources)
    writer.field("last", last)
    writer.field("continues", continues?.rawValue)
  }
}

extension StoryPortrait {
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      summary.writeFields(to: &writer)
      writer.key("members")
      writer.array(members) { $1.write(to: &$0) }
    }
  }
}

extension StoryPortrait.Member {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("article", article.id.rawValue)
      writer.field("title", article.title)
      writer.field("url", article.url)
      writer.field("feed", article.feed.rawValue)
      writer.field("source", source)
      writer.field("published", published)
      writer.field("lag_seconds", Int(lag))
      writer.field("duplicate_of", original?.rawValue)
    }
  }
}
