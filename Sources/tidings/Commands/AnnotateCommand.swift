import ArgumentParser
import Core
import Rules
import Text

/// Says what the words of articles say: language, names, topics; no state, no network.
struct AnnotateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annotate",
    abstract: "Say language, names, topics and story of articles given as JSON Lines.",
    discussion: """
      One line an article, in input order. A line that is no article is named and skipped; then the
      exit code is 65. Entities and topics of the configuration count, where there is one.
      Example: tidings parse --articles feed.xml | tidings annotate
      """)

  @OptionGroup var options: ConfigurationOption

  @Option(help: "How many articles to read at a time.")
  var jobs = 2

  func validate() throws {
    guard (1...64).contains(jobs) else { throw ValidationError("--jobs takes 1 to 64") }
  }

  func run() async throws {
    let words =
      ConfigurationFiles.isThere(options.file)
      ? try RuleSet.read(ConfigurationFiles.find(options.file))
      : RuleSet(vocabulary: [:], definitions: [], languages: { .shared(nil) })
    let models = ReadingModels.shared(try options.resources())
    let topics = Dictionary(words.topics.map { ($0.id.rawValue, $0.name) }) { first, _ in first }
    var teller = StoryTeller()
    try await ArticleLines.read(jobs: jobs) { line in
      Annotation(line.article, words.read(line.article, with: models), topics: topics)
    } _: { annotation in
      let place = try teller.place(annotation.article, language: annotation.reading.language)
      Terminal.line(annotation.json(in: place))
    }
  }
}
