import ArgumentParser
import Core
import Projections
import Rules
import Serving

/// The rules and when each last fired.
struct RulesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show the rules, how often each fired and when it last did.",
    discussion: "Example: tidings rules --json")

  @OptionGroup var options: ConfigurationOption
  @Flag(help: "JSON Lines instead of columns.") var json = false

  func run() throws {
    let configuration = try options.read()
    let rules = try read(configuration)
    guard !json else { return JSONLines.show(rules) { $1.write(to: &$0) } }
    var columns = Columns("rule", "mode", "severity", "alerts", "last", "match")
    for rule in rules {
      columns.add(
        rule.id, rule.mode, rule.severity.rawValue, String(rule.activity.alerts),
        Columns.time(rule.activity.last), rule.match ?? rule.kind)
    }
    columns.lines.forEach { Terminal.line($0) }
  }

  /// With what the rules did; nothing before anything was run.
  private func read(_ configuration: Configuration) throws -> [RuleStatus] {
    do {
      return try RuleStatus.read(configuration.rules, Reading.views(configuration.paths))
    } catch ViewsError.missing {
      return configuration.rules.rules.map(RuleStatus.init)
    }
  }
}
