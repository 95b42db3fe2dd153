import ArgumentParser
import Core
import EventLog
import FoundationEssentials
import Projections
import Rules

/// Shows which alerts a change of rules would have won and lost.
struct RulesDiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Judge the past by two files of rules, and show what one has and the other has not.",
    discussion: """
      Gained, lost, same; moved are alerts of one rule and group that another article would have opened.
      Example: tidings rules diff old.yaml new.yaml --since 30d
      """)

  @OptionGroup var options: ConfigurationOption

  @Argument(help: "The rules as they are.")
  var old: String

  @Argument(help: "The rules as they may be.")
  var new: String

  @Option(help: "Since when: RFC 3339, a date, or how long ago (7d).")
  var since: Moment

  func run() async throws {
    let (before, after) = (try RuleSet.read(old), try RuleSet.read(new))
    let paths = try options.read().paths
    let (log, views) = (try Reading.log(paths), try Reading.views(paths))
    let progress = Progress("records")
    defer { progress.end() }
    let difference = AlertDifference(
      old: try await alerts(before, log, views, progress),
      new: try await alerts(after, log, views, progress))
    progress.end()
    for (name, alerts) in [
      ("gained", difference.gained), ("lost", difference.lost), ("moved", difference.moved),
    ] where !alerts.isEmpty {
      Terminal.line("\(name): \(alerts.count)")
      for alert in alerts {
        Terminal.line(SafeText.line("  \(alert.rule)") + RulesTryCommand.sample(alert))
      }
    }
    Terminal.line("same: \(difference.same)")
  }

  private func alerts(
    _ rules: RuleSet, _ log: SegmentedLog, _ views: Views, _ progress: Progress
  ) async throws -> [Alert] {
    var alerts: [Alert] = []
    let records = LogReplay(log: log, views: views) {
      progress.report($0, of: $1)
    }
    try await records.judge(by: rules, since: since.date) { _, _, decisions in
      for case .raise(let alert) in decisions { alerts.append(alert) }
    }
    return alerts
  }
}
