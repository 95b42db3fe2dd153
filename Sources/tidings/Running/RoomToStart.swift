import Core
import EventLog
import Logging

/// Waits for the room that the log keeps free, before anything is opened.
///
/// A daemon that meets a full disk at its start pauses as one that runs does: a manager would start it again and
/// again, and each start would find as little room.
struct RoomToStart: Sendable {
  /// How long a full disk is left alone.
  private static let pause = Duration.seconds(10)

  let log: String
  let logger: Logger

  /// Returns as soon as there is room; commands that read may go on meanwhile.
  func wait() async throws {
    var isPaused = false
    while let full = try full(isPaused: isPaused) {
      // It looked: that is all it can do, and no reason to be killed.
      Notify.watchdog()
      if !isPaused {
        isPaused = true
        logger.warning("Start paused", metadata: ["reason": "\(full)"])
        // The manager waits for no more than this, and shows it.
        Notify.ready("paused: \(full)")
      }
      try await Task.sleep(for: Self.pause)
    }
    if isPaused { logger.notice("Start resumed") }
  }

  /// Why nothing could be appended; nil where there is room.
  private func full(isPaused: Bool) throws -> EventLogError? {
    do {
      try SegmentedLog.checkRoom(for: log, isPaused: isPaused)
      return nil
    } catch {
      guard error.isPassing else { throw error }
      return error
    }
  }
}
