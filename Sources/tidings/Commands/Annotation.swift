import Core
import Rules
import Text

/// What is said of one article, as `annotate` prints it.
struct Annotation {
  let article: Article
  let reading: Text.Reading
  /// What topics are called, by id.
  private let topics: [String: String]

  init(_ article: Article, _ reading: Text.Reading, topics: [String: String]) {
    (self.article, self.reading, self.topics) = (article, reading, topics)
  }

  /// One line of JSON; `place` is where the articles before it put it.
  func json(in place: ArticleStory) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("id", article.id.rawValue)
      writer.field("language", reading.language ?? "und")
      writer.key("mentions")
      writer.array(reading.allMentions) { Self.write($1, to: &$0) }
      writer.key("topics")
      writer.array(topicsByScore) { write(topic: $1, to: &$0) }
      writer.field("story", place.story.rawValue)
      writer.key("duplicate_of")
      if place.original == article.id {
        writer.null()
      } else {
        writer.string(place.original.rawValue)
      }
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

  /// The strongest first.
  private var topicsByScore: [String] {
    reading.topics.sorted { (score(of: $1), $0) < (score(of: $0), $1) }
  }

  /// A topic of the operator is a query, so it is sure.
  private func score(of topic: String) -> Double { reading.topicScores[topic] ?? 1 }

  private func write(topic: String, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", topic)
      writer.field("name", topics[topic] ?? BuiltInTopic(rawValue: topic)?.name ?? topic)
      writer.field("score", number: (score(of: topic) * 100).rounded() / 100)
    }
  }
}
