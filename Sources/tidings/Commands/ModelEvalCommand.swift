import ArgumentParser

/// Measures stories and copies against files in which people named them.
struct ModelEvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Print how well stories and copies agree with those of a file.",
    discussion: """
      A story file is JSON Lines of articles with `title`, `text`, `language` and `story`, or a JSON array of \
      events with `articles`. It is read in the given order and in three others: B-cubed and pair precision, recall, F. Of \
      copies that are made of its texts it says how many are found.
      Example: tidings model eval --data stories.jsonl
      Example: tidings model eval --data stories.jsonl --among others.json
      """)

  @Option(help: "A file with stories; several count as one.") var data: [String]
  @Option(help: "A file of articles that are in the way and not judged.") var among: [String] = []

  func run() throws {
    let evaluation = try StoryEvaluation(data, among: among, background: .shipped)
    for line in try evaluation.stories() + evaluation.copies() { Terminal.line(line) }
  }
}
