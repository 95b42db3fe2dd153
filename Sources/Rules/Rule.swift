public import Core

/// What to watch for, and how to tell of it.
public struct Rule: Hashable, Sendable {
  public enum Mode: String, Hashable, Sendable, CaseIterable {
    case live
    /// Judged, then held: nothing is told.
    case shadow
    case off
  }

  public var id: String
  public var match: Query
  public var severity: Alert.Severity
  /// The least time between two of its lines; nil for none.
  public var cooldown: Duration?
  public var outlets: [String]
  public var mode: Mode
  /// Whether articles of a first poll may raise a line.
  public var backlog: Bool
  public var note: String?
  /// 12 hexadecimal digits over the rule and the words it uses; note and mode do not enter.
  public var revision: String
  public var place: Place
  /// The rule's configuration with defaults filled in, as JSON.
  public var text: String
}
