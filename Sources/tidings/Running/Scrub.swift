import EventLog
import FoundationEssentials
import Logging
import Projections

/// Reads every sealed segment once in seven days, slowly, for rot that nobody has read yet.
///
/// How far it has come is bookkeeping: losing it means to begin the round again.
struct Scrub: Sendable {
  /// Bytes a second.
  static let pace: UInt64 = 16 << 20
  /// Seconds from the beginning of a round to that of the next.
  static let round: TimeInterval = 7 * 86_400

  let log: SegmentedLog
  let state: StateStore
  let logger: Logger
  let clock: @Sendable () -> Date

  func run() async throws {
    while !Task.isCancelled {
      var progress = try state.scrubbed ?? (0, clock())
      while let step = try await log.scrub(after: progress.after, pace: Self.pace) {
        try Task.checkCancellation()
        if let finding = step.finding {
          logger.critical("The log is damaged", metadata: ["fault": "\(finding)"])
        }
        progress.after = step.sequence
        try state.setScrubbed(after: progress.after, at: progress.at)
      }
      let rest = progress.at.addingTimeInterval(Self.round).timeIntervalSince(clock())
      // What is sealed meanwhile belongs to the round too.
      try await Task.sleep(for: .seconds(min(max(rest, 1), 3_600)))
      if rest <= 0 { try state.setScrubbed(after: 0, at: clock()) }
    }
  }
}
