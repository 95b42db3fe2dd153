public import Core
public import Projections

extension EntityPortrait {
  public func write(to writer: inout JSONWriter) {
    writer.object { writer in
      count.writeFields(to: &writer)
      writer.key("aliases")
      writer.raw(Array(aliases.utf8))
      writer.key("days")
      writer.array(days) { $1.write(to: &$0) }
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
  }

  private func writeForms(to writer: inout JSONWriter) {
    writer.key("written")
    writer.array(forms) { writer, form in
      writer.object { writer in
        writer.field("text", form.text)
        writer.field("source", form.said)
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
