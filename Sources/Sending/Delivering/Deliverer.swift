public import Core
public import FoundationEssentials
public import Logging

/// Brings an outlet the lines that are due for it, in order; a failing outlet holds up no other.
public actor Deliverer {
  /// The next lines that the log says should go out and have not; none if all went.
  public typealias Waiting = @Sendable (_ limit: Int) async throws -> [AlertLine]
  /// Puts what became of lines into the log; when it returns, they are waiting no more.
  public typealias Settle =
    @Sendable (_ delivered: [Delivery], _ given: [Delivery]) async throws -> Void
  /// Puts into the log that the outlet takes no lines, and why.
  public typealias Fail = @Sendable (_ reason: String) async throws -> Void
  /// Keeps what is known of messages that did not get through, by the cursor of the first line of each.
  public typealias Remember = @Sendable (_ trials: [UInt64: DeliveryTrial]) async throws -> Void
  /// Returns when there may be new lines.
  public typealias More = @Sendable () async throws -> Void

  /// Lines of an outlet that are in memory at a time.
  static let batch = 256

  private let outlet: any Outlet
  private let waiting: Waiting
  private let settle: Settle
  private let fail: Fail
  private let remember: Remember
  private let logger: Logger
  private let clock: @Sendable () -> Date
  private var plan: DeliveryPlan
  private var random = SystemRandomNumberGenerator()
  private var failing = FailingTime()
  private let pulse: Pulse

  public init(
    _ outlet: any Outlet, _ settings: DeliverySettings = DeliverySettings(), logger: Logger,
    clock: @escaping @Sendable () -> Date, trials: [UInt64: DeliveryTrial] = [:],
    pulse: @escaping Pulse = { _ in }, waiting: @escaping Waiting, settle: @escaping Settle,
    fail: @escaping Fail = { _ in }, remember: @escaping Remember = { _ in }
  ) {
    (self.outlet, self.logger, self.clock) = (outlet, logger, clock)
    (self.waiting, self.settle, self.pulse) = (waiting, settle, pulse)
    (self.fail, self.remember) = (fail, remember)
    plan = DeliveryPlan(settings, linesAtOnce: outlet.linesAtOnce, trials: trials)
  }

  /// Whether the outlet took nothing of what it was last sent, for now or for good.
  public var isFailing: Bool { plan.failures > 0 || plan.isGone }

  /// Delivers what is due now; false if the outlet does not take it.
  public func drain() async throws -> Bool {
    while true {
      if case .wait = try await step() { return plan.failures == 0 }
      if plan.failures > 0 { return false }
    }
  }

  /// Delivers what is due, and again whenever `more` returns, until cancelled.
  public func run(_ more: More) async throws {
    // Where a step throws, whoever runs this again rests meanwhile.
    defer { pulse(.rest(atMost: nil)) }
    while !Task.isCancelled {
      pulse(.step)
      guard case .wait(let until) = try await step() else { continue }
      if let until {
        let pause = Duration.seconds(max(0, until.timeIntervalSince(clock())))
        pulse(.rest(atMost: pause))
        try await Task.sleep(for: pause)
      } else {
        pulse(.rest(atMost: nil))
        try await more()
      }
    }
  }

  /// Takes one step and says which.
  private func step() async throws -> DeliveryPlan.Step {
    let lines = try await waiting(Self.batch)
    let step = plan.next(lines, now: clock())
    switch step {
    case .pass(let lines):
      try await settle(lines.map { delivery($0, 0, "not for it") }, [])
      try await keep { $0.forget(lines) }
    case .giveUp(let lines):
      try await settle([], lines.map { delivery($0, plan.attempts($0), "given up") })
      try await keep { $0.forget(lines) }
    case .send(let messages): try await send(messages)
    case .wait: break
    }
    return step
  }

  private func send(_ messages: [[AlertLine]]) async throws {
    guard messages.count > 1 else {
      for lines in messages { try await take(await outlet.send(lines), of: lines) }
      return
    }
    let outlet = outlet
    let outcomes = await withTaskGroup(of: (Int, Outcome).self) { group in
      for (index, lines) in messages.enumerated() {
        group.addTask { (index, await outlet.send(lines)) }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    for (index, outcome) in outcomes.sorted(by: { $0.0 < $1.0 }) {
      try await take(outcome, of: messages[index])
    }
  }

  /// Settles what was sent, or keeps it; what was broken off because we stop is neither.
  private func take(_ outcome: Outcome, of lines: [AlertLine]) async throws {
    let attempts = plan.attempts(lines[0]) + 1
    switch outcome {
    case .delivered(let receipt):
      try await settle(lines.map { delivery($0, attempts, receipt) }, [])
    case .dead(let reason):
      logger.error("Line undeliverable", metadata: named(reason))
      try await settle([], lines.map { delivery($0, attempts, reason) })
    default: try Task.checkCancellation()
    }
    let before = plan.failures
    let now = clock()
    try await keep { plan in
      plan.note(outcome, of: lines, now: now) { failures, floor in
        Retry.wait(after: failures, atLeast: floor, using: &random)
      }
    }
    tell(outcome, before)
    guard let reason = failing.reason(to: outcome, at: clock()) else { return }
    try await fail(reason)
    failing.isTold = true
  }

  /// Changes the plan, and keeps what a restart must know of it.
  private func keep(_ change: (inout DeliveryPlan) -> Void) async throws {
    let before = plan.trials
    change(&plan)
    if plan.trials != before { try await remember(plan.trials) }
  }

  /// A state is told when it begins and when it ends.
  private func tell(_ outcome: Outcome, _ before: Int) {
    switch outcome {
    case .paused(let reason) where before == 0, .gone(let reason):
      logger.error("Outlet paused; its configuration is at fault", metadata: named(reason))
    case .faulty(let reason, _) where !failing.isTold:
      logger.error("Outlet fails; look at it", metadata: named(reason))
    case .retry(let reason, _) where before == 0, .refused(let reason, _) where before == 0:
      logger.warning("Outlet fails", metadata: named(reason))
    case .delivered where before > 0:
      logger.notice("Outlet answers again", metadata: ["outlet": "\(outlet.name)"])
    default: break
    }
  }

  private func named(_ reason: String) -> Logger.Metadata {
    ["outlet": "\(outlet.name)", "reason": "\(reason)"]
  }

  private func delivery(_ line: AlertLine, _ attempts: Int, _ detail: String?) -> Delivery {
    Delivery(
      alert: line.alert.id, number: line.alert.number, state: line.alert.state, outlet: outlet.name,
      attempts: attempts, detail: detail, request: line.request)
  }
}
