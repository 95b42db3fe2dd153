import ArgumentParser
import Core
import EventLog
import Fetching
import FoundationEssentials
import Glibc
import Logging
import Projections

/// Polls one feed now, through the daemon where one runs.
struct FeedsPollCommand: AsyncParsableCommand {
  /// How long the daemon may take: its look for wishes, the site's gap, and a whole poll.
  private static let patience = Duration.seconds(90)

  static let configuration = CommandConfiguration(
    commandName: "poll",
    abstract: "Poll one feed now: conditionally, and never before its publisher allows.",
    discussion: """
      A running daemon is asked to do it; without one it is done here.

      Example: tidings feeds poll kumparan
      """)

  @OptionGroup var options: ConfigurationOption

  @Argument(help: "The name of a feed.")
  var feed: String

  func run() async throws {
    let configuration = try options.read()
    let id = Feed.ID(feed)
    guard configuration.feeds.contains(where: { $0.id == id }) else {
      let names = configuration.feeds.map(\.id.rawValue)
      throw Failure(
        feed, "is no feed of \(configuration.file)", fix: Suggestion.fix(for: feed, in: names),
        code: Exit.nothingFound)
    }
    let before = try Reading.state(configuration.paths).load([id])[id]
    if let until = before?.hintUntil, until > WallClock.now() {
      throw Failure(
        feed, "its publisher asked for nothing before \(Columns.time(until))", fix: "wait for that")
    }
    // A reader that went away becomes an error of the call.
    _ = signal(SIGPIPE, SIG_IGN)
    do {
      let daemon = try await Daemon(configuration, logger: logger)
      try await daemon.runOnce(only: id)
    } catch EventLogError.locked {
      try await askDaemon(configuration, id, polls: before?.polls ?? 0)
    }
    try tell(try Reading.state(configuration.paths).load([id])[id])
  }

  private var logger: Logger {
    Logger(label: "tidings") { _ in LineLog(isJournal: false) }
  }

  private func askDaemon(_ configuration: Configuration, _ id: Feed.ID, polls: Int) async throws {
    try Reading.writableState(configuration.paths).wish(for: id)
    let end = ContinuousClock.now + Self.patience
    while ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(200))
      let state = try Reading.state(configuration.paths).load([id])[id]
      if let state, state.polls > polls { return }
    }
    throw Failure(
      feed, "the daemon has not polled it within \(DurationText.text(Self.patience))",
      fix: "look at `tidings feeds` for what it waits for")
  }

  private func tell(_ state: PollState?) throws {
    guard let state, state.polls > 0 else {
      throw Failure(feed, "could not be polled now", fix: "look at `tidings feeds`")
    }
    if let message = state.lastFailureMessage {
      throw Failure(feed, message, fix: "next at \(Columns.time(state.nextDue))")
    }
    let answer = state.lastStatus == 304 ? "nothing new (304)" : "answered \(state.lastStatus ?? 0)"
    Terminal.line(SafeText.line("\(feed): \(answer); next at \(Columns.time(state.nextDue))"))
  }
}
