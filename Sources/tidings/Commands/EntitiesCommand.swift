import ArgumentParser

/// The commands on entities; without a word behind it, which there are.
struct EntitiesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "entities",
    abstract: "Show entities, or one of them; merge, split and correct them.",
    discussion: """
      Example: tidings entities --since 7d
      Example: tidings entities China
      """,
    subcommands: [
      EntitiesListCommand.self, EntitiesSuggestionsCommand.self, EntitiesMergeCommand.self,
      EntitiesSplitCommand.self, EntitiesAliasCommand.self,
    ],
    defaultSubcommand: EntitiesListCommand.self)
}
