import EventLog
import Text
import Core
import FoundationEssentials
public import GRDB

/// Articles as they are now, every revision of them, and their words for searching.
public struct ArticleView: Projection {
  public static let version = 1
  public static let tables = ["article", "revision", "article_words"]

  public init() {}

  public func createTables(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE article (
          number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, feed TEXT NOT NULL,
          address TEXT, revision INTEGER NOT NULL, language TEXT, seen REAL NOT NULL,
          position INTEGER NOT NULL, content_hash TEXT NOT NULL, origin TEXT, json BLOB NOT NULL);
        CREATE INDEX article_address ON article (address);
        CREATE INDEX article_seen ON article (seen);
        CREATE TABLE revision (
          article INTEGER NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL,
          json BLOB NOT NULL, PRIMARY KEY (article, revision)) WITHOUT ROWID;
        CREATE TABLE article_words (number INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL);
        CREATE VIRTUAL TABLE article_search USING fts5 (
          title, body, content = 'article_words', content_rowid = 'number', tokenize = "unicode61");
        """)
  }

  public func apply(_ recorded: Recorded, in db: Database) throws {
    switch recorded.event.fact {
    case .articlePublished(let article, let origin): try put(article, origin.rawValue, recorded, db)
    case .articleRevised(let article, _): try put(article, nil, recorded, db)
    default: break
    }
  }

  /// Takes a revision in; a known one changes nothing, that of an unknown article publishes it.
  private func put(_ article: Article, _ origin: String?, _ recorded: Recorded, _ db: Database)
    throws
  {
    let known = try Row.fetchOne(
      db, sql: "SELECT number, revision FROM article WHERE id = ?", arguments: [article.id.rawValue]
    )
    if let known, article.revision <= known["revision"] { return }
    var writer = JSONWriter()
    article.write(to: &writer)
    let json = Data(writer.bytes)
    let number: Int64
    if let known {
      number = known["number"]
      try update(number, article, json, recorded, db)
    } else {
      try insert(article, origin, json, recorded, db)
      number = db.lastInsertedRowID
    }
    try db.cachedStatement(sql: "INSERT INTO revision VALUES (?, ?, ?, ?)")
      .execute(arguments: [number, article.revision, Int64(recorded.position.rawValue), json])
    try index(number, recorded, db)
  }

  private func insert(
    _ article: Article, _ origin: String?, _ json: Data, _ recorded: Recorded, _ db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO article (id, feed, address, revision, language, seen, position, content_hash, origin, json)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      article.id.rawValue, article.feed.rawValue, article.url.map(AddressKey.of), article.revision,
      recorded.reading?.language, recorded.recordedAt.timeIntervalSince1970,
      Int64(recorded.position.rawValue), article.contentHash, origin, json,
    ])
  }

  private func update(
    _ number: Int64, _ article: Article, _ json: Data, _ recorded: Recorded, _ db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        UPDATE article SET revision = ?, language = ?, position = ?, content_hash = ?, json = ?
        WHERE number = ?
        """
    ).execute(arguments: [
      article.revision, recorded.reading?.language, Int64(recorded.position.rawValue),
      article.contentHash, json, number,
    ])
  }

  /// The index has no copy of the words, so old ones are handed to it to be forgotten.
  private func index(_ number: Int64, _ recorded: Recorded, _ db: Database) throws {
    if let old = try Row.fetchOne(
      db, sql: "SELECT title, body FROM article_words WHERE number = ?", arguments: [number])
    {
      try db.execute(
        sql:
          "INSERT INTO article_search (article_search, rowid, title, body) VALUES ('delete', ?, ?, ?)",
        arguments: [number, old["title"] as String, old["body"] as String])
    }
    let title = recorded.reading?.titleWords ?? ""
    let body = recorded.reading?.bodyWords ?? ""
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO article_words VALUES (?, ?, ?)")
      .execute(arguments: [number, title, body])
    try db.cachedStatement(sql: "INSERT INTO article_search (rowid, title, body) VALUES (?, ?, ?)")
      .execute(arguments: [number, title, body])
  }
}
