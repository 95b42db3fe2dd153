import ArgumentParser
import Projections

/// Full-text search over titles and texts.
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search titles and texts, best first.",
    discussion: """
      All words must be there; case and accents do not matter. Exit 2 if nothing is found.
      Example: tidings search gempa Palu
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "The words.") var words: [String]
  @Option(name: .short, help: "How many.") var number = 20
  @Flag(help: "JSON Lines instead of columns.") var json = false

  func validate() throws {
    if words.isEmpty { throw ValidationError("give a word to search for") }
    if number < 0 { throw ValidationError("-n takes 0 or more") }
  }

  func run() throws {
    let views = try Reading.views(try options.read().paths)
    let found = try views.search(words.joined(separator: " "), limit: number)
    guard !found.isEmpty else { throw Exit.nothingFound }
    ArticleList.show(found, json: json)
  }
}
