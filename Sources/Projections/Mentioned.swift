import GRDB

/// What one revision of an article says: how often it mentions whom, and its topics.
struct Mentioned {
  var position: Int64
  /// Seconds since 1970.
  var seen: Double
  /// Each entity once.
  var named: [(entity: String, mentions: Int)]
  var topics: [String]

  private var day: Int64 { MentionDays.day(seen) }
  private var week: Int64 { MentionDays.week(day) }

  /// Gives `body` every entity with every other one, both ways round, and the mentions of the other.
  private func eachPair(_ body: (_ entity: String, _ other: String, _ mentions: Int) throws -> Void)
    rethrows
  {
    guard named.count <= MentionDays.longestList else { return }
    for (place, one) in named.enumerated() {
      for two in named[..<place] {
        try body(one.entity, two.entity, two.mentions)
        try body(two.entity, one.entity, one.mentions)
      }
    }
  }

  /// Adds it to the counts of its day and week.
  func count(in db: Database) throws {
    for (entity, mentions) in named {
      try db.run(
        """
        INSERT INTO mention_day VALUES (?, ?, 1, ?, ?4, ?4) ON CONFLICT DO UPDATE SET
          articles = articles + 1, mentions = mentions + excluded.mentions, end = excluded.end
        """, [entity, day, mentions, position])
    }
    try eachPair { entity, other, mentions in
      try db.run(
        """
        INSERT INTO together_week VALUES (?, ?, ?, 1, ?) ON CONFLICT DO UPDATE SET
          articles = articles + 1, mentions = mentions + excluded.mentions
        """, [week, entity, other, mentions])
    }
    for topic in topics {
      try db.run(
        """
        INSERT INTO topic_day VALUES (?, ?, 1, ?3, ?3) ON CONFLICT DO UPDATE SET
          articles = articles + 1, end = excluded.end
        """, [topic, day, position])
    }
  }

  /// Takes it out of the counts of its day and week again.
  func uncount(in db: Database) throws {
    for (entity, mentions) in named {
      try db.run(
        """
        UPDATE mention_day SET articles = articles - 1, mentions = mentions - ?
        WHERE entity = ? AND day = ?
        """, [mentions, entity, day])
      try db.run(
        "DELETE FROM mention_day WHERE entity = ? AND day = ? AND articles = 0", [entity, day])
    }
    try eachPair { entity, other, mentions in
      try db.run(
        """
        UPDATE together_week SET articles = articles - 1, mentions = mentions - ?
        WHERE week = ? AND entity = ? AND other = ?
        """, [mentions, week, entity, other])
      try db.run(
        "DELETE FROM together_week WHERE week = ? AND entity = ? AND other = ? AND articles = 0",
        [week, entity, other])
    }
    for topic in topics {
      try db.run(
        "UPDATE topic_day SET articles = articles - 1 WHERE topic = ? AND day = ?", [topic, day])
      try db.run(
        "DELETE FROM topic_day WHERE topic = ? AND day = ? AND articles = 0", [topic, day])
    }
  }
}
