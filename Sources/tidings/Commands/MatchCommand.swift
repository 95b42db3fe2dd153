import ArgumentParser
import Core
import FoundationEssentials
import Rules

/// Holds articles against rules; no state, no network.
struct MatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match",
    abstract: "Say which rules fire on articles given as JSON Lines.",
    discussion: """
      One line for each rule that fires, in input order. A line that is no article is named and
      skipped; then the exit code is 65.
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
    var number = 0
    var faults = 0
    try await Input.lines(size: 4 << 20) { lines in
      for answer in await answers(to: lines, by: rules) {
        number += 1
        if !answer.lines.isEmpty { Terminal.line(answer.lines) }
        guard let error = answer.error else { continue }
        faults += 1
        Terminal.tell(
          SafeText.line("standard input:\(number): no article: \(error); line skipped"))
      }
    }
    if faults > 0 { throw Exit.badData }
  }

  /// The answers in the order of the lines, judged in `jobs` parts at a time.
  private func answers(to lines: [ArraySlice<UInt8>], by rules: RuleSet) async -> [Answer] {
    let part = max(1, (lines.count + jobs - 1) / jobs)
    return await withTaskGroup(of: (Int, [Answer]).self) { group in
      for start in stride(from: 0, to: lines.count, by: part) {
        let slice = Array(lines[start..<min(start + part, lines.count)])
        group.addTask { (start, slice.map { Answer(to: $0, by: rules) }) }
      }
      var parts: [(Int, [Answer])] = []
      for await part in group { parts.append(part) }
      return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }
}

/// What is printed for one line of input.
private struct Answer: Sendable {
  /// The lines of the rules that fired, joined by line ends.
  var lines: [UInt8] = []
  var error: JSONError?

  init(to line: ArraySlice<UInt8>, by rules: RuleSet) {
    guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) else { return }
    do {
      var reader = JSONReader(Array(line))
      let article = try Article(from: &reader, now: .init(timeIntervalSince1970: 0))
      try reader.end()
      for match in rules.matches(article) where match.rule.kind == .match { append(match, article) }
    } catch {
      self.error = error
    }
  }

  private mutating func append(_ match: Rules.Match, _ article: Article) {
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
}
