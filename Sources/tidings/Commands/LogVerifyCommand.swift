import ArgumentParser
import Core
import EventLog

/// Reads the whole log and holds each record against its checksums.
struct LogVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read the whole log and check every record.",
    discussion: """
      Exit 1 and one line a segment where something is damaged or cannot be read.
      Example: tidings log verify
      """)

  @OptionGroup var options: ConfigurationOption

  func run() async throws {
    let log = try Reading.log(try options.read().paths)
    let progress = Progress("MB", scale: 1e6)
    let findings = try await log.verify { progress.report($0, of: $1) }
    progress.end()
    guard findings.isEmpty else {
      for finding in findings { Terminal.line(SafeText.line(finding.description)) }
      throw Exit.failed
    }
    let statistics = try await log.statistics()
    Terminal.line("good; \(statistics.records) records in \(statistics.segments) segments")
  }
}
