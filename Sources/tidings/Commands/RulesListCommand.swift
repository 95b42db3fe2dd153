import ArgumentParser
import Core
import FoundationEssentials
import Projections
import Rules

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
    let (activity, cooling, noise) = try activity(configuration.paths)
    var columns = Columns("rule", "mode", "severity", "alerts", "last", "match")
    for rule in configuration.rules.rules {
      let done = activity[rule.id]
      if json {
        Terminal.line(document(rule, done, coolingUntil: cooling[rule.id], noise: noise[rule.id]))
      } else {
        columns.add(
          rule.id, rule.mode.rawValue, rule.severity.rawValue, String(done?.alerts ?? 0),
          Columns.time(done?.last), rule.match?.description ?? rule.kind.name)
      }
    }
    columns.lines.forEach { Terminal.line($0) }
  }

  /// What the rules did; nothing before anything was run.
  private func activity(
    _ paths: Paths
  ) throws -> (activity: [String: RuleActivity], cooling: [String: Date], noise: [String: Int]) {
    do {
      let views = try Reading.views(paths)
      return (try views.ruleActivity(), try views.cooling(), try views.noise())
    } catch ViewsError.missing {
      return ([:], [:], [:])
    }
  }

  private func document(
    _ rule: Rule, _ activity: RuleActivity?, coolingUntil: Date?, noise: Int?
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("rule", rule.id)
      writer.field("revision", rule.revision)
      writer.field("mode", rule.mode.rawValue)
      writer.field("severity", rule.severity.rawValue)
      writer.field("match", rule.match?.description)
      writer.field("kind", rule.kind.name)
      writer.field("alerts", activity?.alerts ?? 0)
      writer.field("noise", noise ?? 0)
      writer.field("last", activity?.last)
      writer.field("cooling_until", coolingUntil)
    }
    return writer.bytes
  }
}
