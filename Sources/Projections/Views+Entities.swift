public import FoundationEssentials
import GRDB

/// How often something was mentioned, and in how many articles.
public struct MentionCount: Hashable, Sendable {
  public var id: String
  public var name: String
  public var type: String
  public var articles: Int
  public var mentions: Int
  /// Who says that there is such an entity: operator, list, person, or articles alone (found).
  public var source = ""
  public var first: Date?
  public var last: Date?
  /// Articles of the last day, and what a day of the week before it had.
  public var recent = 0
  public var usual = 0.0
  /// Of topics: independent sources of the last whole hour, and of the same hour in the weeks before.
  public var hour = 0
  public var usualHour = 0.0
  /// Since when it is told by far more sources than usual; nil where it is not.
  public var burst: Date?
}

/// Which entities come first.
public enum EntityOrder: String, Hashable, Sendable, CaseIterable {
  /// Those that most articles mention.
  case mentioned
  /// Those that the last day mentions most beyond what is usual.
  case rising
  /// Of those that were not known a week ago the most mentioned.
  case new
}

extension Views {
  /// Entities with their mentions since a moment.
  public func entities(
    since: Date?, order: EntityOrder = .mentioned, limit: Int
  ) throws -> [MentionCount] {
    try read { db in
      try Self.entities(
        db, from: Self.picked(order, since != nil), since: since, order: order, limit: limit)
    }
  }

  /// The one with the id `only`.
  static func entity(_ db: Database, since: Date?, only: String) throws -> MentionCount? {
    let picked =
      since == nil
      ? "picked AS (SELECT id, articles, mentions FROM entity WHERE id = :only)"
      : "picked AS (SELECT :only AS id, counts.* FROM (\(countsOfOne)) AS counts)"
    return try entities(
      db, from: picked, since: since, order: .mentioned, limit: 1, only: only
    ).first
  }

  /// What is shown of the entities that `picked` picks: more than `limit` where others rank them.
  private static func entities(
    _ db: Database, from picked: String, since: Date?, order: EntityOrder, limit: Int,
    only: String? = nil
  ) throws -> [MentionCount] {
    let day = try lastDay(db)
    return try Row.fetchAll(
      db,
      sql: """
        WITH \(picked),
        counted AS (
          SELECT entity.id, name, type, source, first, ifnull(picked.articles, 0) AS articles,
            ifnull(picked.mentions, 0) AS mentions, \(recent) AS recent, \(usual) AS usual,
            (SELECT opened FROM burst WHERE key = entity.id AND closed IS NULL) AS burst
          FROM picked CROSS JOIN entity ON entity.id = picked.id),
        shown AS (SELECT * FROM counted ORDER BY \(ranks(order)) LIMIT :limit)
        SELECT *,
          CASE WHEN articles > 0 THEN (
            SELECT max((SELECT seen FROM mention WHERE alias = number ORDER BY position DESC LIMIT 1))
            FROM alias WHERE entity = id) END AS last
        FROM shown ORDER BY \(ranks(order))
        """,
      arguments: arguments(since) + [
        "before": day.before, "from": day.day - 7, "till": day.day - 1,
        "fresh": since?.timeIntervalSince1970 ?? day.now - 7 * 86_400, "only": only, "limit": limit,
      ]
    ).map(MentionCount.init)
  }

  // MARK: Picking

  /// Those that come first, by an index; `isSince` where only mentions since a moment count.
  private static func picked(_ order: EntityOrder, _ isSince: Bool) -> String {
    switch order {
    case .mentioned: (isSince ? mentionedSince : mentioned) + configured
    // Whoever is new was not mentioned before.
    case .new:
      """
      picked AS (
        SELECT id, articles, mentions FROM entity INDEXED BY entity_first
        WHERE first >= :fresh AND merged IS NULL AND articles > 0 AND source <> 'operator'
        ORDER BY articles DESC, mentions DESC, name, id LIMIT :limit)
      """
    // One article is no rise.
    case .rising:
      """
      risen AS MATERIALIZED (
        SELECT entity FROM mention INDEXED BY mention_position
        CROSS JOIN alias ON alias.number = mention.alias
        WHERE position > :before GROUP BY entity HAVING count(DISTINCT position) > 1),
      picked AS (\(isSince ? risenSince : risen))
      """
    }
  }

  private static let mentioned = """
    ranked AS (
      SELECT id, articles, mentions FROM entity INDEXED BY entity_known
      WHERE merged IS NULL AND articles > 0
      ORDER BY articles DESC, mentions DESC, name, id LIMIT :limit)
    """

  /// Who is as far up as the last one that is shown; only of these names need to be known.
  private static let mentionedSince = """
    counts AS MATERIALIZED (\(countsSince)),
    ranked AS (
      SELECT entity AS id, articles, mentions FROM counts WHERE articles >= ifnull((
        SELECT articles FROM counts ORDER BY articles DESC LIMIT 1 OFFSET max(:limit - 1, 0)), 0))
    """

  /// Beside those that are ranked the operator's that nobody mentions.
  private static let configured = """
    , picked AS (
      SELECT * FROM ranked UNION ALL
      SELECT id, 0, 0 FROM entity WHERE configured IS NOT NULL AND merged IS NULL
        AND id NOT IN (SELECT id FROM ranked))
    """

  private static let risen = """
    SELECT id, articles, mentions FROM risen CROSS JOIN entity ON entity.id = risen.entity
    """

  private static let risenSince = """
    SELECT risen.entity AS id, counts.articles, counts.mentions FROM risen LEFT JOIN (
      \(countsSince)) AS counts ON counts.entity = risen.entity
    """

  // MARK: Counting

