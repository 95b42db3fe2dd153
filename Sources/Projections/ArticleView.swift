import EventLog
import Core
import FoundationEssentials
import Text
public import GRDB

/// Articles: what they are known by now, and each of their revisions, once and for good.
///
/// A revision's position names it: other views keep what they know of an article under the position of
/// the revision that says so. `article.position` is that of the newest; what stands under any other is
/// past, and need not be taken out.
public struct ArticleView: Projection {
  public static let version = 6
  public static let tables = ["article", "article_address", "revision", FeedLanguages.table]

  public init() {}

  public func createTables(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE article (
          number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, feed TEXT NOT NULL,
          title INTEGER NOT NULL, origin TEXT, language TEXT, seen REAL NOT NULL,
          revision INTEGER NOT NULL, position INTEGER NOT NULL UNIQUE,
          withdrawn TEXT);
        CREATE INDEX article_title ON article (title, feed);
        CREATE INDEX article_feed ON article (feed);
        CREATE INDEX article_withdrawn ON article (feed, withdrawn) WHERE withdrawn IS NOT NULL;
        CREATE TABLE article_address (
          address TEXT NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (address, article))
          WITHOUT ROWID;
        CREATE TABLE revision (
          position INTEGER PRIMARY KEY, article INTEGER NOT NULL, revision INTEGER NOT NULL,
          kind INTEGER NOT NULL, event BLOB NOT NULL);
        CREATE INDEX revision_article ON revision (article);
        """)
    try FeedLanguages.createTable(in: db)
  }

  public func apply(_ recorded: Recorded, in db: Database) throws {
    switch recorded.event.fact {
    case .articlePublished(let article, let origin): try put(article, origin.rawValue, recorded, db)
    case .articleRevised(let article, _): try put(article, nil, recorded, db)
    case .articleWithdrawn(let article, _, let reason):
      try db.run(
        "UPDATE article SET withdrawn = ? WHERE id = ?", [reason.rawValue, article.rawValue])
    default: break
    }
  }

  /// Takes a revision in; an older one changes nothing, that of an unknown article publishes it.
  private func put(_ article: Article, _ origin: String?, _ recorded: Recorded, _ db: Database)
    throws
  {
    // Nearly every article is new, so that is tried before anything is looked up.
    if try insert(article, origin, recorded, db) {
      return try keep(article, db.lastInsertedRowID, recorded, db)
    }
    let known = try db.first(
      "SELECT number, revision FROM article WHERE id = ?", [article.id.rawValue])
    guard let known, known["revision"] < article.revision else { return }
    try update(known["number"], article, recorded, db)
    try keep(article, known["number"], recorded, db)
  }

  /// False where the article is known.
  private func insert(
    _ article: Article, _ origin: String?, _ recorded: Recorded, _ db: Database
  ) throws -> Bool {
    try db.run(
      """
      INSERT INTO article (id, feed, title, origin, language, seen, revision, position)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
      """,
      [
        article.id.rawValue, article.feed.rawValue, TitleKey.of(article), origin,
        recorded.reading?.language, recorded.recordedAt.timeIntervalSince1970, article.revision,
        Int64(recorded.position.rawValue),
      ])
    return db.changesCount == 1
  }

  private func keep(
    _ article: Article, _ number: Int64, _ recorded: Recorded, _ db: Database
  ) throws {
    // Every address it ever had leads to it.
    if let address = article.url.map(AddressKey.of) {
      try db.run("INSERT OR IGNORE INTO article_address VALUES (?, ?)", [address, number])
    }
    try db.run(
      "INSERT INTO revision VALUES (?, ?, ?, ?, ?)",
      [
        Int64(recorded.position.rawValue), number, article.revision,
        Int64(recorded.event.kind.rawValue), Data(recorded.payload),
      ])
  }

  private func update(
    _ number: Int64, _ article: Article, _ recorded: Recorded, _ db: Database
  ) throws {
    try db.run(
      """
      UPDATE article SET title = ?, language = ?, revision = ?, position = ?, withdrawn = NULL
      WHERE number = ?
      """,
      [
        TitleKey.of(article), recorded.reading?.language, article.revision,
        Int64(recorded.position.rawValue), number,
      ])
  }
}

/// The words of a title as one number, by which articles of equal titles are found.
enum TitleKey {
  static func of(_ article: Article) -> Int64 {
    of(folded: Words(article.title).joined)
  }

  /// Of the folded words with blanks between; two titles may share a number, so the words are compared too.
  static func of(folded title: String) -> Int64 {
    // FNV-1a: the same in every process and version, for it is kept.
    let hash = title.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return Int64(bitPattern: hash)
  }
}

extension Article {
  /// An article out of the columns `kind` and `event` of a revision.
  init?(_ row: Row) throws {
    let (kind, json) = (row["kind"] as Int64, row["event"] as Data)
    switch try Event(kind: UInt16(kind), json: [UInt8](json)).fact {
    case .articlePublished(let article, _), .articleRevised(let article, _): self = article
    default: return nil
    }
  }
}
