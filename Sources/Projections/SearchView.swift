public import Core
import EventLog
public import GRDB
import Text

/// The words of articles, for searching.
///
/// The index keeps no text. Each revision stands in it under its position and is never taken out: that
/// of an older revision leads to no article, so a search does not find it.
public struct SearchView: Projection {
  public static let version = 1
  public static let tables = ["article_word"]

  public init() {}

  public func createTables(in db: Database) throws {
    // What comes in is folded and parted already, so the index parts at blanks alone. Larger pieces in
    // memory and rarer merges double its speed; a search looks at a few more pieces.
    try db.execute(
      sql: """
        CREATE VIRTUAL TABLE article_search USING fts5 (
          title, body, content = '',
          tokenize = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[\\]^_`{|}~'");
        INSERT INTO article_search (article_search, rank) VALUES ('hashsize', 8388608);
        INSERT INTO article_search (article_search, rank) VALUES ('automerge', 8);
        CREATE VIRTUAL TABLE article_word USING fts5vocab (article_search, instance);
        """)
  }

  /// The index gives its words in this order without sorting.
  public static func order(of table: String, in db: Database) -> [String] { ["term"] }

  public func apply(_ recorded: Recorded, in db: Database) throws {
    switch recorded.event.fact {
    case .articlePublished, .articleRevised:
      try db.run(
        "INSERT INTO article_search (rowid, title, body) VALUES (?, ?, ?)",
        [
          Int64(recorded.position.rawValue), recorded.reading?.titleWords,
          recorded.reading?.bodyWords,
        ])
    default: break
    }
  }
}

extension Views {
  /// Articles that hold all words of `text` as they are now, best first; words of the title weigh more.
  public func search(_ text: String, limit: Int) throws -> [Article] {
    let words = Words(text)
    guard !words.words.isEmpty else { return [] }
    // Each word is quoted, so that none is an operator of the index.
    let query = words.words.map { "\"\(words.text(of: $0))\"" }.joined(separator: " ")
    return try read { db in
      try Self.articles(
        db,
        """
        WITH found AS (
          SELECT article.position, article.number, bm25(article_search, 5, 1) AS score
          FROM article_search JOIN article ON article.position = article_search.rowid
          WHERE article_search MATCH ? ORDER BY score, number DESC LIMIT ?)
        SELECT kind, event FROM found JOIN revision USING (position) ORDER BY score, number DESC
        """, [query, limit])
    }
  }
}
