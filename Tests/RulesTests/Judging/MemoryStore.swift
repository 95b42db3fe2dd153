import Core
import Foundation

@testable import Rules

/// What rules remember, in memory; states go through their stored form, as in a view.
final class MemoryStore: RuleStore {
  var clock = LogClock()
  var groups: [GroupKey: GroupState] = [:]
  var memories: [String: RuleMemory] = [:]
  var metBy: [Article.ID: [Met]] = [:]
  var episodes: [Alert.ID: Episode] = [:]
  var coverage = Alert.Coverage(feedsOK: 1, feeds: 1, gaps: 0)
  var silences: [Silence] = []
  var fetched: [Feed.ID: Double] = [:]

  func group(_ key: GroupKey) throws -> GroupState { groups[key] ?? GroupState() }

  func put(_ state: GroupState, _ key: GroupKey) throws {
    guard !state.isEmpty else { return groups[key] = nil }
    var kept = try GroupState(json: state.json)
    (kept.timer, kept.used) = (state.timer, state.used)
    groups[key] = kept
  }

  func groups(of rule: String) throws -> [GroupKey] {
    groups.keys.filter { $0.rule == rule }.sorted()
  }

  func memory(_ rule: String) throws -> RuleMemory { memories[rule] ?? RuleMemory() }

  func put(_ memory: RuleMemory?, _ rule: String) throws {
    guard let memory else { return memories[rule] = nil }
    var kept = try RuleMemory(json: memory.json)
    kept.timer = memory.timer
    memories[rule] = kept
  }

  func remembered() throws -> [String] { memories.keys.sorted() }

  func due(by time: Double) throws -> (due: Double, key: GroupKey?, rule: String)? {
    let own = memories.compactMap { rule, memory in
      memory.timer.map { ($0, GroupKey(rule: rule, group: "")) }
    }
    let all = own + groups.compactMap { key, state in state.timer.map { ($0, key) } }
    guard let first = all.min(by: { ($0.0, $0.1) < ($1.0, $1.1) }), first.0 <= time else {
      return nil
    }
    return (first.0, first.1.group.isEmpty ? nil : first.1, first.1.rule)
  }

  func met(_ article: Article.ID) throws -> [Met] { metBy[article] ?? [] }

  func note(_ met: Met, _ article: Article.ID) throws {
    var all = metBy[article] ?? []
    if let index = all.firstIndex(where: { $0.rule == met.rule && $0.group == met.group }) {
      all[index].alert = met.alert ?? all[index].alert
      all[index].isFirst = all[index].isFirst || met.isFirst
    } else {
      all.append(met)
    }
    metBy[article] = all
  }

  func forget(_ met: Met, _ article: Article.ID) throws {
    metBy[article]?.removeAll { $0.rule == met.rule && $0.group == met.group }
  }

  func episode(_ alert: Alert.ID) throws -> Episode? { episodes[alert] }
  func put(_ episode: Episode, _ alert: Alert.ID) throws { episodes[alert] = episode }
  func coverage(at time: Double) throws -> Alert.Coverage { coverage }
  func silences(after time: Double) throws -> [Silence] {
    silences.filter { $0.until.timeIntervalSince1970 > time }
  }
  func lastFetched(_ feed: Feed.ID) throws -> Double? { fetched[feed] }
}

/// Rules, a store and a log of records at times of the test's choosing.
final class RuleWorld {
  static let start = 1_715_837_220.0

  private(set) var engine: RuleEngine
  let store = MemoryStore()
  private(set) var position: UInt64 = 0
  private var published: [RuleRecord] = []
  /// Seconds after the start.
  private(set) var now = 0.0

  /// `json`: a configuration of rules and their words.
  init(_ json: String) throws {
    engine = RuleEngine(try Self.rules(json))
    try prepare()
  }

  private static func rules(_ json: String) throws -> RuleSet {
    let rules = try ruleSet(json)
    guard rules.faults.isEmpty else { throw Faults(rules.faults) }
    return RuleSet(vocabulary: rules.vocabulary, definitions: rules.definitions)
  }

  /// Other rules from now on; returns what their coming decides.
  @discardableResult
  func reload(_ json: String) throws -> [Decision] {
    engine = RuleEngine(try Self.rules(json))
    return try prepare()
  }

  @discardableResult
  private func prepare() throws -> [Decision] {
    let past = published
    let first = past.first?.at.timeIntervalSince1970
    return try engine.prepare(
      before: record(.other), in: store,
      past: RuleEngine.Past(first: first) { since, body in
        for record in past where record.at.timeIntervalSince1970 >= since { try body(record) }
      })
  }

  private func record(_ fact: RuleRecord.Fact) -> RuleRecord {
    RuleRecord(position: position, at: Date(timeIntervalSince1970: Self.start + now), fact)
  }

  @discardableResult
  func judge(_ fact: RuleRecord.Fact, at seconds: Double? = nil) throws -> [Decision] {
    now = seconds ?? now
    position += 1
    let record = record(fact)
    if case .article(_, let origin, nil, _) = fact, origin != nil { published.append(record) }
    return try engine.judge(record, in: store)
  }

  /// A new article; its id is its title unless one is given.
  @discardableResult
  func publish(
    _ title: String, at seconds: Double? = nil, id: String? = nil, text: String = "",
    feed: String = "wire", publisher: String? = nil, origin: Origin = .live,
    published: Double? = nil
  ) throws -> [Decision] {
    var article = article(title, text)
    article.id = Article.ID(id ?? title)
    (article.feed, article.publisher) = (Feed.ID(feed), publisher)
    article.dateSource = .feed
    article.published = published.map { Date(timeIntervalSince1970: Self.start + $0) }
    return try judge(.article(article, origin, nil, engine.rules.read(article)), at: seconds)
  }

  @discardableResult
  func revise(
    _ id: String, _ title: String, at seconds: Double? = nil, classes: [EditClass] = [.headline],
    declared: Bool = false
  ) throws -> [Decision] {
    var article = article(title)
    (article.id, article.revision, article.dateSource) = (Article.ID(id), 2, .feed)
    let revision = Revision(
      previous: 1, changed: ["title"], classes: classes.map(\.rawValue), isDeclared: declared)
    return try judge(.article(article, nil, revision, engine.rules.read(article)), at: seconds)
  }

  @discardableResult
  func tick(at seconds: Double) throws -> [Decision] { try judge(.other, at: seconds) }
}

extension [Decision] {
  /// What was decided, in short: `fired new quake`, `held cooldown quake`.
  var told: [String] {
    map { decision in
      switch decision {
      case .raise(let alert), .change(let alert):
        "\(alert.state.rawValue) \(alert.reason) \(alert.rule)"
      case .hold(let hold): "held \(hold.hold) \(hold.rule)"
      }
    }
  }

  var alerts: [Alert] {
    compactMap { decision in
      switch decision {
      case .raise(let alert), .change(let alert): alert
      case .hold: nil
      }
    }
  }

  var holds: [AlertHold] {
    compactMap { if case .hold(let hold) = $0 { hold } else { nil } }
  }
}
