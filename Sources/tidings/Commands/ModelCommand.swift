import ArgumentParser

/// What the program learned, held against what people say, and made anew.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Measure what is found in articles against data; make shipped tables anew.",
    discussion: """
      Example: tidings model eval --data stories.jsonl
      Example: tidings model train background --data articles.json --out background-en.tsv
      """,
    subcommands: [ModelEvalCommand.self, ModelTrainCommand.self])
}
