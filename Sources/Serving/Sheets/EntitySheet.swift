import Core
import Projections

/// One entity: when it was mentioned, how it is written, with whom, by whom, and in which stories.
struct EntitySheet: Sheet {
  let span: String
  let entity: EntityPortrait
  let news: EntityNews

  var title: String { entity.name }
  var section: Route { .entities }

  func write(to json: inout JSONWriter) { entity.write(to: &json, news) }

  func write(to html: inout HTML) {
    html.spans(.entity, id: entity.id, chosen: span)
    DayChart(entity.days, of: "Articles that mention \(entity.name)").write(to: &html)
    html.facts([
      ("Kind", { $0.outside(entity.type) }), ("Id", { $0.element("code", [:], entity.id) }),
      ("First seen", { $0.time(news.first) }),
      ("Written as", { $0.aliases(entity) }),
      ("Told by", { $0.shares(news.sources, of: entity.id) }),
    ])
    html.element("p") {
      $0.link(to: Route.articles.address([("entity", entity.id)]), "All articles that name it")
    }
    if !entity.together.isEmpty {
      html.heading("Mentioned together with")
      html.counts("Mentioned together with", entity.together, .entity)
    }
    if !news.stories.isEmpty {
      html.heading("Stories", count: news.stories.count)
      html.stories(news.stories)
    }
  }
}

extension HTML {
  /// The ways to write an entity, each with its language and where it is from.
  fileprivate mutating func aliases(_ entity: EntityPortrait) {
    let aliases = entity.writtenAliases
    guard !aliases.isEmpty else { return add("its name alone") }
    element("ul", ["class": "chips"]) { html in
      for alias in aliases {
        html.element("li") { html in
          html.outside(alias.text)
          html.element(
            "span", ["class": "via"], " \(alias.language ?? "any language"), \(alias.source)")
        }
      }
    }
  }

  fileprivate mutating func shares(_ shares: [FeedShare], of entity: String) {
    guard !shares.isEmpty else { return add("–") }
    element("ul", ["class": "chips"]) { html in
      for share in shares {
        html.element("li") { html in
          html.link(
            to: Route.articles.address([("feed", share.feed.rawValue), ("entity", entity)]),
            outside: share.feed.rawValue)
          html.element("span", ["class": "via"], " \(share.articles)")
        }
      }
    }
  }
}

extension EntityPortrait {
  /// All are of the configuration: a list for any language, or lists by language.
  fileprivate var writtenAliases: [(text: String, language: String?, source: String)] {
    let source = "configured"
    switch try? JSONValue(parsing: Array(aliases.utf8)) {
    case .array(let texts): return texts.compactMap(\.string).map { ($0, nil, source) }
    case .object(let lists):
      return lists.flatMap { list in
        (list.value.array ?? []).compactMap(\.string).map {
          ($0, list.key == "any" ? nil : list.key, source)
        }
      }
    default: return []
    }
  }
}
