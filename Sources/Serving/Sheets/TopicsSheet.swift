import Core
import Projections

/// What the news is about.
struct TopicsSheet: Sheet {
  let span: String
  let topics: [MentionCount]

  var title: String { "Topics" }
  var section: Route { .topics }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.key("topics")
      json.array(topics) { $1.write(to: &$0) }
    }
  }

  func write(to html: inout HTML) {
    html.spans(.topics, chosen: span)
    if topics.isEmpty { html.nothing("No article belongs to a topic yet.") }
    html.counts("Topics by articles", topics, .topic)
  }
}

/// One topic: when there was news of it, and the newest articles.
struct TopicSheet: Sheet {
  let span: String
  let topic: TopicPortrait
  let articles: [Article]

  var title: String { topic.count.name }
  var section: Route { .topics }
  var feed: AtomFeed? { AtomFeed(title, id: topic.count.id, articles) }

  func write(to json: inout JSONWriter) {
    json.object { json in
      topic.writeFields(to: &json)
      json.key("newest")
      json.array(articles) { $1.write(to: &$0) }
    }
  }

  func write(to html: inout HTML) {
    html.spans(.topic, id: topic.count.id, chosen: span)
    DayChart(topic.days, of: "Articles on \(title)").write(to: &html)
    html.heading("Newest articles")
    html.articles(articles)
  }
}
