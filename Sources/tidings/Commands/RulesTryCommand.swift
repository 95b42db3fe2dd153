import ArgumentParser
import Core
import EventLog
import FoundationEssentials
import Projections
import Rules
import Serving

/// Shows what rules would have told of the past.
struct RulesTryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "try",
    abstract: "Judge the past by the rules of a file; nothing is told or recorded.",
    discussion: """
      Lines a day, what would have been held (silences of the time among it), ten examples a rule with their reasons,
      and how many of the articles raised an alert when they came. The file is one that `match --rules` takes.
      Example: tidings rules try new.yaml --since 7d
      """)

  @OptionGroup var options: ConfigurationOption

  @Argument(help: "A file of rules.")
  var file: String

  @Option(help: "Since when: RFC 3339, a date, or how long ago (7d).")
  var since: Moment

  @Flag(help: "One JSON line a rule.") var json = false

  func run() async throws {
    let rules = try RuleSet.read(file)
    let paths = try options.read().paths
    let (log, views) = (try Reading.log(paths), try Reading.views(paths))
    let start = ContinuousClock.now
    let progress = Progress("records")
    defer { progress.end() }
    var trial = PastTrial(rules, since: since.date)
    try await trial.run(log, views) { progress.report($0, of: $1) }
    progress.end()
    for rule in trial.tried { show(rule) }
    let seconds = (ContinuousClock.now - start).seconds
    Terminal.tell(
      "\(trial.articles) articles since \(Columns.time(since.date)) in \((seconds * 10).rounded() / 10) s"
    )
  }

  private func show(_ rule: TriedRule) {
    guard !json else { return JSONLines.show([rule]) { $1.write(to: &$0) } }
    let held = rule.held.isEmpty ? "" : "; held: \(rule.heldText)"
    Terminal.line(
      SafeText.line(
        "\(rule.id): \(rule.fired.count) alerts, \(rule.lines) lines\(held); \(rule.known) of its articles raised an alert then"
      ))
    for (day, count) in rule.days.sorted(by: { $0.key < $1.key }) {
      Terminal.line("  \(day)  \(count)")
    }
    for alert in rule.fired.prefix(TriedRule.samples) { Terminal.line(Self.sample(alert)) }
  }

  /// An alert that would have been, with its reasons.
  static func sample(_ alert: Alert) -> String {
    let why = alert.why.map { clause in
      clause.clause + (clause.text.map { " \"\($0)\"" } ?? "")
    }
    let group = alert.article?.title ?? JSONWriter.canonical(alert.group)
    let reasons = why.isEmpty ? alert.reason : why.joined(separator: ", ")
    return "  \(Columns.time(alert.at))  \(SafeText.isolated(group))\n"
      + SafeText.line("      because \(reasons)")
  }
}
