public import Core
public import EventLog
public import FoundationEssentials
public import GRDB

/// Alerts, what was held, and what each outlet still has to get.
public struct AlertView: Projection {
  public static let version = 4
  public static let tables = ["alert", "due", "judged"]

  public init() {}

  public func createTables(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE alert (
          position INTEGER PRIMARY KEY, id TEXT NOT NULL, rule TEXT NOT NULL, article TEXT,
          at REAL NOT NULL, event BLOB NOT NULL);
        CREATE INDEX alert_id ON alert (id);
        CREATE INDEX alert_rule ON alert (rule, position);
        CREATE TABLE due (
          outlet TEXT NOT NULL, position INTEGER NOT NULL, alert TEXT NOT NULL, n INTEGER NOT NULL,
          request INTEGER NOT NULL, PRIMARY KEY (outlet, position)) WITHOUT ROWID;
        CREATE INDEX due_alert ON due (alert, n, outlet);
        CREATE TABLE judged (number INTEGER PRIMARY KEY CHECK (number = 1), through INTEGER NOT NULL);
        INSERT INTO judged VALUES (1, 0);
        """)
  }

  public func apply(_ recorded: Recorded, in db: Database) throws {
    switch recorded.event.fact {
    case .alertRaised(let alert, let cause), .alertChanged(let alert, let cause):
      try raise(alert, recorded, db)
      try judged(through: cause, db)
    case .alertHeld(_, let cause): try judged(through: cause, db)
    case .rulesEvaluated(let through, _): try judged(through: through, db)
    case .alertDelivered(let delivery), .alertUndeliverable(let delivery):
      try db.run(
        "DELETE FROM due WHERE alert = ? AND n = ? AND outlet = ? AND request = ?",
        [
          delivery.alert.rawValue, delivery.number, delivery.outlet, Int64(delivery.request ?? 0),
        ])
    case .deliveryRequested(let outlet, let alerts, _):
      for alert in alerts {
        try db.run(
          """
          INSERT OR REPLACE INTO due SELECT ?, position, id, COALESCE(json_extract(CAST(event AS TEXT), '$.alert.n'), 0), ?
          FROM alert WHERE id = ?
          """, [outlet, Int64(recorded.position.rawValue), alert.rawValue])
      }
    default: break
    }
  }

  private func raise(_ alert: Alert, _ recorded: Recorded, _ db: Database) throws {
    let position = Int64(recorded.position.rawValue)
    try db.run(
      "INSERT INTO alert VALUES (?, ?, ?, ?, ?, ?)",
      [
        position, alert.id.rawValue, alert.rule, alert.article?.id.rawValue,
        alert.at.timeIntervalSince1970, Data(recorded.payload),
      ])
    for outlet in alert.outlets {
      try db.run(
        "INSERT OR IGNORE INTO due VALUES (?, ?, ?, ?, 0)",
        [outlet, position, alert.id.rawValue, alert.number])
    }
  }

  private func judged(through: UInt64, _ db: Database) throws {
    try db.run(
      "UPDATE judged SET through = max(through, ?)", [Int64(through)])
  }
}

/// An alert and where its event stands.
public struct PlacedAlert: Hashable, Sendable {
  public var alert: Alert
  public var position: Position
  /// Where a person asked for it to be sent again.
  public var request: UInt64?
}

/// When a rule last told of something, and how often it has.
public struct RuleActivity: Hashable, Sendable {
  public var alerts: Int
  public var last: Date?

  public init(alerts: Int, last: Date?) {
    (self.alerts, self.last) = (alerts, last)
  }
}

extension Views {
  /// What the log says should go to `outlet`, less what went, in order.
  public func due(_ outlet: String, limit: Int) throws -> [PlacedAlert] {
    try read { db in
      try placedAlerts(
        db,
        """
        SELECT alert.*, due.request FROM due JOIN alert USING (position) WHERE outlet = ? ORDER BY position LIMIT ?
        """, [outlet, limit])
    }
  }

  /// The newest alerts that name `outlet` and are not due for it any more, oldest first.
  public func delivered(_ outlet: String, limit: Int) throws -> [PlacedAlert] {
    try read { db in
      try placedAlerts(
        db,
        """
        SELECT * FROM alert WHERE NOT EXISTS (
          SELECT 1 FROM due WHERE due.outlet = ? AND due.position = alert.position)
        ORDER BY position DESC LIMIT ?
        """, [outlet, limit * 10]
      )
      .filter { $0.alert.outlets.contains(outlet) }.prefix(limit).reversed()
    }
  }

  /// The first lines of the alerts whose id begins with `prefix`, newest first.
  public func alerts(idPrefix prefix: String) throws -> [PlacedAlert] {
    try read { db in
      try placedAlerts(
        db,
        """
        SELECT * FROM alert WHERE position IN (
          SELECT min(position) FROM alert WHERE substr(id, 1, ?) = ? GROUP BY id)
        ORDER BY position DESC LIMIT 10
        """,
        [prefix.count, prefix])
    }
  }

  public func ruleActivity() throws -> [String: RuleActivity] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: "SELECT rule, count(DISTINCT id) AS alerts, max(at) AS last FROM alert GROUP BY rule")
      return Dictionary(
        rows.map { ($0["rule"], RuleActivity(alerts: $0["alerts"], last: Self.date($0["last"]))) }
      ) { $1 }
    }
  }

  /// Every line of an alert since a time, oldest first.
  public func lines(since time: Date) throws -> [Alert] {
    try read { db in
      try placedAlerts(
        db, "SELECT position, event FROM alert WHERE at >= ? ORDER BY position",
        [time.timeIntervalSince1970]
      ).map(\.alert)
    }
  }

  /// The position up to which the rules' decisions are in the log.
  public func judgedThrough() throws -> UInt64 {
    try read { UInt64(try Int64.fetchOne($0, sql: "SELECT through FROM judged") ?? 0) }
  }

  /// What a query of the table of alerts finds.
  func placedAlerts(
    _ db: Database, _ sql: String, _ arguments: StatementArguments
  ) throws -> [PlacedAlert] {
    try Row.fetchAll(db, sql: sql, arguments: arguments).compactMap { row in
      let json: Data = row["event"]
      guard
        // Raised and changed have the same fields; either kind reads both.
        case .alertRaised(let alert, _) = try Event(
          kind: EventKind.alertRaised.rawValue, json: [UInt8](json)
        ).fact
      else { return nil }
      let request = (row["request"] as Int64?).flatMap { $0 == 0 ? nil : UInt64($0) }
      return PlacedAlert(
        alert: alert, position: Position(rawValue: UInt64(row["position"] as Int64)),
        request: request)
    }
  }
}
