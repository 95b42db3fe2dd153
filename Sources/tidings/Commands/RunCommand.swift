import ArgumentParser
import Glibc
import Logging

/// The daemon, in the foreground.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run the daemon in the foreground.",
    discussion: """
      SIGTERM ends it in order, SIGHUP reloads the configuration, all or nothing.
      Example: tidings run --config ./tidings.yaml
      Example: tidings run --once
      """)

  @OptionGroup var options: ConfigurationOption

  @Flag(help: "Poll every feed that is due one time, let everything finish, then exit.")
  var once = false

  func run() async throws {
    Memory.returnLargeBlocks()
    // From here on a SIGHUP asks for a reload, which waits for the start; before, it would kill.
    let hangUps = await Signals.hangUps()
    if !once { Signals.endAtOnce() }
    let configuration = try options.read(warns: true)
    let isJournal = unsafe getenv("JOURNAL_STREAM") != nil
    let handler: any LogHandler =
      JournalLog.isThere ? JournalLog() as any LogHandler : LineLog(isJournal: isJournal)
    let logger = Logger(label: "tidings") { _ in handler }
    // A reader that went away becomes an error of the call.
    _ = signal(SIGPIPE, SIG_IGN)
    if !once { try await RoomToStart(log: configuration.paths.log, logger: logger).wait() }
    let daemon = try await Daemon(configuration, logger: logger)
    if once { try await daemon.runOnce() } else { try await daemon.run(hangUps) }
  }
}
