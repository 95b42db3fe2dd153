public import Core
public import FoundationEssentials
import GRDB

/// What the poller remembers, in `state.sqlite`: bookkeeping, whose loss costs a fetch a feed.
public final class StateStore: Sendable {
  let file: String
  let database: DatabaseQueue

  /// Opens the file, or makes it; one of another version is made anew.
  public init(_ file: String) throws {
    self.file = file
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(5)
    // Half a megabyte of cache holds the inner pages of what ten thousand feeds fill.
    configuration.prepareDatabase {
      try $0.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -512")
    }
    database = try DatabaseQueue(path: file, configuration: configuration)
    try database.write { db in
      try db.execute(
        sql: """
          CREATE TABLE IF NOT EXISTS scrub (
            number INTEGER PRIMARY KEY CHECK (number = 1), after INTEGER NOT NULL, at REAL NOT NULL);
          CREATE TABLE IF NOT EXISTS page (
            article TEXT PRIMARY KEY, at REAL NOT NULL, missing INTEGER NOT NULL) WITHOUT ROWID;
          \(Self.hubTable)
          CREATE TABLE IF NOT EXISTS trial (
            outlet TEXT NOT NULL, cursor INTEGER NOT NULL, attempts INTEGER NOT NULL,
            first REAL NOT NULL, due REAL, PRIMARY KEY (outlet, cursor)) WITHOUT ROWID;
          """)
      let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      guard version != Self.version else { return }
      try db.execute(
        sql: """
          DROP TABLE IF EXISTS feed;
          DROP TABLE IF EXISTS site;
          DROP TABLE IF EXISTS wish;
          CREATE TABLE feed (id TEXT PRIMARY KEY, url TEXT NOT NULL, \(Self.columns.joined(separator: ", ")))
            WITHOUT ROWID;
          CREATE TABLE site (key TEXT PRIMARY KEY, \(SiteState.columns.joined(separator: ", ")))
            WITHOUT ROWID;
          CREATE TABLE wish (feed TEXT PRIMARY KEY) WITHOUT ROWID;
          PRAGMA user_version = \(Self.version);
          """)
    }
  }

  /// The file to look at, beside the daemon or without it; where there is none, nothing is remembered.
  public static func reading(_ file: String) throws -> StateStore {
    try StateStore(reading: file)
  }

  private init(reading file: String) throws {
    self.file = file
    guard FileManager.default.fileExists(atPath: file) else {
      database = try DatabaseQueue()
      return
    }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    database = try DatabaseQueue(path: file, configuration: configuration)
  }

  private static let version = 2

  // MARK: Scrub

  /// How far the check of the log's sealed segments has come, and when; nil before the first.
  public var scrubbed: (after: UInt64, at: Date)? {
    get throws {
      try database.read { db in
        guard try db.tableExists("scrub") else { return nil }
        return try Row.fetchOne(db, sql: "SELECT after, at FROM scrub").map { row in
          (UInt64(row["after"] as Int64), Date(timeIntervalSince1970: row["at"]))
        }
      }
    }
  }

  /// Notes that the segments up to position `after` were checked at `now`.
  ///
  /// - Throws: `ViewsError.full` where there is no room.
  public func setScrubbed(after: UInt64, at now: Date) throws {
    try ViewsError.naming(file) {
      try database.write { db in
        try db.run(
          "INSERT OR REPLACE INTO scrub VALUES (1, ?, ?)",
          [Int64(after), now.timeIntervalSince1970])
      }
    }
  }

  // MARK: Copy

