public import Core
import FoundationEssentials
import GRDB

/// What is remembered of messages that did not get through.
extension StateStore {
  /// The messages of an outlet, by the cursor of the first line of each.
  public func trials(of outlet: String) throws -> [UInt64: DeliveryTrial] {
    try database.read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT * FROM trial WHERE outlet = ?", arguments: [outlet])
      let trials = rows.map { row in
        let due: Double? = row["due"]
        let trial = DeliveryTrial(
          attempts: row["attempts"], first: Date(timeIntervalSince1970: row["first"]),
          due: due.map(Date.init(timeIntervalSince1970:)))
        return (UInt64(row["cursor"] as Int64), trial)
      }
      return Dictionary(trials) { $1 }
    }
  }

  /// Keeps these messages of an outlet and no others.
  ///
  /// - Throws: `ViewsError.full` where there is no room.
  public func setTrials(_ trials: [UInt64: DeliveryTrial], of outlet: String) throws {
    try ViewsError.naming(file) {
      try database.write { db in
        try db.run("DELETE FROM trial WHERE outlet = ?", [outlet])
        for (cursor, trial) in trials.sorted(by: { $0.key < $1.key }) {
          try db.run(
            "INSERT INTO trial VALUES (?, ?, ?, ?, ?)",
            [
              outlet, Int64(cursor), trial.attempts, trial.first.timeIntervalSince1970,
              trial.due?.timeIntervalSince1970,
            ])
        }
      }
    }
  }
}
