import ArgumentParser
import Core
import Projections

/// Says that some ways to write an entity mean another one.
struct EntitiesSplitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Say that aliases of an entity mean another one, or take a merge back.",
    discussion: """
      An alias stands as articles write it; the id of what was merged into the entity makes it itself again.
      What a person says stands in the log and wins over any list or model.
      Example: tidings entities split "Hun Sen" "Hun Manet"
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "The entity's id, name or an alias.") var entity: String
  @Argument(help: "The aliases to part from it, or ids that were merged into it.")
  var aliases: [String]
  @Option(help: "What to keep with it.") var note: String?

  func validate() throws {
    if aliases.isEmpty { throw ValidationError("split takes an entity and aliases of it") }
    if let note { try SaidText.check(note, "--note") }
  }

  func run() async throws {
    let paths = try options.read().paths
    let views = try Reading.views(paths)
    let id = try EntityByName.find(entity, views)
    for alias in aliases where try !views.isAlias(alias, of: id) {
      throw Failure(
        alias, "is no alias of \(id) that an article has, and was not merged into it",
        fix: "see `tidings entities \(id)`", code: Exit.badData)
    }
    let judgement = Judgement(by: Person.name, note: note)
    try await PersonalFact(.entitySplit(id, aliases: aliases, judgement), paths)
      .tell(done: "split \(aliases.joined(separator: ", ")) off \(id)")
  }
}
