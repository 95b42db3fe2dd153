public import Core
public import FoundationEssentials
public import GRDB

/// A story in short.
public struct StorySummary: Hashable, Sendable {
  public var id: Story.ID
  /// Of the article that says best what it is about.
  public var title: String
  public var articles: Int
  /// Independent ones: copies of one text count as the first of them.
  public var sources: Int
  public var last: Date
  /// The story that it goes on with.
  public var continues: Story.ID?
}

/// A story with all its articles.
public struct StoryPortrait: Hashable, Sendable {
  /// An article of it, as it is now.
  public struct Member: Hashable, Sendable {
    public var article: Article
    public var published: Date
    /// Seconds behind the first.
    public var lag: Double
    /// The article that it copies.
    public var original: Article.ID?
    public var source: String
  }

  public var summary: StorySummary
  /// By time of publication; the first is the first mover.
  public var members: [Member]
}

extension Views {
  /// Stories that moved at `since` or later, those of the most independent sources first.
  public func stories(since: Date?, limit: Int) throws -> [StorySummary] {
    try read { db in
      try stories(
        db,
        """
        WHERE story.merged IS NULL AND story.last >= ?
        ORDER BY story.sources DESC, story.articles DESC, story.last DESC, story.number LIMIT ?
        """, [since?.timeIntervalSince1970 ?? -.infinity, limit])
    }
  }

  /// The stories whose ids begin with `prefix`, or that took in one whose id does; ten at most.
  public func stories(idPrefix prefix: String) throws -> [StorySummary] {
    // An id has no letter behind z, so the index finds all that begin so.
    try read { db in
      try stories(
        db,
        """
        WHERE story.number IN (
          SELECT ifnull(merged, number) FROM story WHERE id >= ?1 AND id < ?1 || '{')
        ORDER BY story.number LIMIT 10
        """, [prefix])
    }
  }

  /// A story with its articles by time of publication.
  public func story(_ summary: StorySummary) throws -> StoryPortrait {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT own.published, own.source, first.article AS original, revision.kind, revision.event
          FROM story_article AS own JOIN story ON story.number = own.story
          JOIN article ON article.id = own.article
          JOIN revision ON revision.position = article.position
          LEFT JOIN story_article AS first
            ON first.position = own.original AND own.original <> own.position
          WHERE story.id = ? ORDER BY own.published, own.position
          """, arguments: [summary.id.rawValue])
      let start: Double = rows.first?["published"] ?? 0
      return StoryPortrait(
        summary: summary,
        members: try rows.compactMap { row in
          let published: Double = row["published"]
          return try Article(row).map {
            StoryPortrait.Member(
              article: $0, published: Date(timeIntervalSince1970: published),
              lag: published - start,
              original: (row["original"] as String?).map(Article.ID.init), source: row["source"])
          }
        })
    }
  }

  /// The story that an article is in now, and the first of its copies; nil for one that is not folded.
  public func place(
    of article: Article.ID
  ) throws -> (story: Story.ID, original: Article.ID)? {
    try read { try StoryView.place(of: article, in: $0).map { ($0.story, $0.original) } }
  }

  /// Stories by a query whose tail is `rest`, and what stands before it.
  func stories(
    _ db: Database, with before: String = "", _ rest: String, _ arguments: StatementArguments
  ) throws -> [StorySummary] {
    try Row.fetchAll(db, sql: "\(before) \(Self.stories) \(rest)", arguments: arguments)
      .map(Self.summary)
  }

  private static let stories = """
    SELECT story.id, story.articles, story.sources, story.last, kind, event, before.id AS before FROM story
    LEFT JOIN story AS before ON before.number = story.continues
    JOIN story_article AS told ON told.position = story.title
    JOIN article ON article.id = told.article
    JOIN revision ON revision.position = article.position
    """

  private static func summary(_ row: Row) throws -> StorySummary {
    StorySummary(
      id: Story.ID(row["id"]), title: try Article(row)?.title ?? "", articles: row["articles"],
      sources: row["sources"], last: Date(timeIntervalSince1970: row["last"]),
      continues: (row["before"] as String?).map(Story.ID.init))
  }
}

extension StoryView {
  /// The story that an article is in now, the first of its copies, and the stories that the story took in; nil for
  /// one that is not folded.
  public static func place(
    of article: Article.ID, in db: Database
  ) throws -> (story: Story.ID, original: Article.ID, former: [Story.ID])? {
    try db.first(
      """
      SELECT story.id, first.article AS original,
        (SELECT group_concat(id) FROM story AS other WHERE other.merged = story.number) AS former
      FROM story_article AS own
      JOIN story ON story.number = own.story
      JOIN story_article AS first ON first.position = own.original WHERE own.article = ?
      """, [article.rawValue]
    ).map { row in
      let former = (row["former"] as String?)?.split(separator: ",") ?? []
      return (Story.ID(row["id"]), Article.ID(row["original"]), former.map { Story.ID(String($0)) })
    }
  }

  /// The independent source of an article: that of the first of its copies.
  static func source(of article: Article.ID, in db: Database) throws -> String? {
    try db.first(
      """
      SELECT first.source FROM story_article AS own
      JOIN story_article AS first ON first.position = own.original WHERE own.article = ?
      """, [article.rawValue]
    ).map { $0["source"] }
  }
}
