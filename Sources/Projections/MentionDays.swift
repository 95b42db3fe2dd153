import FoundationEssentials
import GRDB

/// Counts by day (UTC) of what articles say as they are now, kept as rows: counting millions of mentions
/// anew takes seconds.
///
///     mention_day  an entity: its articles and mentions of a day, and between which positions they stand
///     mention_recount  days that are counted anew, a few with each article, for somebody made one of two
///     topic_day    a topic: its articles of a day
///
/// Positions bound what has to be looked at where a question begins in the middle of a day; an edit that
/// takes an article out leaves them as they are. Who is named together is not counted: pairs grow with the
/// square of the names, and whoever asks is content with the newest articles.
enum MentionDays {
  static let tables = ["mention_day", "mention_recount", "topic_day"]

  /// An article that names more entities is a list, and says nothing of who belongs together.
  static let longestList = 32

  static func createTables(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE mention_day (
          entity TEXT NOT NULL, day INTEGER NOT NULL, articles INTEGER NOT NULL,
          mentions INTEGER NOT NULL, begin INTEGER NOT NULL, end INTEGER NOT NULL,
          PRIMARY KEY (entity, day)) WITHOUT ROWID;
        CREATE INDEX mention_day_day ON mention_day (day, entity, articles, mentions);
        CREATE TABLE mention_recount (
          number INTEGER PRIMARY KEY, entity TEXT NOT NULL, day INTEGER NOT NULL,
          begin INTEGER NOT NULL, end INTEGER NOT NULL, UNIQUE (entity, day));
        CREATE TABLE topic_day (
          topic TEXT NOT NULL, day INTEGER NOT NULL, articles INTEGER NOT NULL,
          begin INTEGER NOT NULL, end INTEGER NOT NULL, PRIMARY KEY (topic, day)) WITHOUT ROWID;
        """)
  }

  /// The day of a moment, counted from 1970.
  static func day(_ seen: Double) -> Int64 { Int64((seen / 86_400).rounded(.down)) }
}
