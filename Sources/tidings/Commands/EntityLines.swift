import Core
import FoundationEssentials
import Projections

/// Entities as people read them.
enum EntityLines {
  static func show(_ entities: [MentionCount], json: Bool) {
    guard !json else { return CountList.show(entities, json: true) }
    var columns = Columns("id", "type", "articles", "day", "usual", "first", "rising", "name")
    for entity in entities {
      columns.add(
        entity.id, entity.type, String(entity.articles), String(entity.recent),
        CountList.tenths(entity.usual), Columns.time(entity.first), CountList.rise(entity),
        entity.name)
    }
    columns.lines.forEach { Terminal.line($0) }
  }

  static func show(_ entity: EntityPortrait) {
    let count = entity.count
    Terminal.line(SafeText.line("\(count.name)  \(count.type)  \(count.id)  \(count.source)"))
    Terminal.line(SafeText.line("aliases  \(entity.aliases)"))
    Terminal.line(
      "articles \(count.articles)  mentions \(count.mentions)  first \(Columns.time(count.first))"
        + "  last \(Columns.time(count.last))  \(CountList.rise(count))")
    for word in entity.words {
      Terminal.line(
        SafeText.line(
          "\(word.word) \(word.other)  by \(word.by) \(Timestamp.text(word.at))"
            + (word.note.map { "  \($0)" } ?? "")))
    }
    for day in entity.days { Terminal.line("\(day.day)  \(day.articles)") }
    list("written", entity.forms.map { ["\($0.articles)", $0.said, $0.text] })
    list("by", entity.tellers.map { ["\($0.articles)", $0.source] })
    list(
      "with", entity.together.map { ["\($0.articles)", Columns.time($0.last), $0.id, $0.name] })
    list(
      "in stories",
      entity.stories.map { ["\($0.articles)", String($0.story.rawValue.prefix(10)), $0.title] })
    list(
      "lately",
      entity.places.map {
        [Columns.time($0.seen), String($0.article.rawValue.prefix(10)), $0.via, $0.text, $0.title]
      })
  }

  private static func list(_ head: String, _ rows: [[String]]) {
    guard !rows.isEmpty else { return }
    Terminal.line("\(head):")
    for row in rows { Terminal.line(SafeText.line("  " + row.joined(separator: "  "))) }
  }
}
