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
  /// Since when it is told by far more sources than usual; nil where it is not.
  public var burst: Date?
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
          SELECT entity, sum(articles) AS articles, sum(mentions) AS mentions FROM (
            SELECT entity, sum(articles) AS articles, sum(mentions) AS mentions
            FROM mention_day WHERE day > :day GROUP BY entity
            UNION ALL
            SELECT entity, count(DISTINCT position), count(*)
            FROM mention_day AS d CROSS JOIN mention USING (entity)
            WHERE day = :day AND position BETWEEN begin AND d.end AND seen >= :start
            GROUP BY entity)
          GROUP BY entity)
        SELECT id, name, type, ifnull(articles, 0) AS articles, ifnull(mentions, 0) AS mentions,
          CASE WHEN articles > 0 THEN (
            SELECT seen FROM mention WHERE entity = id ORDER BY position DESC LIMIT 1) END AS last,
          (SELECT opened FROM burst WHERE key = id AND closed IS NULL) AS burst
        FROM entity LEFT JOIN counts ON counts.entity = entity.id
        ORDER BY articles DESC, mentions DESC, name LIMIT :limit
        """, Self.arguments(since) + ["limit": limit])
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
      return EntityPortrait(
        id: id, name: row["name"], type: row["type"], aliases: row["aliases"],
        days: try Self.days(db, id, since), together: try Self.together(db, id, since))
    }
  }

  /// Topics by how many articles belong to them.
  public func topics(since: Date?) throws -> [MentionCount] {
    try read { db in
      try Self.counts(
        db,
        """
        WITH counts AS (
          SELECT topic, sum(articles) AS articles FROM (
            SELECT topic, sum(articles) AS articles FROM topic_day WHERE day > :day GROUP BY topic
            UNION ALL
            SELECT topic, count(*) FROM topic_day AS d CROSS JOIN article_topic USING (topic)
            WHERE day = :day AND position BETWEEN begin AND d.end AND seen >= :start
            GROUP BY topic)
          GROUP BY topic)
        SELECT id, name, 'topic' AS type, ifnull(articles, 0) AS articles,
          ifnull(articles, 0) AS mentions,
          CASE WHEN articles > 0 THEN (
            SELECT seen FROM article_topic WHERE topic = id ORDER BY position DESC LIMIT 1) END
            AS last,
          (SELECT opened FROM burst WHERE key = id AND closed IS NULL) AS burst
        FROM topic LEFT JOIN counts ON counts.topic = topic.id
        WHERE counts.topic IS NOT NULL OR id NOT LIKE 'medtop:%' ORDER BY articles DESC, name
        """, Self.arguments(since))
    }
  }

  private static func days(
    _ db: Database, _ id: String, _ since: Date?
  ) throws -> [(day: String, articles: Int)] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT date(day * 86400, 'unixepoch') AS day, articles FROM (
          SELECT day, articles FROM mention_day WHERE entity = :id AND day > :day
          UNION ALL
          SELECT day, count(DISTINCT position) FROM mention_day AS d CROSS JOIN mention USING (entity)
          WHERE entity = :id AND day = :day AND position BETWEEN begin AND d.end
            AND seen >= :start GROUP BY day)
        ORDER BY day
        """, arguments: arguments(since) + ["id": id]
    ).map { ($0["day"], $0["articles"]) }
  }

  /// Those named together most often; when they were last is looked for in the last week they were.
  private static func together(
    _ db: Database, _ id: String, _ since: Date?
  ) throws -> [MentionCount] {
    let start = since?.timeIntervalSince1970
    let week = start.map { MentionDays.week(MentionDays.day($0)) } ?? .min
    return try counts(
      db,
      """
      WITH own AS (
        SELECT DISTINCT position FROM mention_day AS d CROSS JOIN mention USING (entity)
        WHERE entity = :id AND day / 7 = :week AND position BETWEEN begin AND d.end
          AND seen >= :start),
      counts AS (
        SELECT other, sum(articles) AS articles, sum(mentions) AS mentions, max(week) AS week FROM (
          SELECT other, articles, mentions, week
          FROM (SELECT DISTINCT day / 7 AS week FROM mention_day WHERE entity = :id)
          CROSS JOIN together_week USING (week)
          WHERE entity = :id AND week > :week
          UNION ALL
          SELECT entity, count(DISTINCT position), count(*), :week
          FROM own JOIN mention USING (position)
          WHERE entity <> :id AND :list >= (
            SELECT count(DISTINCT entity) FROM mention WHERE position = own.position)
          GROUP BY entity)
        GROUP BY other),
      most AS (
        SELECT * FROM counts JOIN entity ON entity.id = other
        ORDER BY articles DESC, name LIMIT 10)
      SELECT id, name, type, articles, mentions, (
        SELECT max(second.seen)
        FROM mention_day AS d CROSS JOIN mention AS first USING (entity)
        CROSS JOIN mention AS second ON second.entity = id AND second.position = first.position
        WHERE d.entity = :id AND d.day / 7 = most.week AND first.position BETWEEN begin AND d.end)
        AS last
      FROM most ORDER BY articles DESC, name
      """, ["id": id, "week": week, "start": start, "list": MentionDays.longestList])
  }

  /// Where counting begins: whole days behind `day` by their rows, `day` itself by what is in it.
  private static func arguments(_ since: Date?) -> StatementArguments {
    let start = since?.timeIntervalSince1970
    return ["day": start.map(MentionDays.day) ?? .min, "start": start]
  }

  private static func counts(
    _ db: Database, _ sql: String, _ arguments: StatementArguments
  ) throws -> [MentionCount] {
    try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
      MentionCount(
        id: row["id"], name: row["name"], type: row["type"], articles: row["articles"],
        mentions: row["mentions"], last: date(row["last"]), burst: date(row["burst"]))
    }
  }
}
