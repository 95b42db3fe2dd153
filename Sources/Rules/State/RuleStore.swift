public import Core

/// Where the engine reads and leaves what rules remember: rows in a view, or memory.
public protocol RuleStore: AnyObject {
  var clock: LogClock { get throws }
  func put(_ clock: LogClock) throws
  /// What is kept of a group; an empty state where nothing is.
  func group(_ key: GroupKey) throws -> GroupState
  /// Keeps a state, or forgets it where it is empty.
  func put(_ state: GroupState, _ key: GroupKey) throws
  /// The groups of a rule that are kept, in order.
  func groups(of rule: String) throws -> [GroupKey]
  func memory(_ rule: String) throws -> RuleMemory
  /// Keeps what a rule remembers; nil forgets it.
  func put(_ memory: RuleMemory?, _ rule: String) throws
  /// The rules of which something is remembered, in order.
  func remembered() throws -> [String]
  /// The earliest timer up to `time`, by due time, rule and group; a key without group is the rule's own.
  func due(by time: Double) throws -> (due: Double, key: GroupKey?, rule: String)?
  /// What an article met so far.
  func met(_ article: Article.ID) throws -> [Met]
  func note(_ met: Met, _ article: Article.ID) throws
  func forget(_ met: Met, _ article: Article.ID) throws
  func episode(_ alert: Alert.ID) throws -> Episode?
  func put(_ episode: Episode, _ alert: Alert.ID) throws
  /// Forgets what articles met, and episodes, as the ageing says.
  func prune(_ ageing: Ageing) throws
  /// How much of what is watched can be seen now.
  func coverage(at time: Double) throws -> Alert.Coverage
  /// Silences that end after `time`.
  func silences(after time: Double) throws -> [Silence]
  /// An article as it was before the record at a position; nil where that is not known.
  func article(_ id: Article.ID, before position: UInt64) throws -> Article?
  /// When a feed last brought something; nil before its first document.
  func lastFetched(_ feed: Feed.ID) throws -> Double?
}

extension RuleStore {
  /// Forgets a group for want of room.
  ///
  /// Its alert is over with it, or what belongs to that would never age.
  public func drop(_ key: GroupKey) throws {
    if let alert = try group(key).alert, var episode = try episode(alert.id), episode.closed == nil
    {
      episode.closed = try clock.last ?? episode.opened
      try put(episode, alert.id)
    }
    try put(GroupState(), key)
  }
}

/// A rule and group that an article met.
public struct Met: Hashable, Sendable {
  public var rule: String
  public var group: String
  /// The alert that it raised or joined.
  public var alert: Alert.ID?
  /// Whether it opened that alert.
  public var isFirst: Bool

  public init(rule: String, group: String, alert: Alert.ID? = nil, isFirst: Bool = false) {
    self.rule = rule
    self.group = group
    self.alert = alert
    self.isFirst = isFirst
  }
}

/// What is known of an alert for as long as its articles may change.
public struct Episode: Hashable, Sendable {
  public var rule: String
  public var group: String
  /// Lines so far.
  public var lines: Int
  public var opened: Double
  /// When it was over; nil while it is open.
  public var closed: Double?

  public init(rule: String, group: String, lines: Int, opened: Double, closed: Double? = nil) {
    self.rule = rule
    self.group = group
    self.lines = lines
    self.opened = opened
    self.closed = closed
  }
}
