import ArgumentParser
import Core
import Projections

/// Says whether a way to write something means an entity.
struct EntitiesAliasCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alias",
    abstract: "Say that an alias means an entity, or --not: that its mentions are not of it.",
    discussion: """
      It holds for all articles, past and to come, where the alias is found as a name. What a person says
      stands in the log and wins over any list or model.
      Example: tidings entities alias Q7747 "tuan rumah Kremlin"
      Example: tidings entities alias Q148 China --not --note "a footballer"
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "The entity's id, name or another alias.") var entity: String
  @Argument(help: "The alias, as articles write it.") var alias: String
  @Flag(name: .customLong("not"), help: "Say that it does not mean the entity.") var isNot = false
  @Option(help: "What to keep with it.") var note: String?

  func validate() throws {
    try SaidText.check(alias, "the alias")
    if let note { try SaidText.check(note, "--note") }
  }

  func run() async throws {
    let paths = try options.read().paths
    let id = try EntityByName.find(entity, try Reading.views(paths))
    let judgement = Judgement(by: Person.name, note: note)
    try await PersonalFact(.aliasJudged(id, alias: alias, same: !isNot, judgement), paths)
      .tell(done: "\(alias) is \(isNot ? "not " : "")\(id)")
  }
}
