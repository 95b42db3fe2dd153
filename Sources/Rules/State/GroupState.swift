import Core

/// What a rule remembers of one group: its open alert, what it counts, and what it holds back.
///
/// Times are seconds of log time since 1970. A state that is empty need not be kept.
public struct GroupState: Hashable, Sendable {
  /// An article that is counted.
  struct Item: Hashable, Sendable {
    var at: Double
    var article: String
    var story: String
    var source: String
    /// The same for copies of one text.
    var copy: String
    /// Filled where entities are counted.
    var entities: [String] = []
  }

  /// An episode that is not over.
  struct Open: Hashable, Sendable {
    var id: Alert.ID
    /// False where it was raised in shadow, or while the past was learned: it tells nothing later either.
    var isTold: Bool
    var opened: Double
    /// The last match that belongs to it.
    var last: Double
    /// Of its articles, the first of a story each; at most ``Limits/named``.
    var stories: [String] = []
    var articles: [String] = []
    var articleCount = 0
    var sources: [String] = []
    /// The steps of `update_at` that were told.
    var grown = 0
    var isAcknowledged = false
  }

  /// What a cooldown held since it began.
  struct Cooled: Hashable, Sendable {
    var count = 0
    var articles: [String] = []
    /// The last of them.
    var article: Alert.ArticleSummary?
    var why: [Alert.Clause] = []
  }

  /// A span of time that does not count; open at its end while that is to come.
  struct Pause: Hashable, Sendable {
    var from: Double
    var to: Double?
  }

  /// A step of a rule that looks at others.
  struct Step: Hashable, Sendable {
    var rule: String
    /// Where its chain began.
    var start: Double
    var at: Double
    var position: UInt64
    var article: String
  }

  var alert: Open?
  /// The last alert that was told, open or not.
  var lastAlert: Alert.ID?
  /// Of the last line that was told.
  var lastLine: Double?
  var coolingUntil: Double?
  var coolingFor: Double?
  var cooled: Cooled?
  /// Lines held since the last one.
  var held = Alert.Held()
  /// No new attempt before it, where a condition holds and its line is held.
  var retryAt: Double?
  /// When alerts were opened, as far as it matters for flapping.
  var openings: [Double] = []
  var flappingUntil: Double?

  var items: [Item] = []
  /// Whether more was counted than is kept.
  var isSaturated = false
  /// Since when the condition holds.
  var since: Double?
  /// What is the matter, of a built-in rule whose state lasts.
  var words: Alert.Clause?
  /// Since when it is so far off that the alert will be over.
  var below: Double?
  /// Counts by hour since 1970, oldest first; hours without any are left out.
  var hours: [Hour] = []

  struct Hour: Hashable, Sendable {
    var hour: Int
    var count: Int
  }

  /// The last match, of `silence` and of a known term.
  var last: Double?
  var gaps: [Double] = []
  var pauses: [Pause] = []
  /// When it is looked at again, where a silence is not long enough yet.
  var lookAt: Double?
  /// The first sight of a term that may be new.
  var first: Double?
  var steps: [Step] = []
  /// Of `absent_after`: what still waits.
  var armed: Step?
  /// Edits told, of `change`.
  var edits = 0

  /// When it is due by the table of timers; may be earlier than its state says, never later.
  public var timer: Double?
  /// The position of the last record that touched it.
  public var used: UInt64 = 0

  public init() {}

  /// Whether nothing of it matters any more.
  public var isEmpty: Bool {
    var bare = self
    (bare.timer, bare.used) = (nil, 0)
    (bare.lastAlert, bare.lastLine, bare.coolingFor, bare.isSaturated) = (nil, nil, nil, false)
    return bare == GroupState()
  }
}

/// Names the state of a rule and group; a term's own stands under its group's.
public struct GroupKey: Hashable, Comparable, Sendable {
  public var rule: String
  /// The group's values as canonical JSON.
  public var group: String
  /// The value that `new_term` or `new_pair` tells apart; empty for the group itself.
  public var term: String

  public init(rule: String, group: String, term: String = "") {
    self.rule = rule
    self.group = group
    self.term = term
  }

  public static func < (a: GroupKey, b: GroupKey) -> Bool {
    (a.rule, a.group, a.term) < (b.rule, b.group, b.term)
  }
}
