import Core
import EventLog
import FoundationEssentials
import Projections

/// A fact that a person gives, on its way into the log.
struct PersonalFact {
  /// How long the daemon may take for it.
  static let patience = Duration.seconds(10)

  let event: Event
  let paths: Paths

  init(_ fact: Event.Fact, _ paths: Paths) {
    (event, self.paths) = (Event(at: WallClock.now(), fact), paths)
  }

  /// Appends it, or has the running daemon append it.
  ///
  /// - Returns: whether it is recorded; else it waits in the inbox, on the disk.
  func tell() async throws -> Bool {
    // It may be given only where a log is: a wrong folder must not become a new one.
    let reader = try Reading.log(paths)
    do {
      try await append()
      return true
    } catch EventLogError.locked {
      return try await leave(for: reader)
    } catch EventLogError.io(let call, let path, let code) where code == 13 {
      throw Failure(
        path, "\(call) is not allowed, and no daemon runs",
        fix: "run this as the daemon's user: runuser -u tidings -- tidings …")
    }
  }

  /// Says how it went.
  func tell(done: String) async throws {
    Terminal.line(SafeText.line(try await tell() ? done : "queued: \(done)"))
  }

  private func append() async throws {
    let log = try await Reading.writableLog(paths)
    try await log.append([event], to: .people, at: WallClock.now())
    try await fold(log)
    try await log.close()
  }

  /// So that the next command sees it; views of another version wait for the daemon.
  private func fold(_ log: SegmentedLog) async throws {
    guard (try? Reading.views(paths)) != nil else { return }
    let views = try Views(paths.views, log: await log.identity, Reading.projections)
    try await Projector(views, log: log, makeReader: Reading.makeReader(paths)).catchUp()
    try views.close()
  }

  private func leave(for log: SegmentedLog) async throws -> Bool {
    var position = try await log.end
    let inbox = Inbox(folder: paths.inbox)
    try inbox.put(event)
    // It holds the fact's id.
    let told = event.json
    let end = ContinuousClock.now + Self.patience
    while ContinuousClock.now < end {
      let records = try await log.read(from: position, limit: 4_096)
      if records.contains(where: { $0.payload == told }) { return true }
      if let last = records.last { position = last.position.next }
      if inbox.hasRefused(event) {
        throw Failure(
          inbox.refused, "the daemon has set the fact aside", fix: "see in its log why")
      }
      if records.isEmpty { try await Task.sleep(for: .milliseconds(100)) }
    }
    return false
  }
}
