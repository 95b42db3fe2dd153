import Core
public import FoundationEssentials
import GRDB

/// How often something was mentioned, and in how many articles.
public struct MentionCount: Hashable, Sendable {
  public var id: String
  public var name: String
  public var type: String
  public var articles: Int
  public var mentions: Int
  public var last: Date?
}

/// One entity: how it is written, when it was mentioned, and with whom.
public struct EntityPortrait: Hashable, Sendable {
  public var id: String
  public var name: String
  public var type: String
  /// As configured, JSON.
  public var aliases: String
  /// Articles a day (UTC), oldest first.
  public var days: [(day: String, articles: Int)]
  public var together: [MentionCount]

  public static func == (a: EntityPortrait, b: EntityPortrait) -> Bool {
    a.id == b.id && a.name == b.name && a.type == b.type && a.aliases == b.aliases
      && a.together == b.together && a.days.elementsEqual(b.days) { $0 == $1 }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
  }
}

extension Views {
  /// Entities by how many articles mention them.
  public func entities(since: Date?, limit: Int) throws -> [MentionCount] {
    try read { db in
      try Self.counts(
        db,
        """
        WITH counts AS (
          SELECT entity, count(DISTINCT position) AS articles, count(*) AS mentions,
            max(mention.seen) AS last
          FROM mention JOIN article USING (position) WHERE mention.seen >= ? GROUP BY entity)
        SELECT id, name, type, ifnull(articles, 0) AS articles, ifnull(mentions, 0) AS mentions, last
        FROM entity LEFT JOIN counts ON counts.entity = entity.id
        ORDER BY articles DESC, mentions DESC, name LIMIT ?
        """, [since?.timeIntervalSince1970 ?? 0, limit])
    }
  }

  /// The entity with this id, name or alias.
  public func entity(_ name: String, since: Date?) throws -> EntityPortrait? {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT * FROM entity WHERE id = ?1 OR name = ?1 COLLATE NOCASE
            OR instr(aliases, '"' || ?1 || '"') ORDER BY id = ?1 DESC, name = ?1 DESC, id LIMIT 1
          """, arguments: [name])
      guard let row else { return nil }
      let id: String = row["id"]
      let start = since?.timeIntervalSince1970 ?? 0
      return EntityPortrait(
        id: id, name: row["name"], type: row["type"], aliases: row["aliases"],
        days: try Self.days(db, id, start), together: try Self.together(db, id, start))
    }
  }

  /// Topics by how many articles belong to them.
  public func topics(since: Date?) throws -> [MentionCount] {
    try read { db in
      try Self.counts(
        db,
        """
        WITH counts AS (
          SELECT topic, count(*) AS articles, max(article_topic.seen) AS last
          FROM article_topic JOIN article USING (position) WHERE article_topic.seen >= ?
          GROUP BY topic)
        SELECT id, name, 'topic' AS type, ifnull(articles, 0) AS articles,
          ifnull(articles, 0) AS mentions, last
        FROM topic LEFT JOIN counts ON counts.topic = topic.id ORDER BY articles DESC, name
        """, [since?.timeIntervalSince1970 ?? 0])
    }
  }

  private static func days(
    _ db: Database, _ id: String, _ start: Double
  ) throws -> [(day: String, articles: Int)] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT date(mention.seen, 'unixepoch') AS day, count(DISTINCT position) AS articles
        FROM mention JOIN article USING (position) WHERE entity = ? AND mention.seen >= ?
        GROUP BY day ORDER BY day
        """, arguments: [id, start]
    ).map { ($0["day"], $0["articles"]) }
  }

  private static func together(
    _ db: Database, _ id: String, _ start: Double
  ) throws -> [MentionCount] {
    try counts(
      db,
      """
      SELECT entity.id, name, type, count(DISTINCT other.position) AS articles,
        count(*) AS mentions, max(other.seen) AS last
      FROM (
        SELECT DISTINCT position FROM mention JOIN article USING (position)
        WHERE entity = ?1 AND mention.seen >= ?2) AS own
      JOIN mention AS other USING (position) JOIN entity ON entity.id = other.entity
      WHERE other.entity <> ?1 GROUP BY entity.id ORDER BY articles DESC, name LIMIT 10
      """, [id, start])
  }

  private static func counts(
    _ db: Database, _ sql: String, _ arguments: StatementArguments
  ) throws -> [MentionCount] {
    try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
      MentionCount(
        id: row["id"], name: row["name"], type: row["type"], articles: row["articles"],
        mentions: row["mentions"], last: date(row["last"]))
    }
  }
}
