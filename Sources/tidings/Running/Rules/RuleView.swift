import Core
import EventLog
import FoundationEssentials
import GRDB
import Projections
import Rules
import Synchronization
import Text

/// The rules as a view: what each has done, and decisions that are not in the log yet.
///
/// Articles are judged where they are folded, by the rules in force at their position; the decisions are
/// rows until the reactor has appended them. So a rebuild decides the same, and a crash loses nothing.
final class RuleView: Projection {
  static let version = 10
  static let tables = RuleTables.names + ["rule_fresh", "decision"]

  /// The engine made of the newest definitions; nil where they may have changed.
  private let engine = Mutex<RuleEngine?>(nil)
  private let cache = Mutex(RuleCache())
  /// Whether a transaction is under way, or was rolled back.
  private let isOpen = Mutex(false)

  func createTables(in db: Database) throws {
    try RuleTables.create(in: db)
    try db.execute(
      sql: """
        CREATE TABLE rule_fresh (number INTEGER PRIMARY KEY CHECK (number = 1));
        CREATE TABLE decision (
          cause INTEGER NOT NULL, number INTEGER NOT NULL, kind INTEGER NOT NULL, alert TEXT,
          event BLOB NOT NULL, PRIMARY KEY (cause, number)) WITHOUT ROWID;
        CREATE INDEX decision_alert ON decision (alert) WHERE alert IS NOT NULL;
        """)
  }

  func begin() {
    cache.withLock { $0 = RuleCache() }
    let wasOpen = isOpen.withLock { isOpen in
      defer { isOpen = true }
      return isOpen
    }
    // What was made in a transaction that was rolled back may be of definitions that are not there.
    if wasOpen { engine.withLock { $0 = nil } }
  }

  func settle(in db: Database) throws {
    try withTables(db) { try $0.settle() }
    isOpen.withLock { $0 = false }
  }

  func apply(_ recorded: Recorded, in db: Database) throws {
    switch recorded.event.fact {
    case .ruleDefined, .ruleRemoved, .vocabularyDefined: return try note(in: db)
    default: break
    }
    let record = RuleRecord(recorded, told: try ArticleStory(of: recorded.event.fact, in: db))
    try withTables(db) { try judge(record, $0, db) }
    try settle(recorded.event.fact, db)
  }

  /// Lends what is held to the tables, and takes it back; after an error the transaction is rolled back.
  private func withTables(_ db: Database, _ body: (RuleTables) throws -> Void) rethrows {
    let held = cache.withLock { cache in
      defer { cache = RuleCache() }
      return cache
    }
    let tables = RuleTables(db, held)
    try body(tables)
    let left = tables.cache
    cache.withLock { $0 = left }
  }

  /// Definitions come together: what they mean is looked at when the next other record comes.
  private func note(in db: Database) throws {
    engine.withLock { $0 = nil }
    try db.execute(sql: "INSERT OR IGNORE INTO rule_fresh VALUES (1)")
  }

  /// Takes out what the log holds by now.
  private func settle(_ fact: Event.Fact, _ db: Database) throws {
    switch fact {
    case .alertRaised(let alert, let cause):
      try settle(through: cause, db)
      // Known already, but where the article's own record was lost and came again: never told twice.
      if let article = alert.article?.id {
        let group = JSONWriter.canonical(alert.group)
        try withTables(db) {
          try $0.note(Met(rule: alert.rule, group: group, alert: alert.id), article)
        }
      }
    case .alertChanged(_, let cause), .alertHeld(_, let cause): try settle(through: cause, db)
    case .rulesEvaluated(let through, _): try settle(through: through, db)
    default: break
    }
  }

  private func settle(through cause: UInt64, _ db: Database) throws {
    try db.cachedStatement(sql: "DELETE FROM decision WHERE cause <= ?")
      .execute(arguments: [Int64(cause)])
  }

