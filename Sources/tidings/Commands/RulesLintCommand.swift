import ArgumentParser
import Core
import EventLog
import FoundationEssentials
import Projections
import Rules
import Text

/// How much the rules would match, by the articles of the log, and what is hardly meant in them.
struct RulesLintCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract:
      "Show how much each rule matches, by the articles of the log, and warn of what is hardly meant.",
    discussion: """
      Articles that match, a day and in all, and for how many the rule is looked at; what becomes of matches,
      `rules try` says. Warnings go to standard error; the exit code knows nothing of them.
      Example: tidings rules lint --since 30d
      """)

  @OptionGroup var options: ConfigurationOption

  @Option(help: "Since when: RFC 3339, a date, or how long ago; 60d without it.")
  var since: Moment?

  @Flag(help: "One JSON line a rule.") var json = false

  func run() async throws {
    let configuration = try options.read(readsSecrets: false, warns: true)
    let rules = configuration.rules
    let log = try Reading.log(configuration.paths)
    let views = try Reading.views(configuration.paths)
    let now = WallClock.now()
    let start = since?.date ?? now.addingTimeInterval(-RuleExperience.idleTime)
    let (survey, days) = try await survey(rules, log, views, since: start)
    let experience = RuleExperience(rules: rules, views: views, log: log, now: now)
    let warnings = configuration.warnings + survey.warnings + (try await experience.idle())
    for warning in Faults(warnings).inOrder.all { Terminal.tell(warning.description) }
    show(rules, survey, days)
    Terminal.tell("\(survey.articles) articles since \(Columns.time(start))")
  }

  private func survey(
    _ rules: RuleSet, _ log: SegmentedLog, _ views: Views, since start: Date
  ) async throws -> (RuleSurvey, Double) {
    var survey = RuleSurvey(rules)
    var first: Date?
    var last: Date?
    let progress = Progress("records")
    defer { progress.end() }
    // The survey reads for itself.
    let records = LogReplay(log: log, views: views) {
      progress.report($0, of: $1)
    }
    try await records.run(from: start) { record, _ in
      guard case .article(let article, _, nil, _) = record.fact else { return }
      (first, last) = (first ?? record.at, record.at)
      survey.note(article, in: record.told)
    }
    let seconds = first.flatMap { first in last?.timeIntervalSince(first) } ?? 0
    return (survey, max(1, seconds / 86_400))
  }

  private func show(_ rules: RuleSet, _ survey: RuleSurvey, _ days: Double) {
    var columns = Columns("rule", "a day", "in all", "looked at", "match")
    for rule in rules.rules {
      guard let count = survey.count(of: rule.id) else { continue }
      let daily = (Double(count.matches) / days * 10).rounded() / 10
      if json {
        Terminal.line(document(rule, count, daily))
      } else {
        columns.add(
          rule.id, "\(daily)", "\(count.matches)", "\(count.looked)",
          rule.match?.description ?? rule.kind.name)
      }
    }
    columns.lines.forEach { Terminal.line($0) }
  }

  private func document(
    _ rule: Rule, _ count: (matches: Int, looked: Int), _ daily: Double
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("rule", rule.id)
      writer.field("per_day", number: daily)
      writer.field("matches", count.matches)
      writer.field("looked_at", count.looked)
    }
    return writer.bytes
  }
}
