import EventLog
public import Core
public import GRDB

/// The vocabulary and rules that are in force.
public struct DefinitionView: Projection {
  public static let version = 1
  public static let tables = ["vocabulary", "rule"]

  public init() {}

  public func createTables(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE vocabulary (
          part TEXT PRIMARY KEY, text TEXT NOT NULL, position INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE rule (
          rule TEXT PRIMARY KEY, revision TEXT NOT NULL, mode TEXT NOT NULL, text TEXT NOT NULL,
          position INTEGER NOT NULL) WITHOUT ROWID;
        """)
  }

  public func apply(_ recorded: Recorded, in db: Database) throws {
    let position = Int64(recorded.position.rawValue)
    switch recorded.event.fact {
    case .vocabularyDefined(let part):
      try db.run(
        "INSERT OR REPLACE INTO vocabulary VALUES (?, ?, ?)",
        [part.part, part.text, position])
    case .ruleDefined(let rule):
      try db.run(
        "INSERT OR REPLACE INTO rule VALUES (?, ?, ?, ?, ?)",
        [rule.rule, rule.revision, rule.mode, rule.text, position])
    case .ruleRemoved(let rule):
      try db.run("DELETE FROM rule WHERE rule = ?", [rule])
    default: break
    }
  }

  /// The rules in force, in the order they were defined.
  public static func rules(_ db: Database) throws -> [RuleDefinition] {
    try Row.fetchAll(db, sql: "SELECT * FROM rule ORDER BY position, rule").map { row in
      RuleDefinition(
        rule: row["rule"], revision: row["revision"], mode: row["mode"], text: row["text"])
    }
  }

  public static func vocabulary(_ db: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(db, sql: "SELECT part, text FROM vocabulary")
    return Dictionary(rows.map { ($0["part"], $0["text"]) }) { $1 }
  }

  /// The position of the newest definition: whoever keeps what it made of them looks at this.
  public static func newest(_ db: Database) throws -> Int64 {
    // Asked for each article: preparing it took longer than all else that judging one takes.
    try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT max(ifnull((SELECT max(position) FROM rule), 0),
                     ifnull((SELECT max(position) FROM vocabulary), 0))
          """)) ?? 0
  }
}

extension Views {
  public func vocabulary() throws -> [String: String] {
    try read(DefinitionView.vocabulary)
  }

  public func ruleDefinitions() throws -> [RuleDefinition] {
    try read(DefinitionView.rules)
  }
}
