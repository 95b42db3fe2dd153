import ArgumentParser
import Core
import FoundationEssentials
import Projections

/// Who and what is in the news.
struct EntitiesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "entities",
    abstract: "Show the most mentioned entities, or one of them.",
    discussion: """
      Example: tidings entities --since 7d
      Example: tidings entities China
      Example: tidings entities China --as-of 2026-01-31
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "An id, name or alias; nothing for all.") var name: String?
  @Option(help: "Only mentions from this moment on.") var since: Moment?
  @Option(help: "As it was known at this moment; replays the log up to it.") var asOf: Moment?
  @Flag(help: "JSON instead of columns.") var json = false

  func run() async throws {
    try await Reading.withViews(try options.read().paths, asOf: asOf?.date, show)
  }

  private func show(_ views: Views) throws {
    guard let name else {
      return CountList.show(try views.entities(since: since?.date, limit: 50), json: json)
    }
    guard let entity = try views.entity(name, since: since?.date) else { throw Exit.nothingFound }
    if json { Terminal.line(document(entity)) } else { show(entity) }
  }

  private func show(_ entity: EntityPortrait) {
    Terminal.line(SafeText.line("\(entity.name)  \(entity.type)  \(entity.id)"))
    Terminal.line(SafeText.line("aliases  \(entity.aliases)"))
    for (day, articles) in entity.days { Terminal.line("\(day)  \(articles)") }
    if !entity.together.isEmpty { Terminal.line("together with") }
    CountList.show(entity.together, json: false)
  }

  private func document(_ entity: EntityPortrait) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("id", entity.id)
      writer.field("name", entity.name)
      writer.field("type", entity.type)
      writer.key("aliases")
      writer.raw(Array(entity.aliases.utf8))
      writer.key("days")
      writer.array(entity.days) { writer, day in
        writer.object { writer in
          writer.field("day", day.day)
          writer.field("articles", day.articles)
        }
      }
      writer.key("together")
      writer.array(entity.together) { $1.write(to: &$0) }
    }
    return writer.bytes
  }
}

/// Counts as two commands print them.
enum CountList {
  static func show(_ counts: [MentionCount], json: Bool) {
    guard !json else {
      for count in counts {
        var writer = JSONWriter()
        count.write(to: &writer)
        Terminal.line(writer.bytes)
      }
      return
    }
    var columns = Columns("id", "name", "type", "articles", "mentions", "last", "rising")
    for count in counts {
      columns.add(
        count.id, count.name, count.type, String(count.articles), String(count.mentions),
        Columns.time(count.last), count.burst.map { "since \(Columns.time($0))" } ?? "")
    }
    columns.lines.forEach { Terminal.line($0) }
  }
}

extension MentionCount {
  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", id)
      writer.field("name", name)
      writer.field("type", type)
      writer.field("articles", articles)
      writer.field("mentions", mentions)
      writer.field("last", last)
      writer.field("burst_since", burst)
    }
  }
}
