import ArgumentParser
import EventLog
import Projections

/// Folds the views anew.
struct RebuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Fold the views anew from the log; --check only compares.",
    discussion: """
      With --check the daemon may run; exit 1 names the tables that differ.
      Example: tidings rebuild --check
      """)

  @OptionGroup var options: ConfigurationOption

  @Flag(help: "Only compare the live views with newly folded ones.")
  var check = false

  func run() async throws {
    let paths = try options.read().paths
    if check { try await compare(paths) } else { try await replace(paths) }
  }

  private func rebuild(_ paths: Paths, _ log: any EventLog) -> Rebuild {
    Rebuild(
      paths.views, { Reading.projections }, log: log, makeReader: Reading.makeReader)
  }

  private func compare(_ paths: Paths) async throws {
    let differences = try await rebuild(paths, try Reading.log(paths)).check()
    guard !differences.isEmpty else { return Terminal.line("equal") }
    for difference in differences { Terminal.line(difference.description) }
    throw Exit.failed
  }

  /// The log is opened to write, so that no daemon uses the views meanwhile.
  private func replace(_ paths: Paths) async throws {
    // Opening to write would make a log where there is none.
    _ = try Reading.log(paths)
    let log = try SegmentedLog.open(paths.log, now: WallClock.now())
    let position = try await rebuild(paths, log).replace()
    try await log.close()
    Terminal.line("folded up to \(position)")
  }
}
