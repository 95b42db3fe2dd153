import ArgumentParser

/// The commands on stories; without a word behind it, which there are.
struct StoriesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stories",
    abstract: "Show stories, or one with its articles; merge and split them.",
    discussion: "Example: tidings stories --since 24h",
    subcommands: [
      StoriesListCommand.self, StoriesMergeCommand.self, StoriesSplitCommand.self,
    ],
    defaultSubcommand: StoriesListCommand.self)
}
