import Core
import Projections

/// The newest articles that pass a filter.
struct ArticlesSheet: Sheet {
  let filter: ArticleFilter
  let articles: [Article]

  var title: String {
    let parts = [
      filter.feed.map { "of \($0)" }, filter.entity.map { "naming \($0)" },
      filter.topic.map { "on \($0)" }, filter.language.map { "in \($0)" },
    ]
    return (["Articles"] + parts.compactMap(\.self)).joined(separator: " ")
  }
  var section: Route { .stories }
  var feed: AtomFeed? { AtomFeed(title, id: "articles", articles) }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.key("articles")
      json.array(articles) { $1.write(to: &$0) }
    }
  }

  func write(to html: inout HTML) {
    if articles.isEmpty { html.nothing("No such articles.") }
    html.articles(articles)
  }
}
