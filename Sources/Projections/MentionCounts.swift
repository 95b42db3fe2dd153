import GRDB

/// The counts of ``MentionDays`` within one transaction, written when it ends: what is common is mentioned
/// by many of its articles, and is written once.
///
/// Rows come out as if each article had been counted by itself, wherever a transaction ends.
struct MentionCounts {
  /// Keys that are held before they are written all the same.
  private static let limit = 50_000

  private struct Day: Hashable {
    /// An entity or a topic.
    var name: String
    var day: Int64
  }

  private struct Pair: Hashable {
    var week: Int64
    var entity: String
    var other: String
  }

  /// A row of a day.
  private struct Row {
    var articles = 0
    var mentions = 0
    var begin: Int64
    var end: Int64
  }

  /// As they stand now; nil where there is no row.
  private var entities: [Day: Row?] = [:]
  private var topics: [Day: Row?] = [:]
  /// What is to be added.
  private var pairs: [Pair: (articles: Int, mentions: Int)] = [:]

  /// Adds what an article says to its day and week.
  mutating func add(_ said: Mentioned, in db: Database) throws {
    for (entity, mentions) in said.named {
      let key = Day(name: entity, day: said.day)
      var row = try entityRow(key, db) ?? Row(begin: said.position, end: 0)
      row.articles += 1
      row.mentions += mentions
      row.end = said.position
      entities[key] = row
    }
    for topic in said.topics {
      let key = Day(name: topic, day: said.day)
      var row = try topicRow(key, db) ?? Row(begin: said.position, end: 0)
      row.articles += 1
      row.end = said.position
      topics[key] = row
    }
    said.eachPair { change(said.week, $0, $1, 1, $2) }
    if pairs.count > Self.limit { try settle(in: db) }
  }

  /// Takes out of its day and week what an article no longer says.
  mutating func remove(_ said: Mentioned, in db: Database) throws {
    for (entity, mentions) in said.named {
      let key = Day(name: entity, day: said.day)
      guard var row = try entityRow(key, db) else { continue }
      row.articles -= 1
      row.mentions -= mentions
      entities[key] = .some(row.articles > 0 ? row : nil)
    }
    for topic in said.topics {
      let key = Day(name: topic, day: said.day)
      guard var row = try topicRow(key, db) else { continue }
      row.articles -= 1
      topics[key] = .some(row.articles > 0 ? row : nil)
    }
    said.eachPair { change(said.week, $0, $1, -1, -$2) }
  }

  private mutating func change(
    _ week: Int64, _ entity: String, _ other: String, _ articles: Int, _ mentions: Int
  ) {
    let key = Pair(week: week, entity: entity, other: other)
    let before = pairs[key] ?? (0, 0)
    pairs[key] = (before.articles + articles, before.mentions + mentions)
  }

  private func entityRow(_ key: Day, _ db: Database) throws -> Row? {
    if let known = entities[key] { return known }
    let row = try db.first(
      "SELECT articles, mentions, begin, end FROM mention_day WHERE entity = ? AND day = ?",
      [key.name, key.day])
    return row.map {
      Row(articles: $0["articles"], mentions: $0["mentions"], begin: $0["begin"], end: $0["end"])
    }
  }

  private func topicRow(_ key: Day, _ db: Database) throws -> Row? {
    if let known = topics[key] { return known }
    let row = try db.first(
      "SELECT articles, begin, end FROM topic_day WHERE topic = ? AND day = ?",
      [key.name, key.day])
    return row.map { Row(articles: $0["articles"], begin: $0["begin"], end: $0["end"]) }
  }

  // MARK: Writing

  /// Writes all and begins anew.
  mutating func settle(in db: Database) throws {
    for (key, row) in entities {
      if let row {
        try db.run(
          "INSERT OR REPLACE INTO mention_day VALUES (?, ?, ?, ?, ?, ?)",
          [key.name, key.day, row.articles, row.mentions, row.begin, row.end])
      } else {
        try db.run("DELETE FROM mention_day WHERE entity = ? AND day = ?", [key.name, key.day])
      }
    }
    for (key, row) in topics {
      if let row {
        try db.run(
          "INSERT OR REPLACE INTO topic_day VALUES (?, ?, ?, ?, ?)",
          [key.name, key.day, row.articles, row.begin, row.end])
      } else {
        try db.run("DELETE FROM topic_day WHERE topic = ? AND day = ?", [key.name, key.day])
      }
    }
    try settlePairs(in: db)
    self = MentionCounts()
  }

  private func settlePairs(in db: Database) throws {
    for (key, change) in pairs where change != (0, 0) {
      try db.run(
        """
        INSERT INTO together_week VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
          articles = articles + excluded.articles, mentions = mentions + excluded.mentions
        """, [key.week, key.entity, key.other, change.articles, change.mentions])
      guard change.articles < 0 else { continue }
      try db.run(
        "DELETE FROM together_week WHERE week = ? AND entity = ? AND other = ? AND articles = 0",
        [key.week, key.entity, key.other])
    }
  }
}
