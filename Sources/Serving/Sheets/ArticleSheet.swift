import Core

/// An article as it is now, and how it came to be so.
struct ArticleSheet: Sheet {
  let portrait: ArticlePortrait

  /// Characters of a text that are shown; the rest is at its publisher's, and in the JSON.
  private static let shown = 20_000

  private var article: Article? { portrait.history.last?.article }

  var title: String {
    guard let article else { return "Article" }
    return article.title.isEmpty ? article.id.rawValue : article.title
  }
  var section: Route { .stories }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.key("revisions")
      json.array(portrait.history) { json, step in
        if let edit = step.edit {
          step.article.write(to: &json, after: edit)
        } else {
          step.article.write(to: &json)
        }
      }
      json.field("withdrawn", portrait.withdrawal?.rawValue)
      json.field("story", portrait.story?.rawValue)
    }
  }

  func write(to html: inout HTML) {
    guard let article else { return }
    if let withdrawal = portrait.withdrawal {
      html.element("p", ["class": "note"], "Withdrawn: \(withdrawal.rawValue)")
    }
    html.facts(facts(article))
    if portrait.history.count > 1 {
      html.heading("Edits", count: portrait.history.count - 1)
      html.edits(of: portrait)
    }
    html.heading("Text")
    html.element("div", ["class": "text", "dir": "auto"]) { html in
      for paragraph in article.text.prefix(Self.shown).split(separator: "\n") {
        html.element("p", ["dir": "auto"], String(paragraph))
      }
      if article.text.isEmpty, let summary = article.summary {
        html.element("p", ["dir": "auto"], summary)
      }
    }
  }

  private func facts(_ article: Article) -> [(name: String, write: (inout HTML) -> Void)] {
    var facts: [(name: String, write: (inout HTML) -> Void)] = [
      (
        "Feed",
        {
          $0.link(
            to: Route.articles.address([("feed", article.feed.rawValue)]),
            outside: article.feed.rawValue)
        }
      ),
      ("At", { $0.link(article.url, article.url ?? "–") }), ("Seen", { $0.time(article.seen) }),
      ("Published", { $0.time(article.published) }),
    ]
    if !article.authors.isEmpty {
      facts.append(("By", { $0.outside(article.authors.joined(separator: ", ")) }))
    }
    if let language = article.language { facts.append(("Language", { $0.outside(language) })) }
    if let story = portrait.story {
      facts.append(("Told in", { $0.link(to: Route.story.address(story.rawValue), "its story") }))
    }
    return facts
  }
}
