import ArgumentParser
import Core
import EventLog
import GRDB

/// The one program: `tidings run` is the daemon, the other commands are its tools.
struct Tidings: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "tidings",
    abstract: "A news tripwire: polls feeds, keeps every fact, raises alerts by your rules.",
    discussion: """
      Example: tidings demo
      Example: tidings run --config ./tidings.yaml
      """,
    version: version,
    subcommands: [
      RunCommand.self, DemoCommand.self, InitCommand.self, CheckCommand.self, TailCommand.self,
      FeedsCommand.self,
      ArticlesCommand.self, ArticleCommand.self, SearchCommand.self, EntitiesCommand.self,
      TopicsCommand.self, StoriesCommand.self, RulesCommand.self, WhyCommand.self,
      WhynotCommand.self,
      SilenceCommand.self,
      AckCommand.self, MarkCommand.self, DeliverCommand.self, LogCommand.self,
      RebuildCommand.self, BackupCommand.self, RestoreCommand.self, ParseCommand.self,
      MatchCommand.self, AnnotateCommand.self, ModelCommand.self, ManualCommand.self,
    ])
}

@main
private enum Main {
  /// Parses, runs, and turns what went wrong into one line and an exit code.
  static func main() async {
    Signals.makeFileLimitAnError()
    refuseUnknownCommand()
    var isParsed = false
    do {
      var command = try Tidings.parseAsRoot()
      isParsed = true
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      if isParsed { finish(error) } else { Tidings.exit(withError: error) }
    }
  }

  /// With `--help` behind it the parser would take any word; a command that is not there has no help.
  private static func refuseUnknownCommand() {
    guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"), word != "help"
    else { return }
    let known = Tidings.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard !known.contains(word) else { return }
    Terminal.tell(
      SafeText.line("tidings: unknown command '\(word)'; \(Suggestion.fix(for: word, in: known))"))
    Tidings.exit(withError: ExitCode(64))
  }

  private static func finish(_ error: any Error) -> Never {
    switch error {
    // The parser's own: help, version, wrong words. It tells all others as a plain failure.
    case _ where Tidings.exitCode(for: error) != .failure || error is ExitCode:
      Tidings.exit(withError: error)
    case let faults as Faults:
      Terminal.tell(faults.description)
      Tidings.exit(withError: Exit.badConfiguration)
    case let failure as Failure:
      Terminal.tell(failure.description)
      Tidings.exit(withError: failure.code)
    case EventLogError.newer:
      Terminal.tell(SafeText.line("\(error)"))
      Tidings.exit(withError: Exit.badData)
    case let error as DatabaseError:
      Terminal.tell(
        SafeText.line(
          "views.sqlite or state.sqlite: \(error.message ?? "\(error.resultCode)"); look at the disk and its "
            + "rights; both may be removed while no daemon runs, they are made again"))
      Tidings.exit(withError: Exit.failed)
    case is CancellationError: Tidings.exit(withError: ExitCode.success)
    default:
      Terminal.tell(SafeText.line("\(error)"))
      Tidings.exit(withError: Exit.failed)
    }
  }
}
