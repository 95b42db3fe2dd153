import Rules
import ArgumentParser
import Core

/// Reads everything as `run` would and tells all that is wrong with it.
struct CheckCommand: ParsableCommand {
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

  func run() throws {
    let configuration = try options.read(readsSecrets: !noSecrets)
    if !noSecrets {
      _ = try configuration.pollOptions()
      let secrets = configuration.feeds.flatMap { configuration.access[$0.id]?.secrets ?? [] }
      for warning in secrets.compactMap(\.warning) { Terminal.tell(warning.description) }
    }
    for warning in configuration.warnings { Terminal.tell(warning.description) }
    let feeds = configuration.feeds.count
    let rules = configuration.rules.written.count
    Terminal.line("\(configuration.file): good; \(feeds) feeds, \(rules) rules")
  }
}
