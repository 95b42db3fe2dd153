import Core
import FoundationEssentials
import GRDB

/// Where articles that pass a filter are looked for: among those of a rare entity or topic, or of a story; else
/// among all, from the newest on, of which many pass.
struct ArticleScope {
  /// Articles up to which those of an entity or a topic are all looked at; of more, some are soon found among the
  /// newest.
  private static let few = 20_000

  private(set) var source = "article"
  private(set) var conditions = ["1"]
  var arguments: StatementArguments { narrowing + others }
  private var narrowing = StatementArguments()
  private var others = StatementArguments()

  init(_ filter: ArticleFilter, in db: Database) throws {
    // What narrows most stands first: of two the other one is a condition.
    if let story = filter.story {
      narrow(
        by: """
          SELECT article.position FROM story_article JOIN article ON article.id = story_article.article
          WHERE story = (SELECT ifnull(merged, number) FROM story WHERE id = ?)
          """, story.rawValue)
    }
    if let entity = filter.entity {
      let id = try EntityTables(db: db).standing(entity.rawValue)
      try add(Self.ofEntity, id, try count("SELECT articles FROM entity WHERE id = ?", id, db))
    }
    if let topic = filter.topic?.rawValue {
      let count = try count("SELECT sum(articles) FROM topic_day WHERE topic = ?", topic, db)
      try add(Self.ofTopic, topic, count)
    }
    add("seen >= ?", filter.since?.timeIntervalSince1970)
    add("feed = ?", filter.feed?.rawValue)
    add("language = ?", filter.language)
  }

  /// A query for the positions, and a condition on one of them.
  private typealias Having = (positions: String, condition: String)

  private static let ofEntity: Having = (
    """
    SELECT DISTINCT position FROM alias JOIN mention ON mention.alias = alias.number WHERE entity = ?
    """,
    """
    EXISTS (SELECT 1 FROM alias CROSS JOIN mention
      ON mention.alias = alias.number AND mention.position = article.position WHERE entity = ?)
    """
  )

  private static let ofTopic: Having = (
    "SELECT position FROM article_topic WHERE topic = ?",
    """
    EXISTS (SELECT 1 FROM article_topic AS own
      WHERE own.topic = ? AND own.position = article.position)
    """
  )

  private mutating func add(_ having: Having, _ value: String, _ count: Int) throws {
    if source == "article", count <= Self.few {
      narrow(by: having.positions, value)
    } else {
      add(having.condition, value)
    }
  }

  private mutating func narrow(by positions: String, _ value: String) {
    source = "(\(positions)) AS narrowed CROSS JOIN article USING (position)"
    narrowing = [value]
  }

  private mutating func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
    guard let value else { return }
    conditions.append(condition)
    others += [value]
  }

  private func count(_ sql: String, _ id: String, _ db: Database) throws -> Int {
    try Int.fetchOne(try db.cachedStatement(sql: sql), arguments: [id]) ?? 0
  }
}
