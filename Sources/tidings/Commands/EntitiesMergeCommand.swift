import ArgumentParser
import Core
import Projections

/// Says that several entities are one.
struct EntitiesMergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Say that entities are one; it keeps the name of the first, the others lead to it.",
    discussion: """
      Ids, names or aliases are enough. What a person says stands in the log and wins over any list or
      model; `split` takes it back.
      Example: tidings entities merge Q7747 "Wladimir Putin" --note "German spelling"
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "The entities' ids, names or aliases.") var entities: [String]
  @Option(help: "What to keep with it.") var note: String?

  func validate() throws {
    if entities.count < 2 { throw ValidationError("merge takes two entities or more") }
    if let note { try SaidText.check(note, "--note") }
  }

  func run() async throws {
    let paths = try options.read().paths
    let views = try Reading.views(paths)
    let found = try entities.map { try EntityByName.find($0, views) }
    guard Set(found).count == found.count else {
      throw Failure(
        entities.joined(separator: " "), "name one entity twice", fix: "name each once",
        code: Exit.badData)
    }
    try await PersonalFact(.entityMerged(found, Judgement(by: Person.name, note: note)), paths)
      .tell(done: "merged into \(found[0])")
  }
}
