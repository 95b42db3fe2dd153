import Core
import EventLog
import FoundationEssentials
public import GRDB
import Text

/// What is suddenly told by many: entities and topics against their own hour of the week.
///
/// Counted are independent sources of live articles, never articles; copies count with their original. A
/// bin of ten minutes of log time is judged at the first record after it, so a replay opens the same bursts.
public struct BurstView: Projection {
  public static let version = 5
  public static let tables = ["burst", "burst_key", "burst_source", "burst_hour", "burst_clock"]

  /// Seconds.
  private static let bin = 600.0
  private static let hour = 3_600.0
  /// Hours of what is remembered, and seconds of what a key needs before it can burst.
  private static let memory: Int64 = 29 * 24
  private static let warmUp = 7 * 86_400.0

  public init() {}

  public func createTables(in db: Database) throws {
    // A source is kept with when it spoke last; an hour with how many spoke in it, of every key as '' how
    // many articles came at all: an hour without any is missing, not empty.
    try db.execute(
      sql: """
        CREATE TABLE burst (
          key TEXT NOT NULL, opened REAL NOT NULL, closed REAL, calm INTEGER NOT NULL,
          sources INTEGER NOT NULL, PRIMARY KEY (key, opened)) WITHOUT ROWID;
        CREATE INDEX burst_opened ON burst (opened DESC, key);
        CREATE INDEX burst_open ON burst (key) WHERE closed IS NULL;
        CREATE TABLE burst_key (key TEXT PRIMARY KEY, first REAL NOT NULL) WITHOUT ROWID;
        CREATE TABLE burst_source (
          key TEXT NOT NULL, source TEXT NOT NULL, seen REAL NOT NULL, PRIMARY KEY (key, source))
          WITHOUT ROWID;
        CREATE INDEX burst_source_seen ON burst_source (seen);
        CREATE TABLE burst_hour (
          key TEXT NOT NULL, hour INTEGER NOT NULL, sources INTEGER NOT NULL,
          PRIMARY KEY (key, hour)) WITHOUT ROWID;
        CREATE INDEX burst_hour_hour ON burst_hour (hour);
        CREATE TABLE burst_clock (number INTEGER PRIMARY KEY CHECK (number = 1), bin INTEGER NOT NULL);
        """)
  }

  public func apply(_ recorded: Recorded, in db: Database) throws {
    let time = recorded.recordedAt.timeIntervalSince1970
    try judge(before: time, db)
    if case .entityMerged(let entities, _) = recorded.event.fact {
      for entity in entities { try join(entity.rawValue, db) }
    }
    guard case .articlePublished(let article, .live) = recorded.event.fact,
      let reading = recorded.reading
    else { return }
    let source = try StoryView.source(of: article.id, in: db) ?? article.source
    try note("", source, at: time, db)
    let named = try EntityTables(db: db).main(at: Int64(recorded.position.rawValue))
    for key in named + reading.topics {
      try note(key, source, at: time, db)
    }
  }

  /// Notes that a source named a key; once in an hour of the clock.
  private func note(_ key: String, _ source: String, at time: Double, _ db: Database) throws {
    let hour = Int64(time / Self.hour)
    let last = try Double.fetchOne(
      try db.cachedStatement(sql: "SELECT seen FROM burst_source WHERE key = ? AND source = ?"),
      arguments: [key, source])
    try db.run("INSERT OR REPLACE INTO burst_source VALUES (?, ?, ?)", [key, source, time])
    if let last, Int64(last / Self.hour) == hour { return }
    try db.run(
      """
      INSERT INTO burst_hour VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET sources = sources + 1
      """, [key, hour])
    try db.run("INSERT OR IGNORE INTO burst_key VALUES (?, ?)", [key, time])
  }

