import ArgumentParser
import Core
import Rules

/// Runs the tests that stand in the rules.
struct RulesTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests written inside the rules.",
    discussion: """
      Needs no log and no network: articles and time are made. Exit 2 if a test fails.
      Example: tidings rules test --config ./tidings.yaml
      """)

  @OptionGroup var options: ConfigurationOption

  func run() throws {
    let configuration = try options.read(readsSecrets: false)
    let trial = RuleTrial(configuration.rules)
    let failures = try trial.failures()
    for failure in failures {
      Terminal.tell(SafeText.line("\(failure.place): rule '\(failure.rule)' \(failure.what)"))
    }
    guard failures.isEmpty else { throw Exit.nothingFound }
    Terminal.line("\(trial.count) tests passed")
  }
}
