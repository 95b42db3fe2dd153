public import Core
import FoundationEssentials
import GRDB

/// What is remembered of sites, and what people wish for.
extension StateStore {
  /// The states of all sites, by name.
  public func loadSites() throws -> [String: SiteState] {
    try database.read { db in
      guard try db.tableExists("site") else { return [:] }
      var sites: [String: SiteState] = [:]
      for row in try Row.fetchAll(db, sql: "SELECT * FROM site") {
        sites[row["key"]] = SiteState(row)
      }
      return sites
    }
  }

  /// Notes what somebody else than the poller did at a site, beside what is remembered of it.
  ///
  /// - Throws: `ViewsError.full` where there is no room.
  public func note(_ key: String, _ change: (inout SiteState) -> Void) throws {
    try ViewsError.naming(file) {
      try database.write { db in
        let row = try Row.fetchOne(db, sql: "SELECT * FROM site WHERE key = ?", arguments: [key])
        var site = row.map { SiteState($0) } ?? SiteState()
        change(&site)
        try site.write(as: key, in: db)
      }
    }
  }

  /// Wishes for a poll of `feed`; whoever polls sees to it.
  ///
  /// - Throws: `ViewsError.full` where there is no room.
  public func wish(for feed: Feed.ID) throws {
    try ViewsError.naming(file) {
      try database.write { try $0.run("INSERT OR REPLACE INTO wish VALUES (?)", [feed.rawValue]) }
    }
  }

  /// The feeds that somebody wished to be polled, which are forgotten by it.
  ///
  /// - Throws: `ViewsError.full` where there is no room; they stay then.
  public func takeWishes() throws -> [Feed.ID] {
    // Looking takes no lock, and nearly always finds nothing.
    let hasSome = try database.read {
      try Row.fetchOne($0, sql: "SELECT 1 FROM wish LIMIT 1") != nil
    }
    guard hasSome else { return [] }
    return try ViewsError.naming(file) {
      try database.write { db in
        let feeds = try String.fetchAll(db, sql: "SELECT feed FROM wish ORDER BY feed")
        try db.execute(sql: "DELETE FROM wish")
        return feeds.map { Feed.ID($0) }
      }
    }
  }
}

extension SiteState {
  static let columns = [
    "last_start", "paused_until", "day", "requests", "bytes", "not_modified", "limited",
    "longest_retry_after",
  ]

  func write(as key: String, in db: Database) throws {
    let marks = Self.columns.map { _ in ", ?" }.joined()
    let statement = try db.cachedStatement(sql: "INSERT OR REPLACE INTO site VALUES (?\(marks))")
    try statement.execute(arguments: [
      key, lastStart?.timeIntervalSince1970, pausedUntil?.timeIntervalSince1970, day, requests,
      bytes, notModified, limited, longestRetryAfter?.seconds,
    ])
  }

  fileprivate init(_ row: Row) {
    self.init()
    lastStart = Views.date(row["last_start"])
    pausedUntil = Views.date(row["paused_until"])
    day = row["day"]
    requests = row["requests"]
    bytes = row["bytes"]
    notModified = row["not_modified"]
    limited = row["limited"]
    longestRetryAfter = (row["longest_retry_after"] as Double?).map { .seconds($0) }
  }
}
