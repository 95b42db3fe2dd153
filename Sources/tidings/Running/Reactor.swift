import Core
import EventLog
import FoundationEssentials
import Projections
import Rules

/// Puts the rules' decisions into the log: what they decided, less what the log has.
///
/// Decisions on one record go in as one append and name it as their cause, so no crash decides twice.
actor Reactor {
  /// Decisions of one append; all those on one record where they are more.
  private static let batch = 1_000
  /// Bytes of one append, half of what the log takes; all those on one record where they are more.
  private static let bytes = 2 << 20

  private let views: Views
  private let log: any EventLog
  private let projector: Projector
  private let clock: @Sendable () -> Date
  /// The last record whose decisions are appended.
  private var through: UInt64
  /// Where the log was last told how far the rules have judged.
  private var marked: UInt64 = 0
  private var lastMark: Date
  private let pulse: Pulse

  init(
    _ views: Views, log: any EventLog, projector: Projector, clock: @escaping @Sendable () -> Date,
    pulse: @escaping Pulse = { _ in }
  ) throws {
    (self.views, self.log, self.projector, self.clock) = (views, log, projector, clock)
    self.pulse = pulse
    through = try views.judgedThrough()
    lastMark = clock()
  }

  func run() async throws {
    for await position in await projector.advances() {
      // The decisions stay rows until there is room.
      while try await !reactIfRoom(position) { try await Task.sleep(for: .seconds(10)) }
      pulse(.rest(atMost: nil))
    }
  }

  private func reactIfRoom(_ position: Position) async throws -> Bool {
    pulse(.step)
    do {
      try await react()
      try await mark(position)
      return true
    } catch let error as EventLogError where error.isPassing {
      pulse(.rest(atMost: .seconds(10)))
      return false
    }
  }

  /// Appends all decisions that are there.
  func react() async throws {
    while case let waiting = try views.decisions(after: through, limit: Self.batch),
      !waiting.isEmpty
    {
      for part in Self.parts(waiting) {
        try await log.append(part.map(\.event), to: .alerts, at: clock())
        through = part[part.count - 1].cause
      }
    }
  }

  /// Parts of at most `limit` bytes; decisions on one record are never parted.
  static func parts(
    _ decisions: [(cause: UInt64, event: Event)], limit: Int = bytes
  ) -> [[(cause: UInt64, event: Event)]] {
    var parts: [[(cause: UInt64, event: Event)]] = []
    var room = 0
    for decision in decisions {
      room -= decision.event.json.count
      if let last = parts.last?.last, last.cause == decision.cause || room >= 0 {
        parts[parts.count - 1].append(decision)
      } else {
        parts.append([decision])
        room = limit - decision.event.json.count
      }
    }
    return parts
  }

  /// Says at most once a minute how far the rules have judged, when articles came.
  private func mark(_ position: Position) async throws {
    // Our own mark is no reason for another.
    guard clock().timeIntervalSince(lastMark) >= 60, position.rawValue > max(through, marked) + 1
    else { return }
    try await finish(position)
  }

  /// Says how far the rules have judged, so that a later engine never raises the past.
  func finish(_ position: Position) async throws {
    guard position.rawValue > through else { return }
    let fact = Event.Fact.rulesEvaluated(through: position.rawValue, engine: RuleEngine.version)
    let range = try await log.append([Event(at: clock(), fact)], to: .alerts, at: clock())
    // Not further than was judged: others append while the mark is on its way, and it stands behind them.
    through = position.rawValue
    marked = range.lowerBound.rawValue
    lastMark = clock()
  }
}
