import ArgumentParser
import Core
import Projections
import Serving
import Text

/// Entities that may be one.
struct EntitiesSuggestionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggestions",
    abstract: "Show entities that are likely the same, for a person to merge.",
    discussion: """
      By how their names sound in other scripts and spellings, and by initials; those that articles or
      stories name together come first. Nothing is merged by itself: `tidings entities merge A B` accepts
      one, `tidings entities alias A "name of B" --not` refuses it.
      Example: tidings entities suggestions
      """)

  @OptionGroup var options: ConfigurationOption
  @Option(name: .short, help: "How many.") var number = 20
  @Flag(help: "JSON Lines instead of columns.") var json = false

  func validate() throws {
    if number < 0 { throw ValidationError("-n takes 0 or more") }
  }

  func run() async throws {
    let found = try Reading.views(try options.read().paths).suggestions(limit: number)
    guard !found.isEmpty else { throw Exit.nothingFound }
    guard !json else { return JSONLines.show(found, Self.write) }
    var columns = Columns("score", "by", "together", "id", "name", "id", "name")
    for suggestion in found {
      columns.add(
        CountList.hundredths(suggestion.score), suggestion.evidence.rawValue,
        suggestion.isShared ? "yes" : "no", suggestion.first.id, suggestion.first.name,
        suggestion.second.id, suggestion.second.name)
    }
    columns.lines.forEach { Terminal.line($0) }
  }

  private static func write(_ writer: inout JSONWriter, _ suggestion: EntitySuggestion) {
    writer.object { writer in
      writer.key("entities")
      writer.array([suggestion.first, suggestion.second]) { $1.write(to: &$0) }
      writer.field("by", suggestion.evidence.rawValue)
      writer.field("together", suggestion.isShared)
      writer.field("score", number: (suggestion.score * 100).rounded() / 100)
    }
  }
}
