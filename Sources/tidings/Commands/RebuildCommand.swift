import ArgumentParser
import Core
import EventLog
import Projections

/// Folds the views anew.
struct RebuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Fold the views anew from the log; --check only compares.",
    discussion: """
      A daemon may run. The new views are folded beside the live ones, and go on where a rebuild was
      broken off. While a daemon runs they only take its views' place at its next start: it has them
      open, and must not see two files as one.
      With --check every row is compared; exit 1 names the tables that differ.
      Example: tidings rebuild --check
      """)

  @OptionGroup var options: ConfigurationOption

  @Flag(help: "Only compare the live views with newly folded ones.")
  var check = false

  func run() async throws {
    let paths = try options.read().paths
    if check { try await compare(paths) } else { try await replace(paths) }
  }

  private func compare(_ paths: Paths) async throws {
    let progress = Progress("tables")
    let differences = try await Reading.withProgress(paths, try Reading.log(paths)) { rebuild in
      try await rebuild.check { progress.report($0, of: $1) }
    }
    progress.end()
    guard !differences.isEmpty else { return Terminal.line("equal") }
    for difference in differences {
      Terminal.line(SafeText.line(difference.description))
    }
    throw Exit.failed
  }

  private func replace(_ paths: Paths) async throws {
    let position = try await Reading.withProgress(paths, try Reading.log(paths)) {
      try await $0.prepare()
    }
    do {
      // Who holds the log to write knows that no daemon has the views open.
      let log = try SegmentedLog.open(paths.log, now: WallClock.now())
      try await Reading.rebuild(paths, log).swap()
      try await log.close()
      Terminal.line("folded up to \(position)")
    } catch EventLogError.locked {
      Terminal.line("folded up to \(position); the running daemon takes it at its next start")
    }
  }
}
