import ArgumentParser

/// Makes what is shipped as models and tables, from data.
struct ModelTrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Make a shipped model or table anew from data, the same each time.",
    discussion: "Example: tidings model train names --data idner.txt --out names-id.model",
    subcommands: [ModelTrainNamesCommand.self, ModelTrainBackgroundCommand.self])
}
