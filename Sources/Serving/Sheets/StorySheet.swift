import Core
import Projections

/// A story: who told it first, who followed how much later, who copied, and what was edited.
struct StorySheet: Sheet {
  let story: StoryPortrait
  /// Those of its articles that were edited.
  let edited: [ArticlePortrait]

  var title: String { story.summary.title }
  var section: Route { .stories }

  var feed: AtomFeed? {
    AtomFeed(
      title, id: story.summary.id.rawValue,
      story.members.map(\.article).sorted { $0.seen > $1.seen })
  }

  func write(to json: inout JSONWriter) { story.write(to: &json) }

  func write(to html: inout HTML) {
    let summary = story.summary
    html.element("p", ["class": "lead"]) { html in
      html.add(
        "\(HTML.count(summary.articles, "article")) of \(HTML.count(summary.sources, "independent source")), last "
      )
      html.time(summary.last)
      html.add(".")
      if let before = summary.continues {
        html.add(" It goes on with ")
        html.link(to: Route.story.address(before.rawValue), "an earlier story")
        html.add(".")
      }
    }
    LagChart(story.members).write(to: &html)
    html.heading("In order of time", count: story.members.count)
    members(&html)
    edits(&html)
  }

  private func members(_ html: inout HTML) {
    html.element("ol", ["class": "members"]) { html in
      for (place, member) in story.members.enumerated() {
        html.element("li", ["class": member.original == nil ? nil : "copy"]) { html in
          html.element("p", ["class": "kicker"]) { html in
            html.element("span", ["class": "lag"], place == 0 ? "first" : DayText.lag(member.lag))
            html.outside(member.source)
            if member.original != nil { html.badge("copy") }
          }
          html.element("h3") {
            $0.link(
              to: Route.article.address(member.article.id.rawValue), outside: member.article.title)
          }
          html.element("p", ["class": "under"]) { html in
            html.time(member.published)
            if let original = member.original {
              html.add(" · the same text as ")
              html.link(to: Route.article.address(original.rawValue), name(of: original))
            }
          }
        }
      }
    }
  }

  /// The source of the article that another copies.
  private func name(of article: Article.ID) -> String {
    story.members.first { $0.article.id == article }?.source ?? "another article"
  }

  private func edits(_ html: inout HTML) {
    guard !edited.isEmpty else { return }
    html.heading("Edited since", count: edited.count)
    for article in edited {
      guard let last = article.history.last?.article else { continue }
      html.element("h3") {
        $0.link(to: Route.article.address(last.id.rawValue), outside: last.title)
      }
      html.edits(of: article)
    }
  }
}
