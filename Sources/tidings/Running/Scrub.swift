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
  var tally = Tally()

  func run() async throws {
    while !Task.isCancelled {
      let start = try await go()
      let rest = start.addingTimeInterval(Self.round).timeIntervalSince(clock())
      // What is sealed meanwhile belongs to the round too.
      try await Task.sleep(for: .seconds(min(max(rest, 1), 3_600)))
      if rest <= 0 { try note(0, clock()) }
    }
  }

  /// Reads what the round has not read yet; returns when the round began.
  func go() async throws -> Date {
    var progress = try state.scrubbed ?? (0, clock())
    while let step = try await log.scrub(after: progress.after, pace: Self.pace) {
      try Task.checkCancellation()
      if let finding = step.finding {
        logger.critical("The log is damaged", metadata: ["fault": "\(finding)"])
        tally.note { $0.noteDamage(String(step.sequence)) }
      }
      progress.after = step.sequence
      try note(progress.after, progress.at)
    }
    return progress.at
  }

  /// A full disk must not end the daemon for this; at worst a segment is read twice.
  private func note(_ after: UInt64, _ start: Date) throws {
    do {
      try state.setScrubbed(after: after, at: start)
    } catch ViewsError.full {
    }
  }
}
