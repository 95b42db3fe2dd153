import ArgumentParser
import Core
import Projections
import Rules

/// Runs the tests that stand in the rules.
struct RulesTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests written inside the rules.",
    discussion: """
      Needs no log and no network: articles and time are made. Where a log exists, articles of alerts that people
      marked good must still match, those of noise must not. Exit 2 if a test fails.
      Example: tidings rules test --config ./tidings.yaml
      """)

  @OptionGroup var options: ConfigurationOption

  func run() throws {
    let configuration = try options.read(readsSecrets: false)
    let trial = RuleTrial(configuration.rules)
    let marks = try marks(configuration)
    let failures = try trial.failures() + (marks?.failures ?? [])
    for failure in failures {
      Terminal.tell(SafeText.line("\(failure.place): rule '\(failure.rule)' \(failure.what)"))
    }
    guard failures.isEmpty else { throw Exit.nothingFound }
    let held = marks.map { $0.count > 0 ? "; \($0.count) marks hold" : "" } ?? ""
    Terminal.line("\(trial.count) tests passed\(held)")
  }

  private func marks(_ configuration: Configuration) throws -> MarkTrial? {
    do {
      return try MarkTrial(configuration.rules, Reading.views(configuration.paths))
    } catch ViewsError.missing {
      return nil
    }
  }
}
