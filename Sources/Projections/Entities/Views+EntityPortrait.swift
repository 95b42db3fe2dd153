import Core
public import FoundationEssentials
import GRDB

extension Views {
  /// The newest articles of an entity that are looked at for company, sources and stories.
  private static let looked = 5_000
  private static let shown = 10

  /// The entity with this id, name or alias.
  public func entity(_ name: String, since: Date?) throws -> EntityPortrait? {
    try read { db in
      guard let id = try Self.entityID(name, in: db),
        let row = try db.first("SELECT * FROM entity WHERE id = ?", [id])
      else { return nil }
      let newest = try Self.newest(db, id, since)
      let own: StatementArguments = [
        "id": id, "own": "[\(newest.map(String.init).joined(separator: ","))]",
      ]
      return EntityPortrait(
        count: try Self.count(of: row, since, db), aliases: row["configured"] ?? "[]",
        forms: try Self.forms(db, id), days: try Self.days(db, id, since),
        together: try Self.together(db, own), tellers: try Self.tellers(db, own),
        stories: try Self.stories(db, own), places: try Self.places(db, own),
        words: try Self.words(db, id))
    }
  }

  /// The id of the entity with this id, name or alias; of several, the operator's or the best known.
  static func entityID(_ name: String, in db: Database) throws -> String? {
    let id = try String.fetchOne(
      db,
      sql: """
        SELECT id FROM entity WHERE id IN (
          SELECT id FROM entity WHERE id = ?1
          UNION ALL SELECT id FROM entity WHERE name = ?1 COLLATE NOCASE
          UNION ALL SELECT id FROM entity
            WHERE configured IS NOT NULL AND instr(configured, '"' || ?1 || '"')
          UNION ALL SELECT entity FROM alias WHERE key = ?2)
        ORDER BY id = ?1 DESC, configured IS NULL, name = ?1 DESC, articles DESC, id LIMIT 1
        """, arguments: [name, NamedForm.key(of: name)])
    return try id.map { try EntityTables(db: db).standing($0) }
  }

  private static func count(
    of row: Row, _ since: Date?, _ db: Database
  ) throws -> MentionCount {
    try entity(db, since: since, only: row["id"])
      ?? MentionCount(
        id: row["id"], name: row["name"], type: row["type"], articles: 0, mentions: 0)
  }

