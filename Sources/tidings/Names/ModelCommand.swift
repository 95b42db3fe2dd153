import ArgumentParser

/// What is done with models: measuring and making them.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Measure and train the models that find names.",
    discussion: "Example: tidings model eval --data names.txt",
    subcommands: [ModelEvalCommand.self, ModelTrainCommand.self])
}
