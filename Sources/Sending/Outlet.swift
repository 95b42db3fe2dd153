/// Where lines of alerts go.
public protocol Outlet: Sendable {
  var name: String { get }
  /// Sends `lines` in their order; all share one outcome.
  func send(_ lines: [AlertLine]) async -> Outcome
}

/// What became of lines that were sent.
public enum Outcome: Hashable, Sendable {
  case delivered(receipt: String?)
  /// Not now: try again, not before `after` where that is known.
  case retry(String, after: Duration?)
  /// The outlet itself is at fault; its lines are kept.
  case paused(String)
  /// These lines will never get through.
  case dead(String)
}
