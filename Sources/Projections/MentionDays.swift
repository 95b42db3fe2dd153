import FoundationEssentials
import GRDB

/// Counts by day and week (UTC) of what articles say as they are now, kept as rows: counting millions of
/// mentions anew takes seconds.
///
///     mention_day    an entity: its articles and mentions of a day, and between which positions they stand
///     together_week  a second entity in the articles of the first: likewise, of a week
///     topic_day      a topic: its articles of a day
///
/// Pairs are many: weeks make them fewer, and stand first, so that what comes in meets few pages. Positions
/// bound what has to be looked at where a question begins in the middle of a day; an edit that takes an
/// article out leaves them as they are.
enum MentionDays {
  static let tables = ["mention_day", "together_week", "topic_day"]

  /// An article that names more entities is a list, and says nothing of who belongs together.
  ///
  /// Pairs grow with the square: these are 992 rows.
  static let longestList = 32

  static func createTables(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE mention_day (
          entity TEXT NOT NULL, day INTEGER NOT NULL, articles INTEGER NOT NULL,
          mentions INTEGER NOT NULL, begin INTEGER NOT NULL, end INTEGER NOT NULL,
          PRIMARY KEY (entity, day)) WITHOUT ROWID;
        CREATE TABLE together_week (
          week INTEGER NOT NULL, entity TEXT NOT NULL, other TEXT NOT NULL, articles INTEGER NOT NULL,
          mentions INTEGER NOT NULL, PRIMARY KEY (week, entity, other)) WITHOUT ROWID;
        CREATE TABLE topic_day (
          topic TEXT NOT NULL, day INTEGER NOT NULL, articles INTEGER NOT NULL,
          begin INTEGER NOT NULL, end INTEGER NOT NULL, PRIMARY KEY (topic, day)) WITHOUT ROWID;
        """)
  }

  /// The day of a moment, counted from 1970.
  static func day(_ seen: Double) -> Int64 { Int64((seen / 86_400).rounded(.down)) }

  /// The week of a day, by the division that SQLite knows.
  static func week(_ day: Int64) -> Int64 { day / 7 }
}
