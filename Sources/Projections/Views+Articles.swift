public import Core
public import FoundationEssentials
import GRDB
import Text

/// Which articles are wanted; what is nil does not matter.
public struct ArticleFilter: Hashable, Sendable {
  public var since: Date?
  public var feed: Feed.ID?
  public var entity: Entity.ID?
  public var topic: Topic.ID?
  public var language: String?

  public init(
    since: Date? = nil, feed: Feed.ID? = nil, entity: Entity.ID? = nil, topic: Topic.ID? = nil,
    language: String? = nil
  ) {
    (self.since, self.feed, self.entity) = (since, feed, entity)
    (self.topic, self.language) = (topic, language)
  }
}

extension Views {
  /// The newest articles that pass `filter`, newest first.
  public func articles(_ filter: ArticleFilter, limit: Int) throws -> [Article] {
    var conditions = ["1"]
    var arguments = StatementArguments()
    func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
      guard let value else { return }
      conditions.append(condition)
      arguments += [value]
    }
    add("seen >= ?", filter.since?.timeIntervalSince1970)
    add("feed = ?", filter.feed?.rawValue)
    add("language = ?", filter.language)
    add("id IN (SELECT article FROM mention WHERE entity = ?)", filter.entity?.rawValue)
    add("id IN (SELECT article FROM article_topic WHERE topic = ?)", filter.topic?.rawValue)
    arguments += [limit]
    let sql = """
      SELECT json FROM article WHERE \(conditions.joined(separator: " AND "))
      ORDER BY number DESC LIMIT ?
      """
    return try read { try Self.articles($0, sql, arguments) }
  }

  /// Articles whose id begins with `prefix`.
  public func articles(idPrefix prefix: String) throws -> [Article] {
    try read { db in
      try Self.articles(
        db, "SELECT json FROM article WHERE substr(id, 1, ?) = ? ORDER BY number LIMIT 10",
        [prefix.count, prefix])
    }
  }

  /// The revisions of an article, first to last.
  public func revisions(of article: Article.ID) throws -> [Article] {
    try read { db in
      try Self.articles(
        db,
        """
        SELECT revision.json FROM revision JOIN article ON article.number = revision.article
        WHERE article.id = ? ORDER BY revision.revision
        """, [article.rawValue])
    }
  }

  /// Articles that hold all words of `text`, best first; words of the title weigh more.
  ///
  /// Each word is quoted, so that none is an operator of the index.
  public func search(_ text: String, limit: Int) throws -> [Article] {
    let words = Words(text)
    guard !words.words.isEmpty else { return [] }
    let query = words.words.map { "\"\(words.text(of: $0))\"" }.joined(separator: " ")
    return try read { db in
      try Self.articles(
        db,
        """
        SELECT article.json FROM article_search JOIN article ON article.number = article_search.rowid
        WHERE article_search MATCH ? ORDER BY bm25(article_search, 5, 1), article.number DESC LIMIT ?
        """, [query, limit])
    }
  }

  private static func articles(
    _ db: Database, _ sql: String, _ arguments: StatementArguments
  ) throws -> [Article] {
    try Data.fetchAll(db, sql: sql, arguments: arguments).map { json in
      var reader = JSONReader([UInt8](json))
      return try Article(from: &reader, now: .distantPast)
    }
  }
}
