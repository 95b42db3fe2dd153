import ArgumentParser
import Text

/// Makes the table of how common terms are from articles, the same each time.
struct ModelTrainBackgroundCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "background",
    abstract: "Count in how many articles of a language each of its commonest terms stands.",
    discussion: """
      Example: tidings model train background --data articles.json --out background-en.tsv
      """)

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
