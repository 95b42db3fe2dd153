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
    list("written", entity.forms.map { ["\($0.articles)", Self.source($0.via), $0.text] })
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

  /// Who says that a way to write means the entity: operator, a list and its source, or what was learned.
  static func source(_ via: String) -> String {
    switch via {
    case "alias": "operator"
    case _ where via.hasPrefix("alias "): "list " + via.dropFirst("alias ".count)
    default: "learned " + via
    }
  }
}

extension EntityPortrait {
  /// One document.
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      count.writeFields(to: &writer)
      writer.key("aliases")
      writer.raw(Array(aliases.utf8))
      writer.key("days")
      writer.array(days) { writer, day in
        writer.object { writer in
          writer.field("day", day.day)
          writer.field("articles", day.articles)
        }
      }
      writeForms(to: &writer)
      writer.key("together")
      writer.array(together) { $1.write(to: &$0) }
      writer.key("sources")
      writer.array(tellers) { writer, teller in
        writer.object { writer in
          writer.field("source", teller.source)
          writer.field("articles", teller.articles)
        }
      }
      writeStories(to: &writer)
      writePlaces(to: &writer)
      writeWords(to: &writer)
    }
    return writer.bytes
  }

  private func writeForms(to writer: inout JSONWriter) {
    writer.key("written")
    writer.array(forms) { writer, form in
      writer.object { writer in
        writer.field("text", form.text)
        writer.field("source", EntityLines.source(form.via))
        writer.field("first_seen", form.first)
        writer.field("articles", form.articles)
      }
    }
  }

  private func writeStories(to writer: inout JSONWriter) {
    writer.key("stories")
    writer.array(stories) { writer, told in
      writer.object { writer in
        writer.field("story", told.story.rawValue)
        writer.field("title", told.title)
        writer.field("articles", told.articles)
      }
    }
  }

  private func writePlaces(to writer: inout JSONWriter) {
    writer.key("latest")
    writer.array(places) { writer, place in
      writer.object { writer in
        writer.field("article", place.article.rawValue)
        writer.field("title", place.title)
        writer.field("seen", place.seen)
        writer.field("text", place.text)
        writer.field("via", place.via)
        writer.field("model", place.model)
      }
    }
  }

  private func writeWords(to writer: inout JSONWriter) {
    writer.key("said")
    writer.array(words) { writer, word in
      writer.object { writer in
        writer.field("word", word.word)
        writer.field("other", word.other)
        writer.field("by", word.by)
        writer.field("note", word.note)
        writer.field("at", word.at)
      }
    }
  }
}
