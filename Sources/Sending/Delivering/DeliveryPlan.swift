import Core
import FoundationEssentials

/// Decides what an outlet is sent next, and what an outcome means for what follows.
///
/// Knows the lines that were tried and failed, never more of the queue than it is shown: the queue is the
/// log. What is lost with the process costs an early attempt; since when a line is tried is kept.
struct DeliveryPlan: Sendable {
  /// What to do now.
  enum Step: Hashable, Sendable {
    /// Lines that are not for this outlet.
    case pass([AlertLine])
    /// Messages, each of the lines that it brings.
    case send([[AlertLine]])
    case giveUp([AlertLine])
    /// Nil: until there are more lines.
    case wait(until: Date?)
  }

  /// Failures of a line for which it is enough to doubt the line instead of the outlet.
  static let patience = 5
  /// While nothing but lines put aside is left, how long a new one may wait for being seen.
  static let glance = 5.0

  private let settings: DeliverySettings
  private let linesAtOnce: Int
  /// By the first cursor of what was sent.
  private(set) var trials: [UInt64: DeliveryTrial]
  private(set) var failures = 0
  private var notBefore: Date?
  private(set) var isGone = false
  /// The line that is doubted, while another one is tried in its stead.
  private var doubted: UInt64?
  /// When messages went out in the last hour, oldest first.
  private var sent: [Date] = []
  private var isOverflowing = false

  /// `trials`: of the process before.
  init(
    _ settings: DeliverySettings, linesAtOnce: Int, trials: [UInt64: DeliveryTrial] = [:]
  ) {
    (self.settings, self.linesAtOnce, self.trials) = (settings, linesAtOnce, trials)
  }

  /// Forgets lines that are settled without having been sent.
  mutating func forget(_ lines: [AlertLine]) {
    for line in lines { trials[line.cursor] = nil }
  }

  /// How often the message that begins with `line` was tried.
  func attempts(_ line: AlertLine) -> Int { trials[line.cursor]?.attempts ?? 0 }

  // MARK: What next

  /// The next step, of the lines that are due at `now`, oldest first.
  mutating func next(_ lines: [AlertLine], now: Date) -> Step {
    let unwanted = lines.filter { !settings.takes($0) }
    guard unwanted.isEmpty else { return .pass(unwanted) }
    let late = lines.filter { isTooLate($0, now) }
    guard late.isEmpty else { return .giveUp(late) }
    guard !isGone, !lines.isEmpty else { return .wait(until: nil) }
    if let notBefore, notBefore > now { return .wait(until: notBefore) }
    let open = lines.filter { line in trials[line.cursor]?.due.map { $0 <= now } ?? true }
    guard let first = open.first else { return .wait(until: nextAside(lines, now)) }
    if doubted == first.cursor, open.count > 1 { return .send([[open[1]]]) }
    if let window = settings.digest { return digest(open, window, now) }
    return rated(open, now)
  }

  private func isTooLate(_ line: AlertLine, _ now: Date) -> Bool {
    guard let limit = settings.giveUpAfter, let trial = trials[line.cursor] else { return false }
    return now.timeIntervalSince(trial.first) >= limit.seconds
  }

  private func nextAside(_ lines: [AlertLine], _ now: Date) -> Date {
    let glance = now.addingTimeInterval(Self.glance)
    return lines.compactMap { trials[$0.cursor]?.due }.min().map { min($0, glance) } ?? glance
  }

  private func digest(_ open: [AlertLine], _ window: DigestWindow, _ now: Date) -> Step {
    let end = window.end(of: open[0].alert.at)
    guard end <= now else { return .wait(until: end) }
    return .send([open.filter { $0.alert.at < end }])
  }

  private mutating func rated(_ open: [AlertLine], _ now: Date) -> Step {
    sent.removeAll { now.timeIntervalSince($0) >= 3_600 }
    if let limit = settings.maxPerHour, sent.count >= limit, let oldest = sent.first {
      isOverflowing = true
      return .wait(until: oldest.addingTimeInterval(3_600))
    }
    // One that fails is tried with its first line alone, whose message stays the same.
    if failures > 0 { return .send([Array(open.prefix(linesAtOnce))]) }
    if isOverflowing { return .send([open]) }
    let old = open.prefix { line in
      settings.maxAge.map { now.timeIntervalSince(line.alert.at) > $0.seconds } ?? false
    }
    if old.count > 1 { return .send([Array(old)]) }
    guard linesAtOnce == 1 else { return .send([Array(open.prefix(linesAtOnce))]) }
    return .send(open.prefix(room).map { [$0] })
  }

  private var room: Int {
    min(settings.parallel, settings.maxPerHour.map { $0 - sent.count } ?? settings.parallel)
  }

  // MARK: What came of it

  /// Takes notice of what became of a message; `wait` gives how long after the nth failure.
  mutating func note(
    _ outcome: Outcome, of lines: [AlertLine], now: Date,
    wait: (_ failures: Int, Duration?) -> Duration
  ) {
    guard let cursor = lines.first?.cursor else { return }
    var trial = trials[cursor] ?? DeliveryTrial(first: now)
    trial.attempts += 1
    switch outcome {
    case .delivered: succeed(cursor, now, wait)
    case .dead: trials[cursor] = nil
    case .gone: isGone = true
    case .paused:
      trials[cursor] = trial
      fail(.seconds(3_600), now)
    case .retry(_, let after), .faulty(_, let after):
      trials[cursor] = trial
      doubted = nil
      fail(wait(failures + 1, after), now)
    case .refused(_, let after):
      refuse(cursor, trial, now) { wait($0, after) }
    }
  }

  private mutating func succeed(
    _ cursor: UInt64, _ now: Date, _ wait: (Int, Duration?) -> Duration
  ) {
    trials[cursor] = nil
    (failures, notBefore, isOverflowing) = (0, nil, false)
    if settings.maxPerHour != nil { sent.append(now) }
    guard let poison = doubted, poison != cursor, let trial = trials[poison] else { return }
    trials[poison]?.due = now.addingTimeInterval(wait(trial.attempts, nil).seconds)
    doubted = nil
  }

  /// The receiver broke on a line: after some patience it is found out whether on this one only.
  private mutating func refuse(
    _ cursor: UInt64, _ trial: DeliveryTrial, _ now: Date, _ wait: (Int) -> Duration
  ) {
    trials[cursor] = trial
    if trial.due != nil {
      trials[cursor]?.due = now.addingTimeInterval(wait(trial.attempts).seconds)
    } else if doubted == nil, trial.attempts.isMultiple(of: Self.patience) {
      (doubted, notBefore) = (cursor, nil)
      failures += 1
    } else {
      doubted = nil
      fail(wait(failures + 1), now)
    }
  }

  private mutating func fail(_ wait: Duration, _ now: Date) {
    failures += 1
    notBefore = now.addingTimeInterval(wait.seconds)
  }
}