  private func judge(_ record: RuleRecord, _ rows: RuleTables, _ db: Database) throws {
    let kept = engine.withLock { $0 }
    let engine = try kept ?? made(db)
    var decisions: [Decision] = []
    if kept == nil, try Row.fetchOne(db, sql: "SELECT 1 FROM rule_fresh") != nil {
      try db.execute(sql: "DELETE FROM rule_fresh")
      decisions = try engine.prepare(
        before: record, in: rows, past: try past(before: record.position, engine, db))
    }
    decisions += try engine.judge(record, in: rows)
    for (number, decision) in decisions.enumerated() {
      try keep(decision, number, record, db)
    }
  }

  private func keep(
    _ decision: Decision, _ number: Int, _ record: RuleRecord, _ db: Database
  ) throws {
    let cause = record.position
    let (event, alert): (Event, Alert.ID?) =
      switch decision {
      case .raise(let alert): (Event(at: record.at, .alertRaised(alert, cause: cause)), alert.id)
      case .change(let alert): (Event(at: record.at, .alertChanged(alert, cause: cause)), alert.id)
      case .hold(let hold): (Event(at: record.at, .alertHeld(hold, cause: cause)), nil)
      }
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?, ?)").execute(
      arguments: [
        Int64(cause), number, Int64(event.kind.rawValue), alert?.rawValue, Data(event.json),
      ])
  }

  /// The articles that came before a position, as the views hold them; it may be an article's own.
  private func past(
    before position: UInt64, _ engine: RuleEngine, _ db: Database
  ) throws -> RuleEngine.Past {
    let first = try Double.fetchOne(db, sql: "SELECT seen FROM article ORDER BY number LIMIT 1")
    return RuleEngine.Past(first: first) { since, body in
      let start = try Int64.fetchOne(
        db, sql: "SELECT min(number) FROM article WHERE seen >= ?", arguments: [since])
      guard let start else { return }
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT revision.position, revision.kind, revision.event, origin, seen, language FROM article
          CROSS JOIN revision ON revision.article = article.number AND revision.kind = ?
          WHERE number >= ? AND revision.position < ? ORDER BY revision.position
          """,
        arguments: [Int64(EventKind.articlePublished.rawValue), start, Int64(position)])
      while let row = try rows.next() {
        let json: Data = row["event"]
        guard
          case .articlePublished(let article, let origin) = try Event(
            kind: EventKind.articlePublished.rawValue, json: [UInt8](json)
          ).fact
        else { continue }
        let reading = engine.rules.read(article, in: row["language"])
        try body(
          RuleRecord(
            position: UInt64(row["position"] as Int64),
            at: Date(timeIntervalSince1970: row["seen"]),
            .article(article, origin, nil, reading),
            told: try ArticleStory(of: article.id, in: db)))
      }
    }
  }

  /// The engine of the definitions in force.
  private func made(_ db: Database) throws -> RuleEngine {
    let made = RuleEngine(
      RuleSet(recorded: try DefinitionView.vocabulary(db), try DefinitionView.rules(db)))
    engine.withLock { $0 = made }
    return made
  }
}

extension ArticleStory {
  /// Of the article in a fact; nil where there is none.
  init?(of fact: Event.Fact, in db: Database) throws {
    switch fact {
    case .articlePublished(let article, _), .articleRevised(let article, _):
      try self.init(of: article.id, in: db)
    case .articleWithdrawn(let article, _, _): try self.init(of: article, in: db)
    default: return nil
    }
  }

  /// As the views have it; nil for an article that they do not know.
  init?(of article: Article.ID, in db: Database) throws {
    guard let place = try StoryView.place(of: article, in: db) else { return nil }
    self.init(story: place.story, original: place.original, former: place.former)
  }
}

extension RuleRecord {
  /// What rules look at in a record.
  init(_ recorded: Recorded, told: ArticleStory? = nil) {
    let nothing = Text.Reading()
    let fact: Fact =
      switch recorded.event.fact {
      case .articlePublished(let article, let origin):
        .article(article, origin, nil, recorded.reading ?? nothing)
      case .articleRevised(let article, let revision):
        .article(article, nil, revision, recorded.reading ?? nothing)
      case .articleWithdrawn(let article, _, let reason): .withdrawn(article, reason)
      case .feedFetched(let fetch): .fetched(fetch.feed, published: fetch.published)
      case .feedFailed(let failure): .failed(failure.feed, failure.message)
      case .feedGone(let feed, let status, _): .failed(feed, "gone, HTTP status \(status)")
      case .feedRecovered(let feed, _, _): .recovered(feed)
      case .feedFollowed(let feed, _), .feedChanged(let feed): .followed(feed.id)
      case .feedUnfollowed(let feed, _): .unfollowed(feed)
      case .feedGapped(let feed, _, _, let missed): .gapped(feed, missed: missed)
      case .networkLost(let hosts): .networkLost(hosts: hosts)
      case .networkReturned: .networkReturned
      case .outletFailed(let outlet, let reason): .outletFailed(outlet, reason)
      case .outletRemoved(let outlet): .outletRemoved(outlet)
      // A line that an outlet does not want says nothing of it.
      case .alertDelivered(let delivery) where delivery.attempts > 0: .delivered(delivery.outlet)
      case .configurationReread(let faults): .reread(faults: faults)
      case .daemonStarted: .started
      case .daemonStopped: .stopped
      case .alertAcknowledged(let alert, _): .acknowledged(alert)
      case .silenceSet(let silence): .silenced(silence)
      case .silenceLifted(let silence, _): .lifted(silence)
      default: .other
      }
    self.init(position: recorded.position.rawValue, at: recorded.recordedAt, fact, told: told)
  }
}

extension Views {
  /// When the next thing falls due by time alone, be it a sign of life; nil before the first record.
  func nextDue() throws -> Date? {
    try read { db in
      try Double.fetchOne(
        db,
        sql: """
          SELECT min(ifnull((SELECT min(due) FROM rule_timer), 1e300), last + ?) FROM rule_clock
          """, arguments: [RuleEngine.signOfLife]
      ).map { Date(timeIntervalSince1970: $0) }
    }
  }

  /// What rules remember of time itself.
  func ruleClock() throws -> LogClock { try read { try RuleTables.clock(in: $0) } }

  /// The silences in force at `time`, by id; one that held nothing for too long is over.
  func silencesInForce(at time: Date) throws -> [Silence] {
    let clock = try ruleClock()
    return try silences(at: time).filter { !clock.isIdle($0, at: time.timeIntervalSince1970) }
  }

  /// The outlets that take no lines, as far as the log says so, by name.
  func failingOutlets() throws -> [String] {
    try read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT json_extract(grp, '$.outlet') AS outlet FROM rule_group
          WHERE rule = ? AND json_extract(CAST(state AS TEXT), '$.since') IS NOT NULL ORDER BY outlet
          """, arguments: [BuiltIn.outlet.id])
    }
  }

  /// Until when rules hold the lines of some group back, the latest by rule.
  func cooling() throws -> [String: Date] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT rule, max(json_extract(CAST(state AS TEXT), '$.cooling_until')) AS until
          FROM rule_group GROUP BY rule
          """)
      return rows.reduce(into: [:]) { cooling, row in
        let until: Double? = row["until"]
        cooling[row["rule"]] = until.map(Date.init(timeIntervalSince1970:))
      }
    }
  }

  /// Decisions on records after `cause` that are not in the log, in order, with their causes.
  ///
  /// Those on one record are never parted, so there may be more than `limit`. What never fired never
  /// changes: a line of an alert that a later engine only made up for the past is none.
  func decisions(after cause: UInt64, limit: Int) throws -> [(cause: UInt64, event: Event)] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM decision WHERE cause > ? AND cause <= (
            SELECT max(cause) FROM (SELECT cause FROM decision WHERE cause > ? ORDER BY cause LIMIT ?))
            AND (kind <> ? OR EXISTS (SELECT 1 FROM alert WHERE alert.id = decision.alert)
              OR EXISTS (SELECT 1 FROM decision AS first WHERE first.alert = decision.alert
                AND first.kind = ?))
          ORDER BY cause, number
          """,
        arguments: [
          Int64(cause), Int64(cause), limit, Int64(EventKind.alertChanged.rawValue),
          Int64(EventKind.alertRaised.rawValue),
        ]
      ).map { row in
        let json: Data = row["event"]
        let event = try Event(kind: UInt16(row["kind"] as Int64), json: [UInt8](json))
        return (UInt64(row["cause"] as Int64), event)
      }
    }
  }
}
