public import Core
public import FoundationEssentials
import GRDB

/// Figures of how the watch goes, each cheap enough to be asked for every few seconds.
extension Views {
  /// When the article that came last was first seen; nil before the first.
  public func newestArticle() throws -> Date? {
    try read { db in
      Self.date(try db.first("SELECT seen FROM article ORDER BY number DESC LIMIT 1", [])?["seen"])
    }
  }

  /// How many lines of alerts there were since `time`.
  public func alertCount(since time: Date) throws -> Int {
    try read { db in
      // From the newest back: the day's alerts are read, and no other.
      let rows = try Row.fetchCursor(
        db, sql: "SELECT at FROM alert ORDER BY position DESC")
      var count = 0
      while let row = try rows.next(), row["at"] >= time.timeIntervalSince1970 { count += 1 }
      return count
    }
  }

  /// How many lines are due for `outlet`, and from when the oldest is.
  public func waiting(for outlet: String) throws -> (lines: Int, oldest: Date?) {
    try read { db in
      let lines = try db.first("SELECT count(*) AS n FROM due WHERE outlet = ?", [outlet])
      // A line that is asked for again stands at the request; its alert at its own place.
      let oldest = try db.first(
        """
        SELECT alert.at FROM due LEFT JOIN alert USING (position) WHERE outlet = ?
        ORDER BY position LIMIT 1
        """, [outlet])
      return (lines?["n"] ?? 0, Self.date(oldest?["at"]))
    }
  }

  /// How much of what is watched can be seen at `now`.
  public func coverage(at now: Date) throws -> Alert.Coverage {
    try read { try FeedView.coverage($0, at: now) }
  }
}