  /// The ways to write it, each as its newest mention was found.
  ///
  /// Mentions of one alias are counted without a look at each of them.
  private static func forms(_ db: Database, _ id: String) throws -> [EntityPortrait.Form] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT text, first,
          iif(n = 1, (SELECT count(*) FROM mention WHERE alias = form.number), (
            SELECT count(DISTINCT position) FROM alias AS other
            CROSS JOIN mention ON mention.alias = other.number
            WHERE other.entity = ?1 AND other.text = form.text)) AS articles,
          ifnull((
            SELECT reading_via.id FROM mention JOIN reading_via ON reading_via.number = mention.via
            WHERE alias = form.number ORDER BY position DESC LIMIT 1), '') AS via
        FROM (
          SELECT text, min(number) AS number, min(first) AS first, count(*) AS n
          FROM alias WHERE entity = ?1 GROUP BY text) AS form
        ORDER BY articles DESC, text LIMIT 50
        """, arguments: [id]
    ).map {
      EntityPortrait.Form(
        text: $0["text"], via: $0["via"], first: Date(timeIntervalSince1970: $0["first"]),
        articles: $0["articles"])
    }
  }

  private static func days(
    _ db: Database, _ id: String, _ since: Date?
  ) throws -> [DayCount] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT date(day * 86400, 'unixepoch') AS day, articles FROM (
          SELECT day, articles FROM mention_day WHERE entity = :id AND day > :day
          UNION ALL
          SELECT day, count(DISTINCT position) FROM mention_day AS d JOIN alias USING (entity)
          CROSS JOIN mention ON mention.alias = alias.number
          WHERE entity = :id AND day = :day AND position BETWEEN begin AND d.end
            AND seen >= :start GROUP BY day)
        ORDER BY day
        """, arguments: arguments(since) + ["id": id]
    ).map { DayCount(day: $0["day"], articles: $0["articles"]) }
  }

  // MARK: Of its newest articles

  /// Where its newest articles stand, the newest first.
  ///
  /// Each way to write it has its mentions in order, so of what is common only the newest are looked at.
  private static func newest(_ db: Database, _ id: String, _ since: Date?) throws -> [Int64] {
    let aliases = try Int64.fetchAll(
      db, sql: "SELECT number FROM alias WHERE entity = ? ORDER BY number", arguments: [id])
    let statement = try db.cachedStatement(
      sql: """
        SELECT position FROM mention WHERE alias = ? AND position > ? AND seen >= ?
        ORDER BY position DESC LIMIT ?
        """)
    var newest: [Int64] = []
    for alias in aliases {
      // Once there are enough what is older than all of them is none of them.
      let bound = newest.count < looked ? 0 : newest.last ?? 0
      let further = try Int64.fetchAll(
        statement, arguments: [alias, bound, since?.timeIntervalSince1970 ?? 0, looked])
      newest = Array(Set(newest + further).sorted(by: >).prefix(looked))
    }
    return newest
  }

  private static let own =
    "WITH newest AS MATERIALIZED (SELECT value AS position FROM json_each(:own))"

  /// Those named together most often; an article that names very many says nothing of that.
  private static func together(
    _ db: Database, _ own: StatementArguments
  ) throws -> [MentionCount] {
    try Row.fetchAll(
      db,
      sql: Self.own + """
        , whole AS (
          SELECT position FROM newest CROSS JOIN mention USING (position)
          JOIN alias ON alias.number = mention.alias
          GROUP BY position HAVING count(DISTINCT entity) <= :list),
        counts AS (
          SELECT entity AS other, count(DISTINCT position) AS articles,
            sum(mentions) AS mentions, max(seen) AS last
          FROM whole CROSS JOIN mention USING (position)
          JOIN alias ON alias.number = mention.alias
          WHERE entity <> :id GROUP BY entity)
        SELECT id, name, type, source, first, counts.articles, counts.mentions, counts.last,
          NULL AS burst
        FROM counts JOIN entity ON entity.id = other
        ORDER BY counts.articles DESC, counts.mentions DESC, name, id LIMIT :shown
        """,
      arguments: own + ["list": MentionDays.longestList, "shown": shown]
    ).map(MentionCount.init)
  }

  private static func tellers(
    _ db: Database, _ own: StatementArguments
  ) throws -> [EntityPortrait.Teller] {
    try Row.fetchAll(
      db,
      sql: Self.own + """
         SELECT source, count(*) AS articles FROM newest CROSS JOIN revision USING (position)
        JOIN article ON article.number = revision.article
        JOIN story_article ON story_article.article = article.id
        GROUP BY source ORDER BY articles DESC, source LIMIT :shown
        """, arguments: own + ["shown": shown]
    ).map { EntityPortrait.Teller(source: $0["source"], articles: $0["articles"]) }
  }

  private static func stories(
    _ db: Database, _ own: StatementArguments
  ) throws -> [EntityPortrait.Told] {
    try Row.fetchAll(
      db,
      sql: Self.own + """
        , told AS (
          SELECT story_article.story, count(*) AS articles
          FROM newest CROSS JOIN revision USING (position)
          JOIN article ON article.number = revision.article
          JOIN story_article ON story_article.article = article.id GROUP BY story_article.story
          ORDER BY articles DESC, story_article.story DESC LIMIT :shown)
        SELECT story.id, told.articles, kind, event FROM told
        JOIN story ON story.number = told.story
        JOIN story_article AS best ON best.position = story.title
        JOIN article ON article.id = best.article
        JOIN revision ON revision.position = article.position
        ORDER BY told.articles DESC, told.story DESC
        """, arguments: own + ["shown": shown]
    ).map {
      EntityPortrait.Told(
        story: Story.ID($0["id"]), title: try Article($0)?.title ?? "", articles: $0["articles"])
    }
  }

  private static func places(
    _ db: Database, _ own: StatementArguments
  ) throws -> [EntityPortrait.Place] {
    try Row.fetchAll(
      db,
      sql: Self.own + """
         SELECT min(text) AS text, min(reading_via.id) AS via, mention.seen, reading_model.id AS model, kind, event
        FROM newest CROSS JOIN mention USING (position) JOIN alias ON alias.number = mention.alias
        JOIN revision USING (position)
        JOIN reading_via ON reading_via.number = mention.via
        LEFT JOIN reading_model ON reading_model.number = mention.model
        WHERE entity = :id GROUP BY position ORDER BY position DESC LIMIT :shown
        """, arguments: own + ["shown": shown]
    ).compactMap { row in
      try Article(row).map {
        EntityPortrait.Place(
          article: $0.id, title: $0.title, seen: Date(timeIntervalSince1970: row["seen"]),
          text: row["text"], via: row["via"], model: row["model"])
      }
    }
  }

  private static func words(_ db: Database, _ id: String) throws -> [EntityPortrait.Word] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT * FROM entity_judged WHERE entity = ?1 OR other = ?1 ORDER BY position, other
        """, arguments: [id]
    ).map {
      let other: String = $0["other"]
      return EntityPortrait.Word(
        word: $0["word"], other: other == id ? $0["entity"] : other, by: $0["by"],
        note: $0["note"], at: Date(timeIntervalSince1970: $0["at"]))
    }
  }
}
