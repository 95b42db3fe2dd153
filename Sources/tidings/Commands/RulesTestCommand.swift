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
    show(trial.count, marks?.count ?? 0)
  }

  private func show(_ tests: Int, _ marks: Int) {
    guard tests + marks > 0 else {
      return Terminal.line("no rule has a test yet; write `tests:` beside its `match:`")
    }
    let passed = "\(tests) \(tests == 1 ? "test" : "tests") passed"
    let held = "\(marks) \(marks == 1 ? "mark holds" : "marks hold")"
    Terminal.line(marks == 0 ? passed : "\(passed); \(held)")
  }

  private func marks(_ configuration: Configuration) throws -> MarkTrial? {
    do {
      return try MarkTrial(configuration.rules, Reading.views(configuration.paths))
    } catch ViewsError.missing {
      return nil
    }
  }
}
