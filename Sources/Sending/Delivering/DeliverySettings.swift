public import Core
import FoundationEssentials

/// What an outlet takes, how much at once, and how long it is tried.
public struct DeliverySettings: Hashable, Sendable {
  public var minSeverity = Alert.Severity.info
  public var states = Set(Alert.State.allCases)
  /// Lines are gathered into one message; nil: each goes by itself.
  public var digest: DigestWindow?
  /// Messages within an hour; above it the rest goes into one digest.
  public var maxPerHour: Int?
  /// Lines older than this go as one digest.
  public var maxAge: Duration?
  /// Since the first attempt; then the line is a dead letter.
  public var giveUpAfter: Duration?
  /// Attempts at a time; 1 keeps the order.
  public var parallel = 1

  /// Everything, at once, for ever: what keeps lines in a place.
  public init() {}

  func takes(_ line: AlertLine) -> Bool {
    line.alert.severity >= minSeverity && states.contains(line.alert.state)
  }
}

/// When lines that are gathered go out.
///
/// A window follows from the time of its first line, so it is the same after a restart.
public enum DigestWindow: Hashable, Sendable {
  case every(Duration)
  /// Minutes after midnight by the clock of the desk.
  case daily(minute: Int, DeskClock)

  /// The end of the window that `time` lies in.
  func end(of time: Date) -> Date {
    switch self {
    case .every(let length):
      let windows = (time.timeIntervalSince1970 / length.seconds).rounded(.down) + 1
      return Date(timeIntervalSince1970: windows * length.seconds)
    case .daily(let minute, let clock): return clock.next(minute: minute, after: time)
    }
  }
}
