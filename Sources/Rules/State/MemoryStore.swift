public import Core
import FoundationEssentials

/// What rules remember, in memory; states go through their stored form, as in a view.
public final class MemoryStore: RuleStore {
  public private(set) var clock = LogClock()
  var groups: [GroupKey: GroupState] = [:]
  var memories: [String: RuleMemory] = [:]
  private var metBy: [Article.ID: (at: Double, met: [Met])] = [:]
  var episodes: [Alert.ID: Episode] = [:]
  var coverage = Alert.Coverage(feedsOK: 1, feeds: 1, gaps: 0)
  var silences: [Silence] = []
  var fetched: [Feed.ID: Double] = [:]
  private var timers = TimerHeap()

  public init() {}

  public func put(_ clock: LogClock) throws { self.clock = clock }

  public func group(_ key: GroupKey) throws -> GroupState { groups[key] ?? GroupState() }

  public func put(_ state: GroupState, _ key: GroupKey) throws {
    guard !state.isEmpty else { return groups[key] = nil }
    var kept = try GroupState(json: state.json)
    (kept.timer, kept.used) = (state.timer, state.used)
    set(kept.timer, key)
    groups[key] = kept
  }

  public func groups(of rule: String) throws -> [GroupKey] {
    groups.keys.filter { $0.rule == rule }.sorted()
  }

  public func memory(_ rule: String) throws -> RuleMemory { memories[rule] ?? RuleMemory() }

  public func put(_ memory: RuleMemory?, _ rule: String) throws {
    guard let memory else { return memories[rule] = nil }
    var kept = try RuleMemory(json: memory.json)
    kept.timer = memory.timer
    set(kept.timer, GroupKey(rule: rule, group: ""))
    memories[rule] = kept
  }

  private func set(_ timer: Double?, _ key: GroupKey) {
    guard let timer, timer != self.timer(key) else { return }
    timers.insert(TimerHeap.Timer(due: timer, key: key))
  }

  /// The rule's own where the key has no group.
  private func timer(_ key: GroupKey) -> Double? {
    key.group.isEmpty ? memories[key.rule]?.timer : groups[key]?.timer
  }

  public func remembered() throws -> [String] { memories.keys.sorted() }

  public func due(by time: Double) throws -> (due: Double, key: GroupKey?, rule: String)? {
    while let first = timers.first, first.due <= time {
      if timer(first.key) == first.due {
        return (first.due, first.key.group.isEmpty ? nil : first.key, first.key.rule)
      }
      timers.removeFirst()
    }
    return nil
  }

  public func met(_ article: Article.ID) throws -> [Met] { metBy[article]?.met ?? [] }

  public func note(_ met: Met, _ article: Article.ID) throws {
    var all = try self.met(article)
    if let index = all.firstIndex(where: { $0.rule == met.rule && $0.group == met.group }) {
      all[index].alert = met.alert ?? all[index].alert
      all[index].isFirst = all[index].isFirst || met.isFirst
    } else {
      all.append(met)
    }
    metBy[article] = (clock.last ?? 0, all)
  }

  public func forget(_ met: Met, _ article: Article.ID) throws {
    metBy[article]?.met.removeAll { $0.rule == met.rule && $0.group == met.group }
  }

  public func prune(before time: Double) throws {
    metBy = metBy.filter { $1.at >= time }
    episodes = episodes.filter { ($1.closed ?? .infinity) >= time }
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