  private static let countsSince = """
    SELECT entity, sum(articles) AS articles, sum(mentions) AS mentions FROM (
      SELECT entity, articles, mentions FROM mention_day WHERE day > :day
      UNION ALL
      SELECT entity, count(DISTINCT position), sum(mention.mentions)
      FROM mention_day AS d JOIN alias USING (entity)
      CROSS JOIN mention ON mention.alias = alias.number
      WHERE day = :day AND position BETWEEN begin AND d.end AND seen >= :start
      GROUP BY entity)
    GROUP BY entity
    """

  private static let countsOfOne = """
    SELECT sum(articles) AS articles, sum(mentions) AS mentions FROM (
      SELECT articles, mentions FROM mention_day WHERE entity = :only AND day > :day
      UNION ALL
      SELECT count(DISTINCT position), sum(mention.mentions)
      FROM mention_day AS d JOIN alias USING (entity)
      CROSS JOIN mention ON mention.alias = alias.number
      WHERE d.entity = :only AND day = :day AND position BETWEEN begin AND d.end AND seen >= :start)
    """

  /// Articles of the last day.
  private static let recent = """
    (SELECT count(DISTINCT position) FROM alias
    CROSS JOIN mention ON mention.alias = alias.number AND position > :before
    WHERE alias.entity = entity.id)
    """

  /// Articles a day in the week before the last day.
  private static let usual = """
    (SELECT ifnull(sum(mention_day.articles), 0) / 7.0 FROM mention_day
    WHERE mention_day.entity = entity.id AND day BETWEEN :from AND :till)
    """

  private static func ranks(_ order: EntityOrder) -> String {
    switch order {
    case .mentioned, .new: "articles DESC, mentions DESC, name, id"
    // By how far it is from chance: variance grows with what is usual.
    case .rising:
      """
      burst IS NULL, (recent - usual) * abs(recent - usual) / (usual + 1) DESC, articles DESC, name, id
      """
    }
  }

  /// The position before the last day (24 hours of log time), the day (UTC) in which it began, and its end.
  private static func lastDay(_ db: Database) throws -> (before: Int64, day: Int64, now: Double) {
    let now = try Double.fetchOne(db, sql: "SELECT log_time FROM checkpoint") ?? 0
    // Articles are numbered in the order of time, so this looks at the last day alone.
    let before = try Int64.fetchOne(
      db,
      sql: """
        SELECT min(position) FROM revision WHERE article = (
          SELECT number FROM article WHERE seen < ? ORDER BY number DESC LIMIT 1)
        """, arguments: [now - 86_400])
    return (before ?? 0, MentionDays.day(now - 86_400), now)
  }

  /// Sources of a key in the same hour of the last four weeks, of hours in which news came at all.
  private static let usualHour = """
    (SELECT ifnull(sum(own.sources), 0) * 1.0 / max(count(*), 1) FROM burst_hour AS ran
    LEFT JOIN burst_hour AS own ON own.key = id AND own.hour = ran.hour
    WHERE ran.key = '' AND ran.hour IN (:hour - 168, :hour - 336, :hour - 504, :hour - 672))
    """

  /// Topics by how many articles belong to them.
  public func topics(since: Date?) throws -> [MentionCount] {
    try read { db in
      let day = try Self.lastDay(db)
      return try Row.fetchAll(
        db,
        sql: """
          WITH counts AS (
            SELECT topic, sum(articles) AS articles FROM (
              SELECT topic, sum(articles) AS articles FROM topic_day WHERE day > :day GROUP BY topic
              UNION ALL
              SELECT topic, count(*) FROM topic_day CROSS JOIN article_topic USING (topic)
              WHERE day = :day AND position BETWEEN begin AND topic_day.end AND seen >= :start
              GROUP BY topic)
            GROUP BY topic)
          SELECT id, name, 'topic' AS type, '' AS source, NULL AS first,
            ifnull(articles, 0) AS articles, ifnull(articles, 0) AS mentions,
            CASE WHEN articles > 0 THEN (
              SELECT seen FROM article_topic WHERE topic = id ORDER BY position DESC LIMIT 1) END
              AS last,
            (SELECT count(*) FROM article_topic WHERE topic = id AND position > :before) AS recent,
            (SELECT ifnull(sum(topic_day.articles), 0) / 7.0 FROM topic_day
              WHERE topic = id AND day BETWEEN :from AND :till) AS usual,
            ifnull((SELECT sources FROM burst_hour WHERE key = id AND hour = :hour), 0) AS hour,
            \(Self.usualHour) AS usual_hour,
            (SELECT opened FROM burst WHERE key = id AND closed IS NULL) AS burst
          FROM topic LEFT JOIN counts ON counts.topic = topic.id
          WHERE counts.topic IS NOT NULL OR id NOT LIKE 'medtop:%' ORDER BY articles DESC, name
          """,
        arguments: Self.arguments(since) + [
          "before": day.before, "from": day.day - 7, "till": day.day - 1,
          "hour": Int64(day.now / 3_600) - 1,
        ]
      ).map(MentionCount.init)
    }
  }

  /// Where counting begins: whole days behind `day` by their rows, `day` itself by what is in it.
  static func arguments(_ since: Date?) -> StatementArguments {
    let start = since?.timeIntervalSince1970
    return ["day": start.map(MentionDays.day) ?? .min, "start": start]
  }
}

extension MentionCount {
  init(_ row: Row) {
    self.init(
      id: row["id"], name: row["name"], type: row["type"], articles: row["articles"],
      mentions: row["mentions"], source: row["source"],
      first: Views.date(row["first"]), last: Views.date(row["last"]), recent: row["recent"] ?? 0,
      usual: row["usual"] ?? 0, hour: row["hour"] ?? 0, usualHour: row["usual_hour"] ?? 0,
      burst: Views.date(row["burst"]))
  }
}
