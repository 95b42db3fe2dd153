public import Core

/// What the author of a rule expects of it, for articles that they wrote.
public struct RuleTest: Hashable, Sendable {
  /// An article, so long after the test began.
  public struct Sample: Hashable, Sendable {
    public var title = ""
    public var text = ""
    public var language: String?
    public var publisher: String?
    public var after = Duration.zero
  }

  /// A line that is expected, so long after the test began; nil where that does not matter.
  public struct Line: Hashable, Sendable {
    public var state: Alert.State
    public var after: Duration?
  }

  public var samples: [Sample]
  /// Whether the one sample meets the rule; nil where lines are expected.
  public var fires: Bool?
  /// In order.
  public var lines: [Line]
  public var place: Place
}
