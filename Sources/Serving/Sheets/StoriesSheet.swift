import Core
import Projections

/// What happened, those stories first that most independent sources tell.
struct StoriesSheet: Sheet {
  let span: String
  let stories: [StorySummary]

  var title: String { "Stories" }
  var section: Route { .stories }

  var feed: AtomFeed? {
    AtomFeed(
      id: "stories", title: title,
      entries: stories.sorted { $0.last > $1.last }.map { story in
        AtomFeed.Entry(
          id: story.id.rawValue, title: story.title, updated: story.last,
          summary:
            "\(HTML.count(story.sources, "source")), \(HTML.count(story.articles, "article"))")
      })
  }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.key("stories")
      json.array(stories) { $1.write(to: &$0) }
    }
  }

  func write(to html: inout HTML) {
    html.spans(.stories, chosen: span)
    if stories.isEmpty { html.nothing("No stories in this time.") }
    html.stories(stories)
  }
}