  /// Gives what is known of an entity, and of those on the way to it, to the one it was merged into: held
  /// against the past of that one alone, many sources would be a burst.
  ///
  /// In an hour a source may have named both, so the sum is the most that it can have been. A burst of its own
  /// that is open gets no more sources, and closes.
  private func join(_ entity: String, _ db: Database) throws {
    let path = try EntityTables(db: db).path(from: entity)
    guard let root = path.last else { return }
    for key in path.dropLast() {
      try db.run(
        """
        INSERT INTO burst_hour SELECT ?1, hour, sources FROM burst_hour WHERE key = ?2
        ON CONFLICT DO UPDATE SET sources = sources + excluded.sources
        """, [root, key])
      try db.run(
        """
        INSERT INTO burst_source SELECT ?1, source, seen FROM burst_source WHERE key = ?2
        ON CONFLICT DO UPDATE SET seen = max(seen, excluded.seen)
        """, [root, key])
      try db.run(
        """
        INSERT INTO burst_key SELECT ?1, first FROM burst_key WHERE key = ?2
        ON CONFLICT DO UPDATE SET first = min(first, excluded.first)
        """, [root, key])
      for table in ["burst_hour", "burst_source", "burst_key"] {
        try db.run("DELETE FROM \(table) WHERE key = ?", [key])
      }
    }
  }

  // MARK: Judging

  /// Judges the bin that ended before `time`; those in which no record came had nothing in them.
  private func judge(before time: Double, _ db: Database) throws {
    let bin = Int64(time / Self.bin)
    let last = try Int64.fetchOne(
      try db.cachedStatement(sql: "SELECT bin FROM burst_clock"))
    guard last != bin else { return }
    try db.run("INSERT OR REPLACE INTO burst_clock VALUES (1, ?)", [bin])
    guard let last else { return }
    let end = Double(last + 1) * Self.bin
    try open(at: end, db)
    try close(at: end, bins: bin - last, db)
    try forget(before: end, db)
  }

  private func open(at end: Double, _ db: Database) throws {
    let rows = try Row.fetchAll(
      try db.cachedStatement(
        sql: """
          SELECT key, count(*) AS sources,
            (SELECT first FROM burst_key WHERE burst_key.key = burst_source.key) AS first
          FROM burst_source WHERE seen > ? AND key <> '' GROUP BY key ORDER BY key
          """), arguments: [end - Self.hour])
    let hours = try BurstHours(before: end, db)
    let tails = try rows.map { row in
      // Too few can open nothing, and are not looked up.
      let sources: Int = row["sources"]
      return sources < BurstLaw.leastSources ? 1 : try hours.tail(row["key"], sources, db)
    }
    for (place, isNoChance) in BurstLaw.surviving(tails).enumerated() where isNoChance {
      let first: Double = rows[place]["first"]
      guard tails[place] < BurstLaw.rare, first + Self.warmUp <= end else { continue }
      try open(rows[place]["key"], rows[place]["sources"], at: end, db)
    }
  }

  private func open(_ key: String, _ sources: Int, at end: Double, _ db: Database) throws {
    try db.run(
      "UPDATE burst SET sources = max(sources, ?) WHERE key = ? AND closed IS NULL",
      [sources, key])
    guard db.changesCount == 0 else { return }
    try db.run("INSERT OR IGNORE INTO burst VALUES (?, ?, NULL, 0, ?)", [key, end, sources])
  }

  /// Closes what was calm for two hours; bins without a record are calm.
  private func close(at end: Double, bins: Int64, _ db: Database) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT key, calm, (
          SELECT count(*) FROM burst_source WHERE burst_source.key = burst.key AND seen > ?) AS sources
        FROM burst WHERE closed IS NULL ORDER BY key
        """, arguments: [end - Self.hour])
    guard !rows.isEmpty else { return }
    let hours = try BurstHours(before: end, db)
    for row in rows {
      let key: String = row["key"]
      let isCalm = try hours.tail(key, row["sources"], db) > BurstLaw.calm
      let calm = isCalm ? (row["calm"] as Int64) + bins : 0
      try db.run(
        "UPDATE burst SET calm = ?, closed = ? WHERE key = ? AND closed IS NULL",
        [calm, calm >= BurstLaw.calmBins ? end : nil, key])
    }
  }

  private func forget(before end: Double, _ db: Database) throws {
    try db.run("DELETE FROM burst_source WHERE seen <= ?", [end - Self.hour])
    try db.run("DELETE FROM burst_hour WHERE hour < ?", [Int64(end / Self.hour) - Self.memory])
  }
}
