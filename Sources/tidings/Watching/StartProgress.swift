import Core
import Logging
import Projections
import Synchronization

/// Tells the service manager and the log how far a long start is: views of an older version are folded anew,
/// which takes minutes for a million articles.
///
/// Only what is done asks for more time, so a start that stands still ends by its timeout.
final class StartProgress: Sendable {
  /// How often the manager is told, and for how long it then waits for the next word.
  private static let pause = Duration.seconds(10)
  private static let allowance = Duration.seconds(30)
  /// How long it waits once all is folded: the new views are synced and put in place.
  private static let settling = Duration.seconds(300)

  private let logger: Logger
  private let start = ContinuousClock.now
  private let told = Mutex<(manager: ContinuousClock.Instant?, log: ContinuousClock.Instant?)>(
    (nil, nil))

  init(_ logger: Logger) {
    self.logger = logger
  }

  /// Says why nothing is polled until that many records are folded.
  func begin(_ reason: Rebuild.Reason, _ records: UInt64) {
    guard records > 0 else { return }
    logger.notice(
      "Views are made anew before the first poll",
      metadata: ["records": "\(records)", "because": "\(reason.rawValue)"])
    Notify.extend(by: Self.allowance, "making views anew before the first poll: \(reason.rawValue)")
  }

  /// Says that `done` of `all` records are folded; cheap enough to be called often.
  func report(_ done: UInt64, of all: UInt64) {
    let now = ContinuousClock.now
    let isDone = done >= all
    let (tellsManager, tellsLog) = told.withLock { told in
      let manager = told.manager.map { now - $0 >= Self.pause } ?? true
      let log = now - (told.log ?? start) >= .seconds(60)
      if manager { told.manager = now }
      if log { told.log = now }
      return (manager, log)
    }
    let status = Self.status(done, of: all)
    if tellsManager || isDone {
      Notify.extend(by: isDone ? Self.settling : Self.allowance, status)
    }
    if tellsLog {
      logger.notice("Folding the log", metadata: ["records": "\(done)", "of": "\(all)"])
    }
  }

  static func status(_ done: UInt64, of all: UInt64) -> String {
    guard done < all else { return "folding the log into views, settling" }
    return "folding the log into views, \(done * 100 / max(all, 1)) %"
  }
}
