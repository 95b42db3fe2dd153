public import Core
import GRDB
import Text

/// Which languages a feed's articles were of, as far as that was sure: what decides where words do not.
enum FeedLanguages {
  static let table = "feed_language"

  /// Articles of one language beyond which all of a feed count half, so that a feed may change.
  private static let remembered = 200
  /// Articles below which the shares are believed less.
  private static let few = 20.0
  /// Languages of one feed that are kept: a feed may declare what it likes.
  private static let kept = 16

  static func createTable(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE feed_language (
          feed TEXT NOT NULL, language TEXT NOT NULL, articles INTEGER NOT NULL,
          PRIMARY KEY (feed, language)) WITHOUT ROWID;
        """)
  }

  /// The record with its article read in the language that its feed's history has; a sure one joins that.
  static func settled(_ recorded: Recorded, in db: Database) throws -> Recorded {
    let article: Article
    switch recorded.event.fact {
    case .articlePublished(let published, _): article = published
    case .articleRevised(let revised, _): article = revised
    default: return recorded
    }
    guard let answer = recorded.reading?.languageAnswer else { return recorded }
    guard !answer.isSure else {
      try note(answer.code, of: article.feed, db)
      return recorded
    }
    let code = answer.given(history: try shares(of: article.feed, db)).code
    var recorded = recorded
    guard code != "und", code != recorded.reading?.language else { return recorded }
    // Names and topics are those of a language, so another one finds others.
    if let reading = recorded.reread?(code) { recorded.reading = reading }
    recorded.reading?.language = code
    recorded.reading?.languageAnswer = answer
    return recorded
  }

  private static func note(_ language: String, of feed: Feed.ID, _ db: Database) throws {
    try db.run(
      """
      INSERT INTO feed_language VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET articles = articles + 1
      """, [feed.rawValue, language])
    try db.run(
      """
      UPDATE feed_language SET articles = articles / 2
      WHERE feed = ?1 AND ?3 < (
        SELECT articles FROM feed_language WHERE feed = ?1 AND language = ?2)
      """, [feed.rawValue, language, remembered])
    try db.run(
      """
      DELETE FROM feed_language WHERE feed = ?1 AND language <> ?2 AND (articles = 0 OR language IN (
        SELECT language FROM feed_language WHERE feed = ?1 AND language <> ?2
        ORDER BY articles DESC, language LIMIT -1 OFFSET ?3))
      """, [feed.rawValue, language, kept - 1])
  }

  private static func shares(of feed: Feed.ID, _ db: Database) throws -> [String: Double] {
    let rows = try Row.fetchAll(
      try db.cachedStatement(sql: "SELECT language, articles FROM feed_language WHERE feed = ?"),
      arguments: [feed.rawValue])
    let all = rows.reduce(0) { $0 + ($1["articles"] as Double) }
    return Dictionary(
      uniqueKeysWithValues: rows.map {
        ($0["language"], ($0["articles"] as Double) / max(all, few))
      })
  }
}

extension Views {
  /// The language of an article as it was folded; nil where it is not known.
  public func language(of article: Article.ID) throws -> String? {
    try read { db in
      try db.first("SELECT language FROM article WHERE id = ?", [article.rawValue])
        .flatMap { $0["language"] }
    }
  }
}
