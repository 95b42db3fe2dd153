import ArgumentParser
import Text

/// Makes a shipped table from data, the same each time.
struct ModelTrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Make a shipped table anew from data, the same each time.",
    discussion: """
      background: in how many articles of a language each of its commonest terms stands.
      Example: tidings model train background --data articles.json --out background-en.tsv
      """)

  /// What there is to make.
  enum Part: String, ExpressibleByArgument, CaseIterable {
    case background
  }

  @Argument(help: "background.") var part: Part
  @Option(help: "A file of articles, as `model eval` takes it; several count as one.")
  var data: [String]
  @Option(help: "Only articles of this language.") var lang: String?
  @Option(help: "The table to write.") var out: String

  /// Sentences that stand by themselves say less than an article: so many make one.
  private static let sentences = 12

  func run() throws {
    let articles = try data.flatMap(LabelledArticle.read).filter {
      lang == nil || $0.language == lang
    }
    let whole = articles.filter { $0.story != nil }.map { $0.title + "\n" + $0.text }
    let single = articles.filter { $0.story == nil }.map(\.text)
    let joined = stride(from: 0, to: single.count, by: Self.sentences).map { start in
      single[start..<min(start + Self.sentences, single.count)].joined(separator: "\n")
    }
    try DurableFile.write(Array(Background.table(of: whole + joined).utf8), to: out)
  }
}
