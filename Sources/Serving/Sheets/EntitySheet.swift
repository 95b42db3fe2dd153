import Core
import Projections

/// One entity: when it was mentioned, how it is written and who says so, with whom, by whom, in which stories,
/// and what people said of it.
struct EntitySheet: Sheet {
  let span: String
  let entity: EntityPortrait

  var title: String { entity.count.name }
  var section: Route { .entities }

  func write(to json: inout JSONWriter) { entity.write(to: &json) }

  func write(to html: inout HTML) {
    let count = entity.count
    html.spans(.entity, id: count.id, chosen: span)
    DayChart(entity.days, of: "Articles that mention \(count.name)").write(to: &html)
    html.facts([
      ("Kind", { $0.outside(count.type) }), ("Id", { $0.element("code", [:], count.id) }),
      ("Known by", { $0.outside(count.source) }), ("First seen", { $0.time(count.first) }),
      ("Written as", { html in html.chips(entity.forms.map { ($0.text, $0.said) }) }),
      (
        "Told by",
        { html in html.chips(entity.tellers.map { ($0.source, String($0.articles)) }) }
      ),
    ])
    html.element("p") {
      $0.link(to: Route.articles.address([("entity", count.id)]), "All articles that name it")
    }
    if !entity.together.isEmpty {
      html.heading("Mentioned together with")
      html.counts("Mentioned together with", entity.together, .entity)
    }
    html.stories(of: entity)
    html.places(of: entity)
    html.words(of: entity)
  }
}

extension HTML {
  /// Short texts of outside, each with what there is to say of it.
  fileprivate mutating func chips(_ chips: [(text: String, via: String)]) {
    guard !chips.isEmpty else { return add("–") }
    element("ul", ["class": "chips"]) { html in
      for chip in chips {
        html.element("li") { html in
          html.outside(chip.text)
          html.element("span", ["class": "via"], " \(chip.via)")
        }
      }
    }
  }

  fileprivate mutating func stories(of entity: EntityPortrait) {
    guard !entity.stories.isEmpty else { return }
    heading("Stories", count: entity.stories.count)
    table("Stories", ["Story", "Articles that name it"]) { html in
      for told in entity.stories {
        html.element("tr") { html in
          html.element("th", ["scope": "row"]) {
            $0.link(to: Route.story.address(told.story.rawValue), outside: told.title)
          }
          html.cell("Articles that name it", number: "\(told.articles)")
        }
      }
    }
  }

  /// The newest articles, each with the words that name it and what says so.
  fileprivate mutating func places(of entity: EntityPortrait) {
    guard !entity.places.isEmpty else { return }
    heading("Lately")
    table("Newest mentions", ["Article", "Words", "Found by", "Seen"]) { html in
      for place in entity.places {
        html.element("tr") { html in
          html.element("th", ["scope": "row"]) {
            $0.link(to: Route.article.address(place.article.rawValue), outside: place.title)
          }
          html.cell("Words") { $0.outside(place.text) }
          html.cell("Found by") {
            $0.outside([place.via, place.model].compactMap(\.self).joined(separator: ", "))
          }
          html.cell("Seen") { $0.time(place.seen) }
        }
      }
    }
  }

  fileprivate mutating func words(of entity: EntityPortrait) {
    guard !entity.words.isEmpty else { return }
    heading("Said by people")
    element("ul") { html in
      for word in entity.words {
        html.element("li") { html in
          html.outside("\(word.word) \(word.other), by \(word.by)")
          if let note = word.note { html.outside(": \(note)") }
          html.add(" ")
          html.time(word.at)
        }
      }
    }
  }
}
