/// Where lines of alerts go.
public protocol Outlet: Sendable {
  var name: String { get }
  /// How many lines one call of `send` takes as lines; more than that are one digest.
  var linesAtOnce: Int { get }
  /// Sends `lines` in their order; all share one outcome.
  func send(_ lines: [AlertLine]) async -> Outcome
}

extension Outlet {
  /// What keeps lines in a place takes as many as there are.
  public var linesAtOnce: Int { Deliverer.batch }
}

/// What became of lines that were sent.
public enum Outcome: Hashable, Sendable {
  case delivered(receipt: String?)
  /// Not now: try again, not before `after` where that is known.
  case retry(String, after: Duration?)
  /// The same, and somebody must look at it: it is told at once.
  case faulty(String, after: Duration?)
  /// The receiver broke on these lines (5xx): try again, perhaps others before them.
  case refused(String, after: Duration?)
  /// The outlet itself is at fault; its lines are kept, and it is tried once an hour.
  case paused(String)
  /// The receiver is gone for good; its lines are kept until the configuration is read anew.
  case gone(String)
  /// These lines will never get through.
  case dead(String)
}