  /// Copies the store in `file` to `path`, whole and at one moment, while a daemon uses it.
  ///
  /// The copy is one plain file, synced to the disk; what stood at `path` is replaced.
  ///
  /// - Throws: `ViewsError.full` where there is no room; what SQLite says of an unreadable store.
  public static func copy(_ file: String, to path: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    let source = try DatabaseQueue(path: file, configuration: configuration)
    try Views.removeDatabase(path)
    try ViewsError.naming(path) {
      let copy = try DatabaseQueue(path: path)
      try source.backup(to: copy)
      // The copy took over that writes go into a log beside it; a plain file has none.
      try copy.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA journal_mode = DELETE")
        try forgetHubs(db)
      }
      try copy.close()
    }
    try source.close()
  }

  // MARK: Feeds

  /// The states of `feeds`, as far as there are any.
  public func load(_ feeds: [Feed.ID]) throws -> [Feed.ID: PollState] {
    try database.read { db in
      var states: [Feed.ID: PollState] = [:]
      guard try db.tableExists("feed") else { return states }
      let columns = (["url"] + Self.columns).joined(separator: ", ")
      let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM feed WHERE id = ?")
      for feed in feeds {
        guard let row = try Row.fetchOne(statement, arguments: [feed.rawValue]) else { continue }
        states[feed] = PollState(row)
      }
      return states
    }
  }

  /// Stores the states of feeds and sites, all or none.
  ///
  /// - Throws: `ViewsError.full` where there is no room.
  public func save(_ states: [Feed.ID: PollState], sites: [String: SiteState] = [:]) throws {
    try ViewsError.naming(file) { try write(states, sites) }
  }

  private func write(_ states: [Feed.ID: PollState], _ sites: [String: SiteState]) throws {
    try database.write { db in
      for (key, site) in sites.sorted(by: { $0.key < $1.key }) { try site.write(as: key, in: db) }
      let names = ["id", "url"] + Self.columns
      let marks = names.map { _ in "?" }.joined(separator: ", ")
      let statement = try db.cachedStatement(
        sql: "INSERT OR REPLACE INTO feed (\(names.joined(separator: ", "))) VALUES (\(marks))")
      for (feed, state) in states.sorted(by: { $0.key < $1.key }) {
        try statement.execute(arguments: [feed.rawValue, state.url] + state.values)
      }
    }
  }

  /// In the order of `PollState.values`.
  fileprivate static let columns = [
    "final_url", "etag", "last_modified", "body_hash", "last_attempt", "last_success", "next_due",
    "wait", "failures", "failing_since", "last_failure", "last_failure_message", "last_status",
    "rate_entries", "rate_days", "rate_at", "factor", "window", "not_modified_streak", "hint_until",
    "moved_to", "moved_count", "moved_since", "gone_at", "is_gone", "polls", "not_modified",
    "bytes", "freshness", "states_freshness", "asked_interval", "skip_hours", "skip_days",
    "hurry_until", "rescue_at", "adopted", "trial", "identity",
  ]
}

extension PollState {
  fileprivate var values: StatementArguments {
    [
      finalURL, etag.map { Data($0) }, lastModified.map { Data($0) },
      bodyHash.map { Int64(bitPattern: $0) }, lastAttempt?.timeIntervalSince1970,
      lastSuccess?.timeIntervalSince1970, nextDue?.timeIntervalSince1970, wait?.seconds, failures,
      failingSince?.timeIntervalSince1970, lastFailure, lastFailureMessage, lastStatus,
      rateEntries, rateDays, rateAt?.timeIntervalSince1970, factor, window, notModifiedStreak,
      hintUntil?.timeIntervalSince1970, movedTo, movedCount, movedSince?.timeIntervalSince1970,
      goneAt?.timeIntervalSince1970, isGone, polls, notModified, bytes, freshness?.seconds,
      statesFreshness, askedInterval?.seconds, skip.map { Int($0.hours) },
      skip.map { Int($0.days) }, hurryUntil?.timeIntervalSince1970,
      rescueAt?.timeIntervalSince1970, adopted, trial, identity,
    ]
  }

  /// Reads the columns in the order of `values`; by their names each would be looked for among all.
  fileprivate init(_ row: Row) {
    self.init(url: row[0])
    var columns = Columns(row: row, next: 1)
    finalURL = columns.value()
    etag = (columns.value() as Data?).map { [UInt8]($0) }
    lastModified = (columns.value() as Data?).map { [UInt8]($0) }
    bodyHash = (columns.value() as Int64?).map { UInt64(bitPattern: $0) }
    lastAttempt = columns.date()
    lastSuccess = columns.date()
    nextDue = columns.date()
    wait = (columns.value() as Double?).map { .seconds($0) }
    failures = columns.value() ?? failures
    failingSince = columns.date()
    lastFailure = columns.value()
    lastFailureMessage = columns.value()
    lastStatus = columns.value()
    rateEntries = columns.value() ?? rateEntries
    rateDays = columns.value() ?? rateDays
    rateAt = columns.date()
    factor = columns.value() ?? factor
    window = columns.value() ?? window
    notModifiedStreak = columns.value() ?? notModifiedStreak
    hintUntil = columns.date()
    movedTo = columns.value()
    movedCount = columns.value() ?? movedCount
    movedSince = columns.date()
    goneAt = columns.date()
    isGone = columns.value() ?? isGone
    polls = columns.value() ?? polls
    notModified = columns.value() ?? notModified
    bytes = columns.value() ?? bytes
    freshness = (columns.value() as Double?).map { .seconds($0) }
    statesFreshness = columns.value() ?? statesFreshness
    askedInterval = (columns.value() as Double?).map { .seconds($0) }
    let (hours, days): (Int?, Int?) = (columns.value(), columns.value())
    skip = hours.flatMap { hours in
      SkipTimes(
        hours: UInt32(truncatingIfNeeded: hours), days: UInt8(truncatingIfNeeded: days ?? 0))
    }
    hurryUntil = columns.date()
    rescueAt = columns.date()
    adopted = columns.value()
    trial = columns.value()
    identity = columns.value()
  }
}

/// The columns of a row, one after the other.
private struct Columns {
  let row: Row
  var next: Int

  mutating func value<Value: DatabaseValueConvertible & StatementColumnConvertible>() -> Value? {
    defer { next += 1 }
    return row[next]
  }

  mutating func date() -> Date? { Views.date(value()) }
}
