public import Core
import FoundationEssentials

/// What rules remember, in memory; states go through their stored form, as in a view.
public final class MemoryStore: RuleStore {
  public private(set) var clock = LogClock()
  var groups: [GroupKey: GroupState] = [:]
  var memories: [String: RuleMemory] = [:]
  private var metBy: [Article.ID: [(at: Double, met: Met)]] = [:]
  var episodes: [Alert.ID: Episode] = [:]
  var feeds = FeedStanding()
  var silences: [Silence] = []
  /// Knows articles as they were, for a store that kept all of them would grow with the log.
  var earlier: Earlier = { _, _ in nil }
  private var timers = TimerHeap()
  /// Groups by rule, of which each has `groupLimit` at most.
  private var counts: [String: Int] = [:]
  private let groupLimit: Int

  /// An article as it was before the record at a position; nil where that is not known.
  public typealias Earlier = (_ article: Article.ID, _ position: UInt64) throws -> Article?

  public init() { groupLimit = RuleMemory.groupLimit }

  init(groupLimit: Int) { self.groupLimit = groupLimit }

  public func put(_ clock: LogClock) throws { self.clock = clock }

  public func group(_ key: GroupKey) throws -> GroupState { groups[key] ?? GroupState() }

  public func put(_ state: GroupState, _ key: GroupKey) throws {
    guard !state.isEmpty else {
      if groups.removeValue(forKey: key) != nil { counts[key.rule, default: 0] -= 1 }
      return
    }
    var kept = try GroupState(json: state.json)
    (kept.timer, kept.used) = (state.timer, state.used)
    set(kept.timer, key)
    guard groups.updateValue(kept, forKey: key) == nil else { return }
    counts[key.rule, default: 0] += 1
    if counts[key.rule, default: 0] > groupLimit { try dropLeastUsed(of: key.rule) }
  }

  private func dropLeastUsed(of rule: String) throws {
    let kept = groups.filter { $0.key.rule == rule }.map { (used: $0.value.used, key: $0.key) }
    let dropped = kept.sorted { ($0.used, $0.key) < ($1.used, $1.key) }
      .prefix(RuleMemory.groupsDropped)
    for group in dropped { try drop(group.key) }
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

  public func met(_ article: Article.ID) throws -> [Met] {
    (metBy[article] ?? []).map(\.met).sorted { ($0.rule, $0.group) < ($1.rule, $1.group) }
  }

  public func note(_ met: Met, _ article: Article.ID) throws {
    var noted = metBy[article] ?? []
    var met = met
    if let index = noted.firstIndex(where: { $0.met.isOfSame(met) }) {
      let known = noted.remove(at: index).met
      met.alert = met.alert ?? known.alert
      met.isFirst = met.isFirst || known.isFirst
    }
    metBy[article] = noted + [(clock.last ?? 0, met)]
  }

  public func forget(_ met: Met, _ article: Article.ID) throws {
    metBy[article]?.removeAll { $0.met.isOfSame(met) }
  }

  public func prune(_ ageing: Ageing) throws {
    for (article, noted) in metBy {
      let kept = noted.filter { at, met in
        !ageing.forgets(metAt: at, in: met.alert.flatMap { episodes[$0] })
      }
      metBy[article] = kept.isEmpty ? nil : kept
    }
    episodes = episodes.filter { !ageing.forgets($1) }
  }

  public func episode(_ alert: Alert.ID) throws -> Episode? { episodes[alert] }
  public func put(_ episode: Episode, _ alert: Alert.ID) throws { episodes[alert] = episode }
  public func coverage(at time: Double) throws -> Alert.Coverage {
    feeds.coverage(at: time)
  }

  public func silences(after time: Double) throws -> [Silence] {
    silences.filter { $0.until.timeIntervalSince1970 > time }
  }
  public func article(_ id: Article.ID, before position: UInt64) throws -> Article? {
    try earlier(id, position)
  }
  public func lastFetched(_ feed: Feed.ID) throws -> Double? { feeds.fetched[feed] }
}

extension MemoryStore {
  /// Keeps that an alert is in the log, also one that tells several in one line.
  func note(_ alert: Alert) throws {
    guard let article = alert.article?.id else { return }
    try note(
      Met(rule: alert.rule, group: JSONWriter.canonical(alert.group), alert: alert.id), article)
  }

  /// Keeps what views of feeds and of people know of a record before rules judge it.
  func note(_ record: RuleRecord) {
    feeds.note(record)
    switch record.fact {
    case .silenced(let silence):
      silences.removeAll { $0.id == silence.id }
      silences.append(silence)
    case .lifted(let id): silences.removeAll { $0.id == id }
    default: break
    }
  }
}

extension Met {
  fileprivate func isOfSame(_ other: Met) -> Bool { rule == other.rule && group == other.group }
}
