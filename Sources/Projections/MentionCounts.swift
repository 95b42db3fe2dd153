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

  /// A row of a day.
  private struct Row {
    var articles = 0
    var mentions = 0
    var begin: Int64
    var end: Int64

    /// A word on a topic may come long after its article.
    mutating func reach(_ position: Int64) {
      (begin, end) = (min(begin, position), max(end, position))
    }
  }

  /// As they stand now; nil where there is no row.
  private var entities: [Day: Row?] = [:]
  private var topics: [Day: Row?] = [:]

  /// Adds what an article says to its day.
  mutating func add(_ said: Mentioned, in db: Database) throws {
    for (entity, mentions) in said.named {
      let key = Day(name: entity, day: said.day)
      var row = try entityRow(key, db) ?? Row(begin: said.position, end: 0)
      row.articles += 1
      row.mentions += mentions
      row.reach(said.position)
      entities[key] = row
    }
    for topic in said.topics {
      let key = Day(name: topic, day: said.day)
      var row = try topicRow(key, db) ?? Row(begin: said.position, end: 0)
      row.articles += 1
      row.reach(said.position)
      topics[key] = row
    }
    if entities.count > Self.limit { try settle(in: db) }
  }

  /// Takes out of its day what an article no longer says.
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
    self = MentionCounts()
  }
}
