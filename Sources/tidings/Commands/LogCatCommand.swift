import ArgumentParser
import Core
import EventLog
import Projections

/// Prints the log's events as JSON Lines.
struct LogCatCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cat",
    abstract: "Print events, one JSON line each, in the order they were recorded.",
    discussion: """
      Example: tidings log cat --from 1
      Example: tidings log cat -f --type article.published
      """)

  @OptionGroup var options: ConfigurationOption

  @Flag(name: .shortAndLong, help: "Go on with events as they come.")
  var follow = false

  @Option(help: "The first position to print.")
  var from: UInt64 = 0

  @Option(help: "Only events of this type.")
  var type: String?

  func validate() throws {
    guard let type, EventKind(type: type) == nil else { return }
    let fix = Suggestion.fix(for: type, in: EventKind.allCases.map(\.type))
    throw ValidationError("unknown type '\(type)'; \(fix)")
  }

  func run() async throws {
    let log = try Reading.log(try options.read().paths)
    let wanted = type.flatMap(EventKind.init(type:))?.rawValue
    var position = Position(rawValue: from)
    while let last = try await print(log, from: position, wanted) { position = last.next }
    guard follow else { return }
    for try await records in log.subscribe(from: position) { print(records, wanted) }
  }

  /// Prints the next records; returns the last position, or nil at the end.
  private func print(
    _ log: SegmentedLog, from position: Position, _ wanted: UInt16?
  ) async throws -> Position? {
    let records = try await log.read(from: position, limit: 4_096)
    print(records, wanted)
    return records.last?.position
  }

  private func print(_ records: [Record], _ wanted: UInt16?) {
    for record in records where wanted.map({ $0 == record.kind }) ?? true {
      var writer = JSONWriter()
      writer.object { writer in
        writer.field("position", record.position.rawValue)
        writer.field("recorded", record.recordedAt)
        writer.key("event")
        writer.raw(record.payload)
      }
      Terminal.line(writer.bytes)
    }
  }
}
