import ArgumentParser
import Core
import EventLog
import FoundationEssentials
import Projections
import Rules

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
    var tally = RuleTally(rules.rules.map(\.id))
    var live: Set<Article.ID> = []
    let progress = Progress("records")
    defer { progress.end() }
    let records = LogReplay(log: log, views: views, reader: { rules.read($0) }) {
      progress.report($0, of: $1)
    }
    try await records.judge(by: rules, since: since.date) { record, fact, decisions in
      if case .alertRaised(let alert, _) = fact, let id = alert.article?.id { live.insert(id) }
      guard record.at >= since.date else { return }
      tally.note(decisions, isArticle: record.isNewArticle)
    }
    progress.end()
    for rule in rules.rules { show(rule.id, tally.rules[rule.id] ?? .init(), live) }
    let seconds = (ContinuousClock.now - start).seconds
    Terminal.tell(
      "\(tally.articles) articles since \(Columns.time(since.date)) in \((seconds * 10).rounded() / 10) s"
    )
  }

  private func show(_ id: String, _ rule: RuleTally.Rule, _ live: Set<Article.ID>) {
    if json { return Terminal.line(document(id, rule, live)) }
    let held = rule.held.isEmpty ? "" : "; held: \(rule.heldText)"
    let known = rule.known(among: live)
    Terminal.line(
      SafeText.line(
        "\(id): \(rule.fired.count) alerts, \(rule.lines) lines\(held); \(known) of its articles raised an alert then"
      ))
    for (day, count) in rule.days.sorted(by: { $0.key < $1.key }) {
      Terminal.line("  \(day)  \(count)")
    }
    for alert in rule.fired.prefix(RuleTally.samples) { Terminal.line(Self.sample(alert)) }
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

  private func document(_ id: String, _ rule: RuleTally.Rule, _ live: Set<Article.ID>) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("rule", id)
      writer.field("alerts", rule.fired.count)
      writer.field("lines", rule.lines)
      writer.field("known", rule.known(among: live))
      for (name, counts) in [("days", rule.days), ("held", rule.held)] {
        writer.key(name)
        writer.object { writer in
          for (key, count) in counts.sorted(by: { $0.key < $1.key }) { writer.field(key, count) }
        }
      }
      writer.key("samples")
      writer.array(rule.fired.prefix(RuleTally.samples)) {
        $1.write(to: &$0, cursor: nil)
      }
    }
    return writer.bytes
  }
}

extension RuleRecord {
  /// Whether it brings an article for the first time.
  var isNewArticle: Bool {
    if case .article(_, _, nil, _) = fact { true } else { false }
  }
}
