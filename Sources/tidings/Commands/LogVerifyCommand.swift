import ArgumentParser
import EventLog

/// Reads the whole log and holds each record against its checksums.
struct LogVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read the whole log and check every record.",
    discussion: """
      Exit 1 and one line with segment and byte where something is damaged.
      Example: tidings log verify
      """)

  @OptionGroup var options: ConfigurationOption

  func run() async throws {
    let log = try Reading.log(try options.read().paths)
    let findings = try await log.verify { done, all in
      if Terminal.isInteractive { Terminal.tell("\(done >> 20) of \(all >> 20) MiB read") }
    }
    guard findings.isEmpty else {
      for finding in findings { Terminal.line(finding.description) }
      throw Exit.failed
    }
    let statistics = try await log.statistics()
    Terminal.line("good; \(statistics.records) records in \(statistics.segments) segments")
  }
}
