import Core
import EventLog
import FoundationEssentials
import GRDB
import Projections
import Rules
import Synchronization

/// The rules as a view: what each has done, and decisions that are not in the log yet.
///
/// Articles are judged where they are folded, by the rules in force at their position; the decisions are
/// rows until the reactor has appended them. So a rebuild decides the same, and a crash loses nothing.
final class RuleView: Projection {
  static let version = 5
  static let tables = ["rule_state", "rule_met", "decision"]

  /// The engine made of the newest definitions, and their position.
  private let engine = Mutex<(newest: Int64, engine: RuleEngine)?>(nil)

  func createTables(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE rule_state (
          rule TEXT PRIMARY KEY, cooling_until REAL, held INTEGER NOT NULL,
          silenced INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX rule_cooling ON rule_state (cooling_until) WHERE cooling_until IS NOT NULL;
        CREATE TABLE rule_met (
          rule TEXT NOT NULL, article TEXT NOT NULL, PRIMARY KEY (rule, article)) WITHOUT ROWID;
        CREATE TABLE decision (
          cause INTEGER NOT NULL, number INTEGER NOT NULL, kind INTEGER NOT NULL, event BLOB NOT NULL,
          PRIMARY KEY (cause, number)) WITHOUT ROWID;
        """)
  }

  func apply(_ recorded: Recorded, in db: Database) throws {
    try endWhatIsDue(recorded.recordedAt, db)
    switch recorded.event.fact {
    case .ruleDefined, .ruleRemoved, .vocabularyDefined: engine.withLock { $0 = nil }
    case .articlePublished(let article, let origin): try judge(article, origin, recorded, db)
    case .articleRevised(let article, _): try judge(article, nil, recorded, db)
    case .alertRaised(let alert, let cause):
      try settle(through: cause, db)
      // Known already, but where the article's own record was lost and came again: never told twice.
      if let article = alert.article?.id { try note(alert.rule, article, db) }
    case .alertHeld(_, let cause): try settle(through: cause, db)
    case .rulesEvaluated(let through, _): try settle(through: through, db)
    default: break
    }
  }

  /// Every record moves time: what falls due up to it ends before it is judged, here as in every replay.
  ///
  /// Where no record comes the daemon appends a tick.
  private func endWhatIsDue(_ time: Date, _ db: Database) throws {
    try db.cachedStatement(
      sql: "UPDATE rule_state SET cooling_until = NULL WHERE cooling_until <= ?"
    ).execute(arguments: [time.timeIntervalSince1970])
  }

  private func settle(through cause: UInt64, _ db: Database) throws {
    try db.cachedStatement(sql: "DELETE FROM decision WHERE cause <= ?")
      .execute(arguments: [Int64(cause)])
  }

  private func judge(
    _ article: Article, _ origin: Origin?, _ recorded: Recorded, _ db: Database
  ) throws {
    let engine = try current(db)
    // Most articles meet no rule, and cost no look at what rules have done.
    let matches = engine.rules.matches(article)
    guard !matches.isEmpty else { return }
    let judged = Judged(
      article: article, origin: origin, cause: recorded.position.rawValue, at: recorded.recordedAt,
      coverage: try FeedView.coverage(db, at: recorded.recordedAt))
    let before = try states(of: matches, db)
    var states = before
    let judgement = try engine.judge(
      matches, of: judged, silences: try PeopleView.silences(db, after: judged.at), states: &states
    ) { rule, article in
      try Row.fetchOne(
        db.cachedStatement(sql: "SELECT 1 FROM rule_met WHERE rule = ? AND article = ?"),
        arguments: [rule, article.rawValue]) != nil
    }
    for rule in judgement.met { try note(rule, article.id, db) }
    for (number, decision) in judgement.decisions.enumerated() {
      try keep(decision, number, judged, db)
    }
    for (rule, state) in states.sorted(by: { $0.key < $1.key }) where before[rule] != state {
      try db.cachedStatement(sql: "INSERT OR REPLACE INTO rule_state VALUES (?, ?, ?, ?)").execute(
        arguments: [
          rule, state.coolingUntil?.timeIntervalSince1970, state.heldByCooldown,
          state.heldBySilence,
        ])
    }
  }

  /// Remembers that an article met a rule.
  private func note(_ rule: String, _ article: Article.ID, _ db: Database) throws {
    try db.cachedStatement(sql: "INSERT OR IGNORE INTO rule_met VALUES (?, ?)")
      .execute(arguments: [rule, article.rawValue])
  }

  private func keep(
    _ decision: Decision, _ number: Int, _ judged: Judged, _ db: Database
  ) throws {
    let event =
      switch decision {
      case .raise(let alert): Event(at: judged.at, .alertRaised(alert, cause: judged.cause))
      case .hold(let hold): Event(at: judged.at, .alertHeld(hold, cause: judged.cause))
      }
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?)").execute(
      arguments: [Int64(judged.cause), number, Int64(event.kind.rawValue), Data(event.json)])
  }

  private func states(of matches: [Match], _ db: Database) throws -> [String: RuleState] {
    var states: [String: RuleState] = [:]
    let statement = try db.cachedStatement(sql: "SELECT * FROM rule_state WHERE rule = ?")
    for match in matches {
      guard let row = try Row.fetchOne(statement, arguments: [match.rule.id]) else { continue }
      let end: Double? = row["cooling_until"]
      states[match.rule.id] = RuleState(
        coolingUntil: end.map { Date(timeIntervalSince1970: $0) }, heldByCooldown: row["held"],
        heldBySilence: row["silenced"])
    }
    return states
  }

  /// The engine of the definitions in force; made anew where they have changed.
  private func current(_ db: Database) throws -> RuleEngine {
    let newest = try DefinitionView.newest(db)
    if let kept = engine.withLock({ $0 }), kept.newest == newest { return kept.engine }
    let rules = RuleSet(
      vocabulary: try DefinitionView.vocabulary(db), definitions: try DefinitionView.rules(db))
    let made = RuleEngine(rules)
    engine.withLock { $0 = (newest, made) }
    return made
  }
}

extension Views {
  /// When the next thing falls due by time alone; nil if nothing does.
  func nextDue() throws -> Date? {
    try read { db in
      try Double.fetchOne(
        db,
        sql: "SELECT min(cooling_until) FROM rule_state WHERE cooling_until IS NOT NULL"
      ).map { Date(timeIntervalSince1970: $0) }
    }
  }

  /// Until when rules hold their lines back, by rule.
  func cooling() throws -> [String: Date] {
    try read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT rule, cooling_until FROM rule_state WHERE cooling_until IS NOT NULL")
      return Dictionary(
        rows.map { ($0["rule"], Date(timeIntervalSince1970: $0["cooling_until"])) }
      ) { $1 }
    }
  }

  /// Decisions on records after `cause` that are not in the log, in order, with their causes.
  ///
  /// Those on one record are never parted, so there may be more than `limit`.
  func decisions(after cause: UInt64, limit: Int) throws -> [(cause: UInt64, event: Event)] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM decision WHERE cause > ? AND cause <= (
            SELECT max(cause) FROM (SELECT cause FROM decision WHERE cause > ? ORDER BY cause LIMIT ?))
          ORDER BY cause, number
          """,
        arguments: [Int64(cause), Int64(cause), limit]
      ).map { row in
        let json: Data = row["event"]
        let event = try Event(kind: UInt16(row["kind"] as Int64), json: [UInt8](json))
        return (UInt64(row["cause"] as Int64), event)
      }
    }
  }
}
