import ArgumentParser
import Core
import Rules

/// Holds articles against rules; no state, no network.
struct MatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match",
    abstract: "Say which rules fire on articles given as JSON Lines.",
    discussion: """
      One line for each rule that fires, in input order. A query may ask for the `story` that a line names;
      `annotate` prints it beside the `id`. A line that is no article is named and skipped; then the exit code
      is 65.
      Example: tidings parse --articles feed.xml | tidings match --rules rules.yaml
      """)

  @Option(help: "A file with rules, entities, topics and lists, as in tidings.yaml.")
  var rules: String

  @Option(help: "How many articles to judge at a time.")
  var jobs = 2

  func validate() throws {
    guard (1...64).contains(jobs) else { throw ValidationError("--jobs takes 1 to 64") }
  }

  func run() async throws {
    let rules = try RuleSet.read(self.rules)
    let stateful = rules.rules.filter { $0.kind != .match }.map(\.id)
    if !stateful.isEmpty {
      Terminal.tell(
        "skipped, for they look at more than one article: \(stateful.joined(separator: ", "))")
    }
    let asksForStories = rules.asksForStories
    try await ArticleLines.answer(jobs: jobs) { line in
      let told = asksForStories ? line.told : nil
      return Self.lines(of: line.article, in: told, by: rules)
    }
  }

  /// The lines of the rules that fire on an article, joined by line ends.
  private static func lines(
    of article: Article, in told: ArticleStory?, by rules: RuleSet
  ) -> [UInt8] {
    var lines: [UInt8] = []
    for match in rules.matches(article, in: told) where match.rule.kind == .match {
      if !lines.isEmpty { lines.append(0x0A) }
      var writer = JSONWriter()
      writer.object { writer in
        writer.field("rule", match.rule.id)
        writer.field("article", article.id.rawValue)
        writer.key("why")
        writer.array(match.why) { $1.write(to: &$0) }
      }
      lines += writer.bytes
    }
    return lines
  }
}
