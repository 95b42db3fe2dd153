import Core
import Text

/// What is said of one article, as `annotate` prints it.
struct Annotation {
  private let article: Article
  private let reading: Text.Reading
  /// What topics are called, by id.
  private let topics: [String: String]

  init(_ article: Article, _ reading: Text.Reading, topics: [String: String]) {
    (self.article, self.reading, self.topics) = (article, reading, topics)
  }

  /// One line of JSON.
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("id", article.id.rawValue)
      writer.field("language", reading.language ?? "und")
      writer.key("mentions")
      writer.array(reading.allMentions) { Self.write($1, to: &$0) }
      writer.key("topics")
      writer.array(reading.topics) { write(topic: $1, to: &$0) }
      // As everywhere until articles are gathered: a story is its first article.
      writer.field("story", article.id.rawValue)
      writer.key("duplicate_of")
      writer.null()
    }
    return writer.bytes
  }

  private static func write(_ mention: Text.Reading.Mention, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("entity", mention.entity)
      writer.field("name", mention.name)
      writer.field("type", mention.kind.rawValue)
      writer.field("field", mention.field)
      writer.field("start", mention.start)
      writer.field("end", mention.end)
      writer.field("text", mention.text)
      writer.field("via", mention.via)
    }
  }

  /// A topic of the operator is a query, so it is sure.
  private func write(topic: String, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", topic)
      writer.field("name", topics[topic] ?? topic)
      writer.field("score", number: 1)
    }
  }
}
