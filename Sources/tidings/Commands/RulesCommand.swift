import ArgumentParser

/// What is asked of rules; without more, which there are.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Show the rules, run their tests, try others on the past.",
    discussion: "Example: tidings rules --json",
    subcommands: [
      RulesListCommand.self, RulesTestCommand.self, RulesTryCommand.self, RulesDiffCommand.self,
      RulesLintCommand.self,
    ],
    defaultSubcommand: RulesListCommand.self)
}
