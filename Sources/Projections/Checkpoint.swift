public import EventLog
public import FoundationEssentials
import GRDB

/// How far views are folded, of which log, and by which version.
public struct Checkpoint: Hashable, Sendable {
  /// The views and their versions.
  public var signature: String
  /// The identity of the log; nil in views of a version that did not keep it.
  public var log: UInt128?
  /// The last position folded.
  public var position: Position
  /// The latest recorded time up to there: the one clock of rules and windows.
  public var logTime: Date

  /// The checkpoint of `db`, whatever version made it; nil where it holds no views.
  init?(_ db: Database) throws {
    guard try db.tableExists("checkpoint"),
      let row = try Row.fetchOne(db, sql: "SELECT * FROM checkpoint")
    else { return nil }
    signature = row["signature"]
    log = (row["log"] as String?).flatMap { UInt128($0, radix: 16) }
    position = Position(rawValue: UInt64(row["position"] as Int64))
    logTime = Date(timeIntervalSince1970: row["log_time"])
  }

  /// Makes the table, at the origin.
  static func create(in db: Database, signature: String, log: UInt128) throws {
    try db.execute(
      sql: """
        CREATE TABLE checkpoint (
          number INTEGER PRIMARY KEY CHECK (number = 1), signature TEXT NOT NULL, log TEXT NOT NULL,
          position INTEGER NOT NULL, log_time REAL NOT NULL);
        """)
    try db.execute(
      sql: "INSERT INTO checkpoint VALUES (1, ?, ?, 0, 0)",
      arguments: [signature, String(log, radix: 16)])
  }

  /// Moves from `before` to `last`; false where somebody else has moved meanwhile.
  static func move(
    in db: Database, from before: Position, to last: Position, at time: Date
  ) throws -> Bool {
    try db.run(
      "UPDATE checkpoint SET position = ?, log_time = max(log_time, ?) WHERE position = ?",
      [Int64(last.rawValue), time.timeIntervalSince1970, Int64(before.rawValue)])
    return db.changesCount == 1
  }

  /// Refuses what a log that ends at `end` cannot have brought.
  ///
  /// - Throws: `ViewsError.otherLog`, `ViewsError.beyondLog`.
  func check(_ file: String, log identity: UInt128, end: Position) throws {
    if let log, log != identity { throw ViewsError.otherLog(file) }
    guard position < end else {
      throw ViewsError.beyondLog(file, folded: position, end: end)
    }
  }
}
