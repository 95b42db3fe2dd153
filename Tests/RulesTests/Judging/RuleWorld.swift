import Core
import Foundation

@testable import Rules

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
  convenience init(_ json: String) throws { try self.init(set: ruleSet(json)) }

  init(set: RuleSet) throws {
    engine = RuleEngine(try Self.recorded(set))
    try prepare()
  }

  /// The rules as the log gives them back.
  private static func recorded(_ rules: RuleSet) throws -> RuleSet {
    guard rules.faults.isEmpty else { throw Faults(rules.faults) }
    return RuleSet(vocabulary: rules.vocabulary, definitions: rules.definitions)
  }

  /// Other rules from now on; returns what their coming decides.
  @discardableResult
  func reload(_ json: String, at seconds: Double? = nil) throws -> [Decision] {
    try reload(set: ruleSet(json), at: seconds)
  }

  @discardableResult
  func reload(set: RuleSet, at seconds: Double? = nil) throws -> [Decision] {
    now = seconds ?? now
    engine = RuleEngine(try Self.recorded(set))
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
    store.note(record)
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
