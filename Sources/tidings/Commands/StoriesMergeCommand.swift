import ArgumentParser
import Core
import Projections

/// Says that several stories are one.
struct StoriesMergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Say that stories are one; it keeps the name of the first, the others lead to it.",
    discussion: """
      The beginnings of ids are enough. What a person says stands in the log and wins over any model.
      Example: tidings stories merge 7kq2m4 ab31xz --note "the same quake"
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "The stories' ids, or their beginnings.") var stories: [String]
  @Option(help: "What to keep with it.") var note: String?

  func validate() throws {
    if stories.count < 2 { throw ValidationError("merge takes two stories or more") }
    if let note { try SaidText.check(note, "--note") }
  }

  func run() async throws {
    let paths = try options.read().paths
    let views = try Reading.views(paths)
    let found = try stories.map { try StoryByPrefix.find($0, views).id }
    guard Set(found).count == found.count else {
      throw Failure(
        stories.joined(separator: " "), "name one story twice", fix: "name each once",
        code: Exit.badData)
    }
    try await PersonalFact(.storyMerged(found, Judgement(by: Person.name, note: note)), paths)
      .tell(done: "merged into \(found[0])")
  }
}
