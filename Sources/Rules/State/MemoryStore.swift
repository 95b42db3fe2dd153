public import Core
import FoundationEssentials

/// What rules remember, in memory; states go through their stored form, as in a view.
public final class MemoryStore: RuleStore {
  public private(set) var clock = LogClock()
  var groups: [GroupKey: GroupState] = [:]
  var memories: [String: RuleMemory] = [:]
  var metBy: [Article.ID: [Met]] = [:]
  var episodes: [Alert.ID: Episode] = [:]
  var coverage = Alert.Coverage(feedsOK: 1, feeds: 1, gaps: 0)
  var silences: [Silence] = []
  var fetched: [Feed.ID: Double] = [:]
  /// Nothing is due before it.
  private var quietUntil = -Double.infinity

  public init() {}

  public func put(_ clock: LogClock) throws { self.clock = clock }

  public func group(_ key: GroupKey) throws -> GroupState { groups[key] ?? GroupState() }

  public func put(_ state: GroupState, _ key: GroupKey) throws {
    guard !state.isEmpty else { return groups[key] = nil }
    var kept = try GroupState(json: state.json)
    (kept.timer, kept.used) = (state.timer, state.used)
    groups[key] = kept
    if let timer = kept.timer { quietUntil = min(quietUntil, timer) }
  }

  public func groups(of rule: String) throws -> [GroupKey] {
    groups.keys.filter { $0.rule == rule }.sorted()
  }

  public func memory(_ rule: String) throws -> RuleMemory { memories[rule] ?? RuleMemory() }

  public func put(_ memory: RuleMemory?, _ rule: String) throws {
    guard let memory else { return memories[rule] = nil }
    var kept = try RuleMemory(json: memory.json)
    kept.timer = memory.timer
    memories[rule] = kept
    if let timer = kept.timer { quietUntil = min(quietUntil, timer) }
  }

  public func remembered() throws -> [String] { memories.keys.sorted() }

  public func due(by time: Double) throws -> (due: Double, key: GroupKey?, rule: String)? {
    // Most records come while nothing is due, and must not look through every group.
    guard time >= quietUntil else { return nil }
    let own = memories.compactMap { rule, memory in
      memory.timer.map { ($0, GroupKey(rule: rule, group: "")) }
    }
    let all = own + groups.compactMap { key, state in state.timer.map { ($0, key) } }
    let first = all.min { ($0.0, $0.1) < ($1.0, $1.1) }
    quietUntil = first?.0 ?? .infinity
    guard let first, first.0 <= time else { return nil }
    return (first.0, first.1.group.isEmpty ? nil : first.1, first.1.rule)
  }

  public func met(_ article: Article.ID) throws -> [Met] { metBy[article] ?? [] }

  public func note(_ met: Met, _ article: Article.ID) throws {
    var all = metBy[article] ?? []
    if let index = all.firstIndex(where: { $0.rule == met.rule && $0.group == met.group }) {
      all[index].alert = met.alert ?? all[index].alert
      all[index].isFirst = all[index].isFirst || met.isFirst
    } else {
      all.append(met)
    }
    metBy[article] = all
  }

  public func forget(_ met: Met, _ article: Article.ID) throws {
    metBy[article]?.removeAll { $0.rule == met.rule && $0.group == met.group }
  }

  public func episode(_ alert: Alert.ID) throws -> Episode? { episodes[alert] }
  public func put(_ episode: Episode, _ alert: Alert.ID) throws { episodes[alert] = episode }
  public func coverage(at time: Double) throws -> Alert.Coverage { coverage }
  public func silences(after time: Double) throws -> [Silence] {
    silences.filter { $0.until.timeIntervalSince1970 > time }
  }
  /// No article is kept: a replay would hold all of them.
  public func article(_ id: Article.ID, before position: UInt64) throws -> Article? { nil }
  public func lastFetched(_ feed: Feed.ID) throws -> Double? { fetched[feed] }
}
