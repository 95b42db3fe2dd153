public import Core
import FoundationEssentials
import GRDB

/// What is remembered of subscriptions to hubs.
extension StateStore {
  static let hubTable = """
    CREATE TABLE IF NOT EXISTS hub (
      token TEXT PRIMARY KEY, feed TEXT NOT NULL, hub TEXT NOT NULL, topic TEXT NOT NULL,
      secret TEXT NOT NULL, state TEXT NOT NULL, since REAL NOT NULL, next_ask REAL,
      asks INTEGER NOT NULL, lease_end REAL, pushes INTEGER NOT NULL, dropped INTEGER NOT NULL,
      message TEXT, private INTEGER NOT NULL, address TEXT NOT NULL, callback TEXT NOT NULL)
      WITHOUT ROWID;
    """

  /// Leaves no subscription in a copy, nor its bytes: they are secrets, and made anew.
  static func forgetHubs(_ db: Database) throws {
    guard try db.tableExists("hub"), try Row.fetchOne(db, sql: "SELECT 1 FROM hub") != nil else {
      return
    }
    try db.execute(sql: "PRAGMA secure_delete = ON; DELETE FROM hub")
  }

  /// All subscriptions, in the order of their tokens.
  public func loadHubs() throws -> [HubSubscription] {
    try database.read { db in
      guard try db.tableExists("hub") else { return [] }
      return try Row.fetchAll(db, sql: "SELECT * FROM hub ORDER BY token")
        .compactMap { HubSubscription($0) }
    }
  }

  /// Stores subscriptions and removes those of the tokens named, all or none.
  ///
  /// - Throws: `ViewsError.full` where there is no room.
  public func saveHubs(_ kept: [HubSubscription], dropped: [String]) throws {
    try ViewsError.naming(file) {
      try database.write { db in
        for token in dropped { try db.run("DELETE FROM hub WHERE token = ?", [token]) }
        for subscription in kept { try subscription.write(in: db) }
      }
    }
  }
}

extension HubSubscription {
  fileprivate func write(in db: Database) throws {
    let marks = Array(repeating: "?", count: 16).joined(separator: ", ")
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO hub VALUES (\(marks))").execute(
      arguments: [
        token, feed.rawValue, hub, topic, secret, state.rawValue, since.timeIntervalSince1970,
        nextAsk?.timeIntervalSince1970, asks, leaseEnd?.timeIntervalSince1970, pushes, dropped,
        message, isPrivate, address, callback,
      ])
  }

  /// Nil for a state that this version does not know.
  fileprivate init?(_ row: Row) {
    guard let state = State(rawValue: row["state"]), let since = Views.date(row["since"]) else {
      return nil
    }
    self.init(
      feed: Feed.ID(row["feed"]), hub: row["hub"], topic: row["topic"], token: row["token"],
      secret: row["secret"], since: since)
    self.state = state
    nextAsk = Views.date(row["next_ask"])
    asks = row["asks"]
    leaseEnd = Views.date(row["lease_end"])
    pushes = row["pushes"]
    dropped = row["dropped"]
    message = row["message"]
    isPrivate = row["private"]
    address = row["address"]
    callback = row["callback"]
  }
}
