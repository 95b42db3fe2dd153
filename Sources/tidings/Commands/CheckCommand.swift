import ArgumentParser
import Core
import Projections
import Rules

/// Reads everything as `run` would and tells all that is wrong with it.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check configuration, rules, entities and lists.",
    discussion: """
      Prints each fault as file:line:column: what; what to do. Exit 78 if there is any.
      Example: tidings check --config ./tidings.yaml
      """)

  @OptionGroup var options: ConfigurationOption

  @Flag(help: "Do not look at files that hold secrets.")
  var noSecrets = false

  func run() async throws {
    let configuration = try options.read(readsSecrets: !noSecrets, warns: true)
    if !noSecrets {
      _ = try configuration.pollOptions()
      let secrets = configuration.feeds.flatMap { configuration.access[$0.id]?.secrets ?? [] }
      for warning in secrets.compactMap(\.warning) { Terminal.tell(warning.description) }
    }
    let warnings = try await configuration.warnings + experience(configuration)
    for warning in Faults(warnings).inOrder.all { Terminal.tell(warning.description) }
    let feeds = configuration.feeds.count
    let rules = configuration.rules.written.count
    Terminal.line("\(configuration.file): good; \(feeds) feeds, \(rules) rules")
  }

  /// What the log can warn of, where there is one.
  private func experience(_ configuration: Configuration) async throws -> [Fault] {
    do {
      let views = try Reading.views(configuration.paths)
      return try await RuleExperience(
        rules: configuration.rules, views: views, log: try Reading.log(configuration.paths),
        now: WallClock.now()
      ).warnings()
    } catch ViewsError.missing {
      return []
    } catch let error as ViewsError {
      Terminal.tell("\(error); the rules were not held against the past")
      return []
    }
  }
}
