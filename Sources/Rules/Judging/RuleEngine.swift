import Core
import FoundationEssentials

/// Decides which matches become alerts.
///
/// A function of the record, the rules in force and what the store keeps: equal input, equal decisions and
/// an equal store, live and in every replay.
public struct RuleEngine: Sendable {
  /// Enters `rules.evaluated`; another number may decide otherwise.
  public static let version = "8"
  /// Seconds without a record after which a daemon says that it is there: an hour without any is taken for one
  /// in which nobody looked.
  public static let signOfLife = 3_000.0

  public let rules: RuleSet
  /// Rules that judge, by id.
  let ruled: [String: Rule]
  /// By the id of a rule: those that look at its matches.
  let dependents: [String: [Rule]]
  /// By the id of a rule: those whose open alerts hold its lines.
  let inhibitors: [String: [Rule]]
  /// Rules whose time stands still while too few feeds answer, and the share they want.
  let watchers: [(rule: String, healthy: Double)]
  /// Silences of feeds that look at documents, not at matches.
  let feedWatchers: [Rule]
  /// Those of the program's own.
  let builtIns: [BuiltIn: Rule]
  /// Rules about edits.
  let changes: [(rule: Rule, change: RuleKind.Change)]

  /// Seconds for which articles and alerts that are over are known: as long as any rule looks back at them.
  var keeping: Double {
    let flapping = ruled.values.map(Turn.flappingTime).max() ?? 0
    return changes.reduce(max(Limits.kept, flapping)) { max($0, $1.change.within.seconds) }
  }

  /// By the id of a rule that others inhibit: how many are judged before it, one after the other.
  let ranks: [String: Int]

  public init(_ rules: RuleSet) {
    self.rules = rules
    let judging = rules.rules.filter { $0.mode != .off }
    ruled = Dictionary(judging.map { ($0.id, $0) }) { $1 }
    var dependents: [String: [Rule]] = [:]
    var inhibitors: [String: [Rule]] = [:]
    for rule in judging where rule.mode != .part {
      for id in rule.inhibits { inhibitors[id, default: []].append(rule) }
      if case .change = rule.kind { continue }
      for id in rule.kind.uses { dependents[id, default: []].append(rule) }
    }
    (self.dependents, self.inhibitors) = (dependents, inhibitors)
    ranks = Self.ranks(judging.filter { !$0.inhibits.isEmpty }, dependents)
    builtIns = Dictionary(
      judging.compactMap { rule in
        if case .builtIn(let own) = rule.kind { (own, rule) } else { nil }
      }
    ) { $1 }
    let telling = judging.filter { $0.mode != .part }
    watchers = telling.compactMap { rule in rule.kind.healthyShare.map { (rule.id, $0) } }
    feedWatchers = telling.filter { $0.kind.watchesFeeds && $0.match == nil }
    changes = telling.compactMap { rule in
      if case .change(let change) = rule.kind { (rule, change) } else { nil }
    }
  }

  /// A rule's rank is above those of all that inhibit it; one that is a step of others is judged as late as they may be,
  /// for they are told with it.
  private static func ranks(
    _ inhibiting: [Rule], _ dependents: [String: [Rule]]
  ) -> [String: Int] {
    var ranks: [String: Int] = [:]
    // No chain is longer than this, for rules refer in no ring.
    for _ in inhibiting {
      for rule in inhibiting {
        let rank = ranks[rule.id, default: 0] + 1
        for id in rule.inhibits { ranks[id] = max(ranks[id, default: 0], rank) }
      }
      for (step, rules) in dependents {
        guard let rank = rules.compactMap({ ranks[$0.id] }).max() else { continue }
        ranks[step] = max(ranks[step, default: 0], rank)
      }
    }
    return ranks
  }

  /// Prepares rules that are new or differ, and ends those that are gone, before `record` is judged.
  ///
  /// To be called where definitions came since the last record. `past` gives the articles since a time,
  /// oldest first: a rule knows what came before it, and raises nothing about it.
  public func prepare(
    before record: RuleRecord, in store: any RuleStore, past: Past
  ) throws -> [Decision] {
    var turn = Turn(self, store, record)
    try turn.prepare(past)
    return turn.decisions
  }

  /// Gives the articles that came since a time in seconds, and when the log's first article came.
  public struct Past {
    public var first: Double?
    public var each: (_ since: Double, _ body: (RuleRecord) throws -> Void) throws -> Void

    public init(
      first: Double?,
      each: @escaping (_ since: Double, _ body: (RuleRecord) throws -> Void) throws -> Void
    ) {
      self.first = first
      self.each = each
    }
  }

  /// Lets all timers up to the record's time fire, then judges the record.
  public func judge(_ record: RuleRecord, in store: any RuleStore) throws -> [Decision] {
    var turn = Turn(self, store, record)
    try turn.elapse()
    try turn.take(record.fact)
    return turn.decisions
  }

  /// Whether a record of this kind can matter to the rules beyond moving time.
  public func matters(_ fact: RuleRecord.Fact) -> Bool {
    switch fact {
    case .other: false
    case .fetched(_, let published): published > 0 && !feedWatchers.isEmpty
    default: true
    }
  }
}

extension RuleKind {
  /// The share of healthy feeds under which time does not count, of kinds that ask.
  fileprivate var healthyShare: Double? {
    switch self {
    case .silence(let quiet) where quiet.of == .match: quiet.healthy
    case .absentAfter(let absence): absence.healthy
    default: nil
    }
  }

  fileprivate var watchesFeeds: Bool {
    if case .silence(let quiet) = self { quiet.of == .feed } else { false }
  }
}
