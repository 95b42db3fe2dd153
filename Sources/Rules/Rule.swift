public import Core
public import FoundationEssentials

/// What to watch for, and how to tell of it.
public struct Rule: Hashable, Sendable {
  public enum Mode: String, Hashable, Sendable, CaseIterable {
    case live
    /// Judged, then held: nothing is told.
    case shadow
    /// Serves other rules, and tells nothing.
    case part
    case off
  }

  /// The least time between two lines of a group.
  public struct Cooldown: Hashable, Sendable {
    public var start: Duration
    /// It doubles up to this each time that it held something; nil if it stays.
    public var doubleTo: Duration?
  }

  public var id: String
  /// Nil where the kind needs none.
  public var match: Query?
  public var kind = RuleKind.match
  public var by: [Grouping] = [.story]
  public var severity = Alert.Severity.info
  /// Nil for none.
  public var cooldown: Cooldown?
  public var outlets = ["file"]
  public var mode = Mode.live
  /// Whether articles of a first poll may raise a line.
  public var backlog = false
  /// Whether articles may that were published long before they were seen.
  public var late = false
  /// Whether an edit of an article of an open alert is told.
  public var reactsToEdits = false
  /// The time after the last line at which an open alert is told again.
  public var repeatAfter: Duration?
  /// Lines in a rolling hour; nil for any number.
  public var maxPerHour: Int?
  /// At so many sources an open alert is told again, rising.
  public var updateAt: [Int] = []
  /// Nil: as the kind has it.
  public var resolveAfter: Duration?
  /// Rules whose lines are held while an alert of this one is open.
  public var inhibits: [String] = []
  /// Off from then on.
  public var until: Date?
  /// When a person wants to look at it again.
  public var reviewAfter: Date?
  public var note: String?
  /// What its author expects of it.
  public var tests: [RuleTest] = []
  /// 12 hexadecimal digits over the rule and the words it uses; note and mode do not enter.
  public var revision = ""
  /// The same over `match`, `when` and `by` alone: while it stays, so does what the rule has counted.
  public var shape = ""
  public var place: Place
  /// The rule's configuration with defaults filled in, as JSON.
  public var text = ""
}

extension Rule {
  /// Seconds before its end from which on it is told of.
  static let expiryNotice = 14 * 86_400.0

  /// When it ends or wants to be looked at, whichever comes first after what was `told`, and which of them.
  func expiry(after told: Double?) -> (time: Date, words: String)? {
    let times = [(until, "is off from"), (reviewAfter, "wants to be looked at from")]
    return times.compactMap { time, words in time.map { (time: $0, words: words) } }
      .filter { $0.time.timeIntervalSince1970 > told ?? -.infinity }.min { $0.time < $1.time }
  }

  /// The end that was told of, where it is one still.
  func told(_ expiry: Double?) -> Double? {
    [until, reviewAfter].contains { $0?.timeIntervalSince1970 == expiry } ? expiry : nil
  }

  /// A warning where it ends, or wants to be looked at, within two weeks from `now`.
  public func expiryWarning(at now: Date) -> Fault? {
    guard let (time, what) = expiry(after: nil), time <= now.addingTimeInterval(Self.expiryNotice)
    else {
      return nil
    }
    return Fault(
      place, "rule '\(id)' \(what) \(Timestamp.text(time))", fix: "remove it, or set another time",
      code: "W311", weight: .warning)
  }
}
