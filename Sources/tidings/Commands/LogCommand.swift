import ArgumentParser

/// The commands that look at the log itself.
struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Look at the log: the truth behind everything else.",
    discussion: "Example: tidings log cat --type alert.raised",
    subcommands: [
      LogCatCommand.self, LogVerifyCommand.self, LogStatsCommand.self, LogExportCommand.self,
      LogRepairCommand.self, LogRedactCommand.self,
    ])
}
