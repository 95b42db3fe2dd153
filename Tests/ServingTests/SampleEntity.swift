import Core
import Foundation

@testable import Projections

/// An entity of which all is known.
enum SampleEntity {
  static func portrait(
    _ count: MentionCount, titled title: String, in article: Article
  ) -> EntityPortrait {
    var aliases = JSONWriter()
    aliases.object { $0.field("id", [title]) }
    let time = SampleSource.time
    let said = ["alias", "alias wikidata", "tagger"].map { via in
      EntityPortrait.Form(text: title, via: via, first: time, articles: 2)
    }
    return EntityPortrait(
      count: count, aliases: aliases.text, forms: said,
      days: [DayCount(day: "2026-05-01", articles: 1), DayCount(day: "2026-05-03", articles: 2)],
      together: [count], tellers: [EntityPortrait.Teller(source: title, articles: 2)],
      stories: [EntityPortrait.Told(story: Story.ID("s1"), title: title, articles: 2)],
      places: [
        EntityPortrait.Place(
          article: article.id, title: title, seen: time, text: title, via: "tagger", model: title)
      ],
      words: [
        EntityPortrait.Word(word: "merged", other: title, by: title, note: title, at: time)
      ])
  }
}
