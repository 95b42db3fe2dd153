import Core
import GRDB
import Text

/// The articles that are known, as one feed's entries are looked up in them: with the text that their feeds have.
struct Shelf {
  /// Articles at one address, or of one title, that are looked at.
  private static let limit = 20

  let db: Database
  let feed: Feed.ID

  init(_ db: Database, _ feed: Feed.ID) {
    (self.db, self.feed) = (db, feed)
  }

  func article(_ id: Article.ID) throws -> Article? {
    try db.first(
      "SELECT kind, event FROM article JOIN revision USING (position) WHERE id = ?", [id.rawValue]
    ).flatMap { try Article($0) }.map(asInFeed)
  }

  func knows(_ id: Article.ID) throws -> Bool {
    try db.first("SELECT 1 FROM article WHERE id = ?", [id.rawValue]) != nil
  }

  /// The last revisions of an article, newest first.
  func revisions(of article: Article.ID, newest limit: Int) throws -> [Article] {
    try found(
      """
      SELECT kind, event FROM revision JOIN article ON article.number = revision.article
      WHERE article.id = ? ORDER BY revision.revision DESC LIMIT ?
      """, [article.rawValue, limit])
  }

  /// The article at the address of `keys` that has its title; the feed's own before another's.
  func twin(of keys: EntryKeys) throws -> Article? {
    guard let address = keys.address, try holds(address) else { return nil }
    // Few articles share a title, but a live page has thousands at its address: so the title leads.
    return try articles(
      """
      SELECT kind, event FROM article
      CROSS JOIN article_address AS place ON place.article = number AND place.address = ?2
      JOIN revision USING (position) WHERE title = ?1 ORDER BY feed = ?3 DESC, number LIMIT ?4
      """, [TitleKey.of(folded: keys.title), address, feed.rawValue, Self.limit]
    ).first { Words($0.title).joined == keys.title }
  }

  /// The one article at the address of `keys`: one of the feed's own, else of others.
  ///
  /// Where several stand there it is a live page or a home page, and the address says nothing.
  func occupant(of keys: EntryKeys) throws -> Article? {
    guard let address = keys.address, try holds(address) else { return nil }
    let found = try articles(
      """
      SELECT kind, event FROM article_address AS place
      CROSS JOIN article ON number = place.article
      JOIN revision USING (position) WHERE place.address = ? ORDER BY place.article DESC LIMIT ?
      """, [address, Self.limit])
    let own = found.filter { $0.feed == feed }
    guard own.isEmpty else { return own.count == 1 ? own[0] : nil }
    return found.count == 1 ? found[0] : nil
  }

  /// The feed's article that begins as `article` does, at whatever address.
  func copy(of article: Article, _ keys: EntryKeys) throws -> Article? {
    try articles(
      """
      SELECT kind, event FROM article JOIN revision USING (position)
      WHERE title = ? AND feed = ? ORDER BY number DESC LIMIT ?
      """, [TitleKey.of(folded: keys.title), feed.rawValue, Self.limit]
    ).first { Likeness.isCopy($0, article) }
  }

  /// The newest of the feed's articles that were not taken back, newest first.
  func newest(_ limit: Int) throws -> [Article] {
    try articles(
      """
      SELECT kind, event FROM article JOIN revision USING (position)
      WHERE feed = ? AND withdrawn IS NULL ORDER BY number DESC LIMIT ?
      """, [feed.rawValue, limit])
  }

  /// Whether any article ever stood at `address`: asked first, for at that of a new one there is none.
  func holds(_ address: String) throws -> Bool {
    try db.first("SELECT 1 FROM article_address WHERE address = ?", [address]) != nil
  }

  /// Whether the feed had an article of the title of `keys`.
  func holdsTitle(of keys: EntryKeys) throws -> Bool {
    try db.first(
      "SELECT 1 FROM article WHERE title = ? AND feed = ?",
      [TitleKey.of(folded: keys.title), feed.rawValue]) != nil
  }

  /// The feed's articles that count as gone from their addresses.
  func gone() throws -> Set<Article.ID> {
    Set(
      try String.fetchAll(
        try db.cachedStatement(sql: "SELECT id FROM article WHERE feed = ? AND withdrawn = ?"),
        arguments: [feed.rawValue, Withdrawal.gone.rawValue]
      ).map { Article.ID($0) })
  }

  private func articles(_ sql: String, _ arguments: StatementArguments) throws -> [Article] {
    try found(sql, arguments).map(asInFeed)
  }

  /// The newest revision with what the feed had last: what only its page says, the feed never took away.
  private func asInFeed(_ article: Article) throws -> Article {
    guard article.textSource == .page,
      var feeds = try revisions(of: article.id, newest: 2).first(where: { $0.textSource == .feed })
    else { return article }
    (feeds.revision, feeds.seen) = (article.revision, article.seen)
    return feeds
  }

  private func found(_ sql: String, _ arguments: StatementArguments) throws -> [Article] {
    try Row.fetchAll(try db.cachedStatement(sql: sql), arguments: arguments)
      .compactMap { try Article($0) }
  }
}
