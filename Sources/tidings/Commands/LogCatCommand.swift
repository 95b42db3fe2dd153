import ArgumentParser
import Core
import EventLog

/// Prints the log's events as JSON Lines.
struct LogCatCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cat",
    abstract: "Print events, one JSON line each, in the order they were recorded.",
    discussion: """
      Example: tidings log cat --from 1
      Example: tidings log cat --since 24h --feed kumparan --type article.published --type article.revised
      Example: tidings log cat -f
      """)

  @OptionGroup var options: ConfigurationOption

  @OptionGroup var filter: RecordFilter

  @Flag(name: .shortAndLong, help: "Go on with events as they come.")
  var follow = false

  func run() async throws {
    let log = try Reading.log(try options.read().paths)
    let end = try await filter.forEach(in: log) { records in records.forEach(print) }
    guard follow else { return }
    let isMeant = filter.isMeant
    for try await records in log.subscribe(from: end) { records.filter(isMeant).forEach(print) }
  }

  private func print(_ record: Record) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("position", record.position.rawValue)
      writer.field("recorded", record.recordedAt)
      if record.isRedacted { writer.field("redacted", true) }
      if record.isLost { writer.field("lost", true) }
      writer.key("event")
      writer.raw(record.payload)
    }
    Terminal.line(writer.bytes)
  }
}
