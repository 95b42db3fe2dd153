public import Core

/// When matches of a rule become an alert: its `when`.
public enum RuleKind: Hashable, Sendable {
  /// At each match.
  case match
  case frequency(Frequency)
  case spike(Spike)
  case silence(Quiet)
  case newTerm(NewTerm)
  case newPair(NewPair)
  /// All of some rules, in any order.
  case cooccur(Steps)
  /// All of some rules, in this order.
  case sequence(Steps)
  case absentAfter(Absence)
  case change(Change)
  case builtIn(BuiltIn)

  /// What is counted: each once, however often it is written of.
  public enum Counted: String, Hashable, Sendable, CaseIterable {
    case articles, stories, sources, entities
  }

  /// So many within a window, for some time without a break.
  public struct Frequency: Hashable, Sendable {
    public var count: Counted
    public var atLeast: Int
    public var within: Duration
    public var lasting: Duration
  }

  /// More than usual at this hour of the week.
  public struct Spike: Hashable, Sendable {
    public var count: Counted
    public var window: Duration
    public var baseline: Duration
    public var ratio: Double
    public var minCurrent: Int
    /// An hour.
    public var minBaseline: Double
    public var warmup: Duration
  }

  /// Nothing for some time, while the feeds answer.
  public struct Quiet: Hashable, Sendable {
    /// What does not come: matches, or anything new of a feed.
    public enum Subject: String, Hashable, Sendable, CaseIterable { case match, feed }

    public var of: Subject
    /// Nil: made of the gaps that there were.
    public var within: Duration?
    public var min: Duration
    public var max: Duration
    /// The share of healthy feeds under which time does not count.
    public var healthy: Double
    public var forgetAfter: Duration?
  }

  /// A value that was not seen for long.
  public struct NewTerm: Hashable, Sendable {
    public enum Field: String, Hashable, Sendable, CaseIterable {
      case entity, publisher, tag, host
    }

    public var field: Field
    /// Of entities; empty for all.
    public var types: [Entity.Kind]
    public var notSeen: Duration
    public var atLeast: Int
    public var sources: Int
    public var within: Duration
    public var warmup: Duration
  }

  /// Two entities that were not seen together for long.
  public struct NewPair: Hashable, Sendable {
    public var types: [Entity.Kind]
    public var notSeen: Duration
    public var sources: Int
    public var warmup: Duration
  }

  /// Rules by id.
  public struct Steps: Hashable, Sendable {
    public var rules: [String]
    public var within: Duration
  }

  /// The first rule without the second.
  public struct Absence: Hashable, Sendable {
    public var rules: [String]
    public var within: Duration
    public var healthy: Double
  }

  /// An edit of an article that raised an alert.
  public struct Change: Hashable, Sendable {
    public var of: [String]
    /// Empty for all that are no noise.
    public var classes: [EditClass]
    /// Empty for all.
    public var fields: [String]
    /// Only edits that the publisher does not announce.
    public var isStealth: Bool
    public var maxPerArticle: Int
    public var within: Duration
  }
}

extension RuleKind {
  /// As `when: {kind: …}` has it; also the reason of what it raises, but for `match`.
  public var name: String {
    switch self {
    case .match: "match"
    case .frequency: "frequency"
    case .spike: "spike"
    case .silence: "silence"
    case .newTerm: "new_term"
    case .newPair: "new_pair"
    case .cooccur: "cooccur"
    case .sequence: "sequence"
    case .absentAfter: "absent_after"
    case .change: "change"
    case .builtIn: "built_in"
    }
  }

  /// What it counts; nil where it counts nothing.
  var counted: Counted? {
    switch self {
    case .frequency(let frequency): frequency.count
    case .spike(let spike): spike.count
    default: nil
    }
  }

  /// The rules whose matches or alerts it looks at.
  public var uses: [String] {
    switch self {
    case .cooccur(let steps), .sequence(let steps): steps.rules
    case .absentAfter(let absence): absence.rules
    case .change(let change): change.of
    default: []
    }
  }

  /// Whether it is over by a condition of its own, which a line says.
  var isResolved: Bool {
    switch self {
    case .frequency, .spike, .silence: true
    case .builtIn(let own): own.isState
    default: false
    }
  }

  /// Whether it comes with the program.
  public var isBuiltIn: Bool {
    if case .builtIn = self { true } else { false }
  }

  /// Whether a rule of the kind may be without `match`.
  var needsMatch: Bool {
    switch self {
    case .silence(let quiet): quiet.of == .match
    case .cooccur, .sequence, .absentAfter, .change, .builtIn: false
    default: true
    }
  }

  /// Groups of a rule that names none.
  var groups: [Grouping] {
    switch self {
    case .match: [.story]
    case .change: [.article]
    case .silence(let quiet) where quiet.of == .feed: [.feed]
    case .builtIn(let own): own.groups
    default: []
    }
  }

  /// Keys of a rule that mean nothing for the kind.
  var unfit: [String] {
    var unfit: [String] = []
    if !isResolved { unfit.append("repeat") }
    switch self {
    case .match: break
    case .frequency: break
    case .spike, .silence: unfit += ["resolve_after", "update_at"]
    default: unfit.append("update_at")
    }
    switch self {
    case .change: unfit += ["react_to", "late", "backlog"]
    case .silence: unfit.append("react_to")
    case .builtIn: unfit += ["match", "when", "by", "react_to", "late", "backlog", "tests"]
    default: break
    }
    return unfit
  }
}
