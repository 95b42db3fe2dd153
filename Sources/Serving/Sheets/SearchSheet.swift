import Core

/// Articles that hold all words that were searched for, best first.
struct SearchSheet: Sheet {
  /// Empty before anything was searched for.
  let words: String
  let articles: [Article]

  var title: String { words.isEmpty ? "Search" : "Search: \(words)" }
  var section: Route { .search }
  var feed: AtomFeed? {
    words.isEmpty ? nil : AtomFeed(title, id: "search", articles.sorted { $0.seen > $1.seen })
  }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("words", words)
      json.key("articles")
      json.array(articles) { $1.write(to: &$0) }
    }
  }

  func write(to html: inout HTML) {
    html.element("form", ["action": Route.search.rawValue, "class": "ask"]) { html in
      html.element(
        "label", ["for": "words"], "Words that must all be there; case and accents do not matter")
      html.open(
        "input", ["id": "words", "name": "q", "type": "search", "dir": "auto", "value": words])
      html.element("button", [:], "Search")
    }
    guard !words.isEmpty else { return }
    html.heading("Found", count: articles.count)
    if articles.isEmpty { html.nothing("Nothing holds all of these words.") }
    html.articles(articles)
  }
}
