import Core
import EventLog
import Foundation
import GRDB
import Projections
import Support

@testable import Rules
@testable import tidings

/// A log written at times of the test's choosing, folded and judged as the daemon does it.
final class ScriptedLog {
  static let start = Date(timeIntervalSince1970: 1_715_837_220)

  let folder: TemporaryFolder
  let log: SegmentedLog
  private(set) var views: Views
  private(set) var projector: Projector
  private var reactor: Reactor
  private let clock = Clock()
  private var number = 0

  /// Seconds after the start.
  private(set) var now: Double = 0

  private final class Clock: @unchecked Sendable {
    var now = ScriptedLog.start
  }

  /// `yaml`: rules and the words they use.
  init(_ yaml: String) async throws {
    folder = try TemporaryFolder()
    var options = SegmentedLog.Options()
    options.floor = 0
    log = try SegmentedLog.open(folder.path("log"), options: options, now: Self.start)
    (views, projector, reactor) = try await Self.open(folder.path("views"), log, clock)
    try await define(yaml)
  }

  /// As the daemon reads, without the names that nobody configured: no rule looks at them.
  private static let makeReader: MakeReader = { vocabulary in
    let rules = RuleSet(vocabulary: vocabulary, definitions: [], zones: SystemZones.names)
    return { rules.read($0, in: $1) }
  }

  private static func open(
    _ file: String, _ log: SegmentedLog, _ clock: Clock
  ) async throws -> (Views, Projector, Reactor) {
    let views = try Views(file, log: await log.identity, tidings.Reading.projections)
    let projector = try Projector(views, log: log, makeReader: Self.makeReader)
    try await projector.catchUp()
    let reactor = try Reactor(views, log: log, projector: projector) { clock.now }
    return (views, projector, reactor)
  }

  /// Goes on with a process that knows nothing but the files, as after a kill; `forgets` its views too.
  func restart(forgets: Bool = false) async throws {
    try views.close()
    let file = folder.path("views")
    if forgets {
      for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + end) }
    }
    (views, projector, reactor) = try await Self.open(file, log, clock)
  }

  /// Rules and words from now on, as a start or a reload records them.
  func define(_ yaml: String) async throws {
    try yaml.write(toFile: folder.path("rules.yaml"), atomically: true, encoding: .utf8)
    let rules = try RuleSet.read(folder.path("rules.yaml"))
    let words = rules.vocabulary.sorted { $0.key < $1.key }.map {
      Event.Fact.vocabularyDefined(VocabularyDefinition(part: $0.key, text: $0.value))
    }
    let known = try views.ruleDefinitions()
    let gone = known.filter { old in !rules.definitions.contains { $0.rule == old.rule } }
    try await record(
      words + rules.definitions.filter { !known.contains($0) }.map { .ruleDefined($0) }
        + gone.map { .ruleRemoved(rule: $0.rule) })
    try await record([.daemonStarted(version: "test")])
  }

  /// Records facts at a time, after a tick for each thing that falls due before; `reacts`: decisions go in.
  func record(_ facts: [Event.Fact], at seconds: Double? = nil, reacts: Bool = true) async throws {
    let time = seconds ?? now
    if reacts {
      while let due = try views.nextDue()?.timeIntervalSince(Self.start), due < time {
        // A daemon looks every second, and ticks every ten at most.
        try await append([.clockTicked], at: max(now, due) + 1)
        try await react()
      }
    }
    try await append(facts, at: time)
    if reacts { try await react() }
  }

  func tick(at seconds: Double) async throws { try await record([.clockTicked], at: seconds) }

  private func append(_ facts: [Event.Fact], at seconds: Double) async throws {
    now = max(now, seconds)
    clock.now = Self.start.addingTimeInterval(now)
    guard !facts.isEmpty else { return }
    try await log.append(facts.map { Event(at: clock.now, $0) }, to: .daemon, at: clock.now)
    try await projector.catchUp()
  }

  /// Lets the decisions that wait go into the log.
  func react() async throws {
    try await reactor.react()
    try await projector.catchUp()
  }

  /// Says how far the rules have judged, whatever was recorded since.
  func mark(upTo position: Position) async throws {
    try await reactor.finish(position)
    try await projector.catchUp()
  }

  func article(
    _ title: String, id: String? = nil, text: String = "", feed: String = "wire",
    publisher: String? = nil, language: String? = "id"
  ) -> Article {
    number += 1
    return Article(
      id: Article.ID(id ?? "a\(number)"), feed: Feed.ID(feed), title: title, text: text,
      publisher: publisher, language: language, seen: clock.now, dateSource: .feed,
      contentHash: "\(number)")
  }

  func publish(
    _ title: String, at seconds: Double, id: String? = nil, text: String = "",
    feed: String = "wire",
    publisher: String? = nil, origin: Origin = .live
  ) async throws {
    let article = article(title, id: id, text: text, feed: feed, publisher: publisher)
    try await record([.articlePublished(article, origin)], at: seconds)
  }

  func revise(
    _ id: String, _ title: String, _ revision: Int, at seconds: Double, _ classes: [EditClass]
  ) async throws {
    var edited = article(title, id: id)
    edited.revision = revision
    try await record(
      [
        .articleRevised(
          edited,
          Revision(
            previous: revision - 1, changed: ["title"], classes: classes.map(\.rawValue),
            isDeclared: false))
      ], at: seconds)
  }

  // MARK: What came of it

  /// Every line of an alert in the log, in order.
  func lines() async throws -> [Alert] {
    try await events().compactMap { event in
      switch event.fact {
      case .alertRaised(let alert, _), .alertChanged(let alert, _): alert
      default: nil
      }
    }
  }

  /// The same in short, of one rule.
  func told(_ rule: String) async throws -> [String] {
    try await lines().filter { $0.rule == rule }.map { "\($0.state.rawValue) \($0.reason)" }
  }

  func events() async throws -> [Event] {
    var events: [Event] = []
    var next = Position.origin
    while case let records = try await log.read(from: next, limit: 1_000), let last = records.last {
      events += try records.map { try Event(kind: $0.kind, json: $0.payload) }
      next = last.position.next
    }
    return events
  }

  /// Folds the log anew, so many records a transaction, and gives what the rules remember and decide.
  func folded(batch: Int) async throws -> [String] {
    let file = folder.path("anew-\(batch)")
    let views = try Views(file, log: await log.identity, tidings.Reading.projections)
    defer { try? views.close() }
    let projector = try Projector(
      views, log: log, makeReader: Self.makeReader, batch: batch)
    try await projector.catchUp()
    return try Self.rows(views)
  }

  func rows() throws -> [String] { try Self.rows(views) }

  private static func rows(_ views: Views) throws -> [String] {
    try views.read { db in
      try RuleView.tables.flatMap { table in
        let order = try RuleView.order(of: table, in: db).joined(separator: ", ")
        return try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY \(order)").map { row in
          table + ": "
            + row.map { column, value in
              let data = Data.fromDatabaseValue(value).map { String(decoding: $0, as: UTF8.self) }
              return "\(column)=\(data ?? value.description)"
            }.joined(separator: " ")
        }
      }
    }
  }
}
