import EventLog
import Core
public import GRDB

/// Which feeds have an article beside the one that had it first.
public struct SightingView: Projection {
  public static let version = 1
  public static let tables = ["sighting"]

  public init() {}

  public func createTables(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE sighting (
          article TEXT NOT NULL, feed TEXT NOT NULL, position INTEGER NOT NULL,
          PRIMARY KEY (article, feed)) WITHOUT ROWID;
        """)
  }

  public func apply(_ recorded: Recorded, in db: Database) throws {
    guard case .articleSighted(let article, let feed) = recorded.event.fact else { return }
    try db.run(
      "INSERT OR IGNORE INTO sighting VALUES (?, ?, ?)",
      [article.rawValue, feed.rawValue, Int64(recorded.position.rawValue)])
  }
}
