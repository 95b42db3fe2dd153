public import Core
public import Logging

/// Brings an outlet the lines that are due for it, in order; a failing outlet holds up no other.
public struct Deliverer: Sendable {
  /// The next lines that the log says should go out and have not; none if all went.
  public typealias Waiting = @Sendable (_ limit: Int) async throws -> [AlertLine]
  /// Puts what became of lines into the log; when it returns, they are waiting no more.
  public typealias Settle =
    @Sendable (_ delivered: [Delivery], _ given: [Delivery]) async throws -> Void
  /// Returns when there may be new lines.
  public typealias More = @Sendable () async throws -> Void

  static let batch = 256

  private let outlet: any Outlet
  private let minSeverity: Alert.Severity
  private let waiting: Waiting
  private let settle: Settle
  private let logger: Logger

  public init(
    _ outlet: any Outlet, minSeverity: Alert.Severity = .info, logger: Logger,
    waiting: @escaping Waiting, settle: @escaping Settle
  ) {
    (self.outlet, self.minSeverity) = (outlet, minSeverity)
    (self.waiting, self.settle, self.logger) = (waiting, settle, logger)
  }

  /// Delivers what is due now; false if the outlet does not take it.
  public func drain() async throws -> Bool {
    while true {
      let lines = try await waiting(outlet.linesAtOnce)
      guard !lines.isEmpty else { return true }
      guard try await deliver(lines, attempt: 1) == nil else { return false }
    }
  }

  /// Delivers what is due, and again whenever `more` returns, until cancelled.
  public func run(_ more: More) async throws {
    var random = SystemRandomNumberGenerator()
    var failures = 0
    while !Task.isCancelled {
      let lines = try await waiting(outlet.linesAtOnce)
      guard !lines.isEmpty else {
        try await more()
        continue
      }
      if let floor = try await deliver(lines, attempt: failures + 1) {
        failures += 1
        try await Task.sleep(for: Retry.wait(after: failures, atLeast: floor, using: &random))
      } else {
        if failures > 0 {
          logger.notice("Outlet answers again", metadata: ["outlet": "\(outlet.name)"])
        }
        failures = 0
      }
    }
  }

  /// Sends lines and settles them; nil when they are done with, else the least time to wait.
  private func deliver(_ lines: [AlertLine], attempt: Int) async throws -> Duration? {
    let wanted = lines.filter { $0.alert.severity >= minSeverity }
    let outcome: Outcome = wanted.isEmpty ? .delivered(receipt: nil) : await outlet.send(wanted)
    switch outcome {
    case .delivered(let receipt):
      try await settle(lines.map { delivery($0, attempt, receipt) }, [])
      return nil
    case .dead(let reason):
      try await settle([], lines.map { delivery($0, attempt, reason) })
      return nil
    case .retry(let reason, let after), .refused(let reason, let after):
      warn(reason, attempt)
      return after ?? .zero
    case .paused(let reason), .gone(let reason):
      warn(reason, attempt)
      return .seconds(3_600)
    }
  }

  private func warn(_ reason: String, _ attempt: Int) {
    guard attempt == 1 else { return }
    logger.warning("Outlet fails", metadata: ["outlet": "\(outlet.name)", "reason": "\(reason)"])
  }

  private func delivery(_ line: AlertLine, _ attempts: Int, _ detail: String?) -> Delivery {
    Delivery(
      alert: line.alert.id, number: line.alert.number, state: line.alert.state, outlet: outlet.name,
      attempts: attempts, detail: detail)
  }
}
