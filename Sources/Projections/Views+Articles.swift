public import Core
public import FoundationEssentials
import GRDB

/// Which articles are wanted; what is nil does not matter.
public struct ArticleFilter: Hashable, Sendable {
  public var since: Date?
  public var feed: Feed.ID?
  public var entity: Entity.ID?
  public var topic: Topic.ID?
  public var story: Story.ID?
  public var language: String?

  public init(
    since: Date? = nil, feed: Feed.ID? = nil, entity: Entity.ID? = nil, topic: Topic.ID? = nil,
    story: Story.ID? = nil, language: String? = nil
  ) {
    (self.since, self.feed, self.entity) = (since, feed, entity)
    (self.topic, self.story, self.language) = (topic, story, language)
  }
}

extension Views {
  /// The newest articles that pass `filter`, newest first.
  public func articles(_ filter: ArticleFilter, limit: Int) throws -> [Article] {
    try read { db in
      let scope = try ArticleScope(filter, in: db)
      return try Self.articles(
        db,
        """
        SELECT kind, event FROM \(scope.source) CROSS JOIN revision USING (position)
        WHERE \(scope.conditions.joined(separator: " AND ")) ORDER BY number DESC LIMIT ?
        """, scope.arguments + [limit])
    }
  }

  /// Articles whose id begins with `prefix`.
  public func articles(idPrefix prefix: String) throws -> [Article] {
    try read { db in
      try Self.articles(
        db,
        """
        SELECT kind, event FROM article JOIN revision USING (position) WHERE substr(id, 1, ?) = ?
        ORDER BY number LIMIT 10
        """, [prefix.count, prefix])
    }
  }

  /// The revisions of an article, first to last, each with the edit that led to it.
  public func history(of article: Article.ID) throws -> [(article: Article, edit: Revision?)] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT kind, event FROM revision JOIN article ON article.number = revision.article
          WHERE article.id = ? ORDER BY revision.revision
          """, arguments: [article.rawValue]
      ).compactMap { row in
        let (kind, json) = (row["kind"] as Int64, row["event"] as Data)
        switch try Event(kind: UInt16(kind), json: [UInt8](json)).fact {
        case .articlePublished(let article, _): return (article, nil)
        case .articleRevised(let article, let edit): return (article, edit)
        default: return nil
        }
      }
    }
  }

  /// Why an article counts as taken back; nil if it does not.
  public func withdrawal(of article: Article.ID) throws -> Withdrawal? {
    try read { db in
      try db.first("SELECT withdrawn FROM article WHERE id = ?", [article.rawValue])
        .flatMap { $0["withdrawn"] as String? }.flatMap(Withdrawal.init)
    }
  }

  static func articles(
    _ db: Database, _ sql: String, _ arguments: StatementArguments
  ) throws -> [Article] {
    try Row.fetchAll(db, sql: sql, arguments: arguments).compactMap { try Article($0) }
  }
}
