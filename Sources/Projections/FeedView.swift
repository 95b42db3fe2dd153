public import Core
public import FoundationEssentials
public import GRDB

/// The feeds that are followed, how they are, and what they brought.
public struct FeedView: Projection {
  public static let version = 3
  public static let tables = ["feed", "feed_news", "feed_count"]

  public init() {}

  public func createTables(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE feed (
          id TEXT PRIMARY KEY, followed INTEGER NOT NULL, event BLOB, failing_since REAL,
          failure TEXT, status INTEGER, message TEXT, last_news REAL, fetched INTEGER NOT NULL DEFAULT 0,
          published INTEGER NOT NULL DEFAULT 0, revised INTEGER NOT NULL DEFAULT 0, title TEXT,
          home TEXT, language TEXT, identity TEXT, gapped REAL, window INTEGER)
          WITHOUT ROWID;
        CREATE TABLE feed_news (
          feed TEXT NOT NULL, published INTEGER NOT NULL, polls INTEGER NOT NULL,
          PRIMARY KEY (feed, published)) WITHOUT ROWID;
        CREATE TABLE feed_count (
          number INTEGER PRIMARY KEY CHECK (number = 1), followed INTEGER NOT NULL);
        INSERT INTO feed_count VALUES (1, 0);
        CREATE INDEX feed_failing ON feed (failing_since)
          WHERE followed = 1 AND failing_since IS NOT NULL;
        CREATE INDEX feed_gapped ON feed (gapped) WHERE followed = 1 AND gapped IS NOT NULL;
        """)
  }

  public func apply(_ recorded: Recorded, in db: Database) throws {
    switch recorded.event.fact {
    case .feedFollowed(let feed, _), .feedChanged(let feed):
      if try !isFollowed(feed.id, db) { try count(1, db) }
      try db.run(
        """
        INSERT INTO feed (id, followed, event) VALUES (?1, 1, ?2)
        ON CONFLICT (id) DO UPDATE SET followed = 1, event = ?2
        """, [feed.id.rawValue, Data(recorded.payload)])
    case .feedUnfollowed(let feed, _):
      if try isFollowed(feed, db) { try count(-1, db) }
      try db.run("UPDATE feed SET followed = 0 WHERE id = ?", [feed.rawValue])
    case .feedFailed(let failure):
      try db.run(
        """
        UPDATE feed SET failing_since = ifnull(failing_since, ?), failure = ?, status = ?, message = ?
        WHERE id = ?
        """,
        [
          recorded.recordedAt.timeIntervalSince1970, failure.failureClass, failure.status,
          failure.message, failure.feed.rawValue,
        ])
    case .feedRecovered(let feed, _, _):
      try db.run(
        """
        UPDATE feed SET failing_since = NULL, failure = NULL, status = NULL, message = NULL
        WHERE id = ?
        """, [feed.rawValue])
    case .feedFetched(let fetch): try note(fetch, recorded, db)
    case .feedGapped(let feed, _, _, _):
      try db.run(
        "UPDATE feed SET gapped = ? WHERE id = ?",
        [recorded.recordedAt.timeIntervalSince1970, feed.rawValue])
    case .feedRekeyed(let feed, _, let policy, _):
      try db.run("UPDATE feed SET identity = ? WHERE id = ?", [policy, feed.rawValue])
    default: break
    }
  }

  private func isFollowed(_ feed: Feed.ID, _ db: Database) throws -> Bool {
    try db.first("SELECT 1 FROM feed WHERE id = ? AND followed = 1", [feed.rawValue]) != nil
  }

  /// Counts the feeds that are followed, for each alert tells their number.
  private func count(_ change: Int, _ db: Database) throws {
    try db.run("UPDATE feed_count SET followed = followed + ?", [change])
  }

  private func note(_ fetch: FeedFetch, _ recorded: Recorded, _ db: Database) throws {
    // Neither a feed's first document nor a push says how much news it has at a time.
    if !fetch.isPartial {
      try db.run(
        """
        INSERT INTO feed_news SELECT id, ?2, 1 FROM feed WHERE id = ?1 AND fetched > 0
        ON CONFLICT (feed, published) DO UPDATE SET polls = polls + 1
        """, [fetch.feed.rawValue, fetch.published])
    }
    try db.run(
      """
      UPDATE feed SET last_news = ?, fetched = fetched + 1, published = published + ?,
        revised = revised + ?, title = ?, home = ?, language = ?, identity = ifnull(?, identity),
        window = ifnull(?, window) WHERE id = ?
      """,
      [
        recorded.recordedAt.timeIntervalSince1970, fetch.published, fetch.revised, fetch.title,
        fetch.home, fetch.language, fetch.identity?.rawValue,
        fetch.isPartial ? nil : fetch.entries,
        fetch.feed.rawValue,
      ])
  }

  /// How much of what is watched could be seen at the position folded; gaps are those of the day before `now`.
  public static func coverage(_ db: Database, at now: Date) throws -> Alert.Coverage {
    let row = try db.first(
      """
      SELECT followed,
        (SELECT count(*) FROM feed INDEXED BY feed_failing
          WHERE followed = 1 AND failing_since IS NOT NULL) AS failing,
        (SELECT count(*) FROM feed INDEXED BY feed_gapped
          WHERE followed = 1 AND gapped > ?) AS gaps
      FROM feed_count
      """, [now.timeIntervalSince1970 - 86_400])
    let feeds: Int = row?["followed"] ?? 0
    return Alert.Coverage(
      feedsOK: feeds - (row?["failing"] ?? 0), feeds: feeds, gaps: row?["gaps"] ?? 0)
  }
}

/// What the log says of a feed.
public struct FeedHealth: Hashable, Sendable {
  public var feed: Feed
  public var failingSince: Date?
  public var failure: String?
  public var message: String?
  public var lastNews: Date?
  /// Documents that brought news, the first one among them.
  public var fetched: Int
  public var published: Int
  public var revised: Int
  public var title: String?
  /// What tells its articles apart; nil before its first document.
  public var identity: IdentityPolicy?
}

extension FeedHealth {
  fileprivate init(_ feed: Feed, _ row: Row) {
    self.feed = feed
    failingSince = Views.date(row["failing_since"])
    failure = row["failure"]
    message = row["message"]
    lastNews = Views.date(row["last_news"])
    fetched = row["fetched"]
    published = row["published"]
    revised = row["revised"]
    title = row["title"]
    identity = (row["identity"] as String?).flatMap(IdentityPolicy.init)
  }
}

extension Views {
  /// The feeds that are followed, by id.
  public func feedHealth() throws -> [FeedHealth] {
    try feeds("SELECT * FROM feed WHERE followed = 1 ORDER BY id") { FeedHealth($1, $0) }
  }

  /// Some of them, those that fail before the others, by id.
  public func feedHealth(skip: Int, limit: Int) throws -> [FeedHealth] {
    try feeds(
      """
      SELECT * FROM feed WHERE followed = 1
      ORDER BY failing_since IS NULL, id LIMIT \(limit) OFFSET \(skip)
      """
    ) { FeedHealth($1, $0) }
  }

  /// Those of them that fail, by id; all, or at most `limit`.
  public func failingFeeds(limit: Int? = nil) throws -> [FeedHealth] {
    try feeds(
      """
      SELECT * FROM feed WHERE followed = 1 AND failing_since IS NOT NULL
      ORDER BY id LIMIT \(limit ?? -1)
      """
    ) { FeedHealth($1, $0) }
  }

  /// Feeds that had brought something before `time`.
  public func feeds(knownBefore time: Date) throws -> [Feed.ID] {
    try read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT id FROM feed WHERE (
            SELECT seen FROM article WHERE article.feed = feed.id ORDER BY number LIMIT 1) < ?
          ORDER BY id
          """, arguments: [time.timeIntervalSince1970]
      ).map(Feed.ID.init)
    }
  }

  /// The settings of the feeds that are followed.
  public func followedFeeds() throws -> [Feed.ID: Feed] {
    let feeds = try feeds("SELECT event FROM feed WHERE followed = 1 ORDER BY id") { $1 }
    return Dictionary(feeds.map { ($0.id, $0) }) { $1 }
  }

  /// What `make` makes of each row; the rows of ten thousand feeds would be 15 MB at once.
  private func feeds<Value>(
    _ sql: String, _ make: (Row, Feed) -> Value
  ) throws -> [Value] {
    try read { db in
      let rows = try Row.fetchCursor(db, sql: sql)
      var values: [Value] = []
      while let row = try rows.next() {
        if let feed = try Self.feed(row["event"]) { values.append(make(row, feed)) }
      }
      return values
    }
  }

  private static func feed(_ event: Data?) throws -> Feed? {
    guard let event else { return nil }
    // Followed and changed have the same fields; either kind reads both.
    guard
      case .feedChanged(let feed) = try Event(
        kind: EventKind.feedChanged.rawValue, json: [UInt8](event)
      ).fact
    else { return nil }
    return feed
  }

  /// What tells the articles of `feed` apart by now; nil before its first document.
  static func identity(of feed: Feed.ID, in db: Database) throws -> IdentityPolicy? {
    try db.first("SELECT identity FROM feed WHERE id = ?", [feed.rawValue])
      .flatMap { $0["identity"] as String? }.flatMap(IdentityPolicy.init)
  }

  /// What the documents of `feed` were like so far; nil before the first.
  static func habits(of feed: Feed.ID, in db: Database) throws -> FeedHabits? {
    let row = try db.first(
      "SELECT last_news, window FROM feed WHERE id = ? AND fetched > 0", [feed.rawValue])
    guard let row, let lastNews = date(row["last_news"]) else { return nil }
    let rows = try Row.fetchAll(
      try db.cachedStatement(
        sql: "SELECT published, polls FROM feed_news WHERE feed = ? ORDER BY published DESC"),
      arguments: [feed.rawValue])
    return FeedHabits(
      lastNews: lastNews, window: row["window"] ?? 0,
      news: rows.map { ($0["published"], $0["polls"]) })
  }

  static func date(_ seconds: Double?) -> Date? {
    seconds.map { Date(timeIntervalSince1970: $0) }
  }
}
