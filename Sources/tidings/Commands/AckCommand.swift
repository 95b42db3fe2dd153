import ArgumentParser
import Core
import Projections

/// Says that a person has taken note of an alert.
struct AckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack",
    abstract: "Acknowledge an alert: somebody has taken note of it.",
    discussion: """
      The beginning of an alert's id is enough. While the daemon runs it records it, within a second or two.
      Example: tidings ack ujs6clmkhx --note "desk is on it"
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "The alert's id, or its beginning.") var alert: String
  @Option(help: "What to keep with it.") var note: String?

  func validate() throws {
    if let note { try SaidText.check(note, "--note") }
  }

  func run() async throws {
    let paths = try options.read().paths
    let found = try AlertByPrefix.find(alert, paths)
    try await PersonalFact(
      .alertAcknowledged(found.id, Judgement(by: Person.name, note: note)), paths
    ).tell(done: "acknowledged \(AlertByPrefix.name(found))")
  }
}

/// Says what a person thinks of an alert.
struct MarkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mark",
    abstract: "Mark an alert as good or as noise; `tidings rules --json` counts the noise.",
    discussion: """
      The beginning of an alert's id is enough; the last mark counts.
      Example: tidings mark ujs6clmkhx noise
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "The alert's id, or its beginning.") var alert: String
  @Argument(help: "good or noise.") var mark: MarkArgument

  func run() async throws {
    let paths = try options.read().paths
    let found = try AlertByPrefix.find(alert, paths)
    try await PersonalFact(.alertMarked(found.id, mark.mark, by: Person.name), paths)
      .tell(done: "marked \(mark.mark.rawValue): \(AlertByPrefix.name(found))")
  }
}

/// A mark on the command line.
struct MarkArgument: ExpressibleByArgument {
  let mark: Alert.Mark

  init?(argument: String) {
    guard let mark = Alert.Mark(rawValue: argument) else { return nil }
    self.mark = mark
  }

  static var allValueStrings: [String] { Alert.Mark.allCases.map(\.rawValue) }
}

/// The one alert whose id begins as a person wrote it.
enum AlertByPrefix {
  static func find(_ prefix: String, _ paths: Paths) throws -> Alert {
    let found = try Reading.views(paths).alerts(idPrefix: prefix).map(\.alert)
    guard let alert = found.first else {
      throw Failure(
        prefix, "no alert has an id that begins so", fix: "`tidings tail --json` shows the ids",
        code: Exit.nothingFound)
    }
    let count = Set(found.map(\.id)).count
    guard count == 1 else {
      throw Failure(prefix, "begins \(count) ids or more", fix: "give more of it")
    }
    return alert
  }

  static func name(_ alert: Alert) -> String {
    alert.rule + (alert.article.map { " on \"\($0.title)\"" } ?? "")
  }
}

/// Words of a person that stay in the log.
enum SaidText {
  /// Bytes.
  static let limit = 2_000

  static func check(_ text: String, _ option: String) throws {
    let isBlank = text.allSatisfy(\.isWhitespace)
    if isBlank { throw ValidationError("\(option): is empty; say it in a few words") }
    if text.utf8.count > limit {
      throw ValidationError("\(option): is over 2,000 bytes; shorten it")
    }
  }
}
