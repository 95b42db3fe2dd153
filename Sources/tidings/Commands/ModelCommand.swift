import ArgumentParser

/// What the program learned, held against what people say, and made anew.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Measure what is found in articles against data; make shipped models anew.",
    discussion: "Example: tidings model eval --data names.txt",
    subcommands: [ModelEvalCommand.self, ModelTrainCommand.self])
}
