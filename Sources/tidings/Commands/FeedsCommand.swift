import ArgumentParser

/// The commands on feeds; without a word behind it, how each of them is.
struct FeedsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feeds",
    abstract: "Show each feed and how it is; find new ones.",
    discussion: "Example: tidings feeds --json",
    subcommands: [
      FeedsListCommand.self, FeedsPollCommand.self, FeedsAddCommand.self, FeedsImportCommand.self,
      FeedsExportCommand.self,
    ],
    defaultSubcommand: FeedsListCommand.self)
}
