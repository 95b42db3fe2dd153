import FoundationEssentials

/// Since when an outlet takes no lines, and whether that is worth telling.
struct FailingTime: Hashable, Sendable {
  /// Seconds for which it must fail; where time alone mends nothing none.
  static let patience = 600.0

  private var since: Date?
  var isTold = false

  /// Takes notice of an outcome.
  ///
  /// - Returns: why it fails, where that is to be told now.
  mutating func reason(to outcome: Outcome, at now: Date) -> String? {
    switch outcome {
    case .delivered:
      self = FailingTime()
      return nil
    // The line is at fault, and the next one goes on.
    case .dead: return nil
    case .paused(let reason), .gone(let reason), .faulty(let reason, _):
      return isTold ? nil : reason
    case .retry(let reason, _), .refused(let reason, _):
      let start = since ?? now
      since = start
      return isTold || now.timeIntervalSince(start) < Self.patience ? nil : reason
    }
  }
}
