import Core
import FoundationEssentials
import GRDB
import Text

/// Stories as rows of the views, for one record.
///
///     story           a story, by the position of what opened it
///     story_article   an article, by the position at which it was first seen: its story, what it copies
///     story_shape     what stories that may go on are about, and story_key the terms they are found by
///     story_band      by what copies of the last month are found
///     story_term      how many articles hold a term; story_language how many there are of a language
///     story_tail      the terms of the last articles, which are in none of the two yet
final class StoryTables: StoryStore {
  static let names = [
    "story", "story_article", "story_shape", "story_key", "story_band", "story_term",
    "story_language", "story_tail", "story_horizon",
  ]

  let db: Database
  private let background: Background
  private(set) var counts: TermCounts
  /// The article that is being put into its story.
  var article: Article?
  /// What was read of stories.
  var standings: [Int64: StoryStanding]

  /// The tables for one record; `counts` is what those before it counted, `standings` what they read.
  init(
    _ db: Database, _ background: Background, _ counts: TermCounts,
    _ standings: [Int64: StoryStanding]
  ) {
    (self.db, self.background, self.counts) = (db, background, counts)
    self.standings = standings
  }

  static func create(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE story (
          number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, last REAL NOT NULL,
          articles INTEGER NOT NULL, sources INTEGER NOT NULL, title INTEGER NOT NULL,
          continues INTEGER, merged INTEGER);
        CREATE INDEX story_last ON story (last) WHERE merged IS NULL;
        CREATE INDEX story_merged ON story (merged) WHERE merged IS NOT NULL;
        CREATE INDEX story_rank ON story (sources DESC, articles DESC, last DESC) WHERE merged IS NULL;
        CREATE TABLE story_article (
          position INTEGER PRIMARY KEY, article TEXT NOT NULL UNIQUE, story INTEGER NOT NULL,
          original INTEGER NOT NULL, seen REAL NOT NULL, published REAL NOT NULL, source TEXT NOT NULL);
        CREATE INDEX story_article_story ON story_article (story, original, source, seen);
        CREATE INDEX story_article_original ON story_article (original) WHERE original <> position;
        CREATE TABLE story_shape (story INTEGER PRIMARY KEY, last REAL NOT NULL, shape BLOB NOT NULL);
        CREATE INDEX story_shape_last ON story_shape (last);
        CREATE TABLE story_key (
          key INTEGER NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (key, story)) WITHOUT ROWID;
        CREATE TABLE story_band (
          band INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (band, position))
          WITHOUT ROWID;
        CREATE TABLE story_term (term INTEGER PRIMARY KEY, articles INTEGER NOT NULL);
        CREATE TABLE story_language (
          language TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE story_tail (
          position INTEGER PRIMARY KEY, language TEXT NOT NULL, terms BLOB NOT NULL);
        CREATE TABLE story_horizon (
          number INTEGER PRIMARY KEY CHECK (number = 1), position INTEGER NOT NULL);
        INSERT INTO story_horizon VALUES (1, 0);
        """)
  }

  func contains(_ article: Article.ID) throws -> Bool {
    try db.first("SELECT 1 FROM story_article WHERE article = ?", [article.rawValue]) != nil
  }

  // MARK: Terms

  func shares(of terms: [UInt64], in language: String) throws -> TermShares {
    let known = background.shares(of: terms, in: language)
    let seen = try counts.shares(of: terms, in: language, db)
    return TermShares(
      documents: known.documents + seen.documents, terms: zip(known.terms, seen.terms).map(+))
  }

  func count(_ terms: [UInt64], in language: String, of article: Int64) throws {
    try counts.add(terms, in: language, of: article, db)
  }

  // MARK: Copies

  func sharers(of bands: [UInt64], limit: Int) throws -> [Int64] {
    var found: [Int64] = []
    try Self.sharing.rows(bands.map(Int64.init(bitPattern:)), in: db) { found.append($1[0]) }
    return StorySorter.ranked(found, limit: limit)
  }

  private static let sharing = ManyNumbers(each: {
    """
    SELECT position FROM story_band WHERE band = \($1)
    ORDER BY position DESC LIMIT \(StorySorter.sharers)
    """
  })

  func print(of article: Int64) throws -> StoryPrint? {
    guard let row = try db.first("SELECT * FROM story_article WHERE position = ?", [article]),
      let text = try self.text(at: article)
    else { return nil }
    return StoryPrint(
      article: article, story: row["story"], original: row["original"], seen: row["seen"],
      published: row["published"], fingerprint: StoryPiece.fingerprint(text.title, text.wording))
  }

  /// The article as it was when it was put into its story.
  func text(at position: Int64) throws -> Article? {
    try db.first("SELECT kind, event FROM revision WHERE position = ?", [position])
      .flatMap { try Article($0) }
  }

  func move(copiesOf old: Int64, to new: Int64) throws {
    try db.run(
      """
      UPDATE story_article SET original = ?1
      WHERE position = ?2 OR original = ?2 AND original <> position
      """, [new, old])
  }

  // MARK: Stories

  func stories(with keys: [UInt64]) throws -> [[Int64]] {
    var found = keys.map { _ in [Int64]() }
    try Self.having.rows(keys.map(Int64.init(bitPattern:)), in: db) { before, row in
      found[before + row[0]].append(row[1])
    }
    return found
  }

  private static let having = ManyNumbers(each: {
    """
    SELECT \($0), story FROM story_key WHERE key = \($1)
    ORDER BY story DESC LIMIT \(StorySorter.found)
    """
  })

  func standing(of story: Int64) throws -> StoryStanding? {
    if let known = standings[story] { return known }
    let standing = try db.first("SELECT last, shape FROM story_shape WHERE story = ?", [story])
      .flatMap { row in
        StoryShape([UInt8](row["shape"] as Data)).map {
          StoryStanding(story: story, last: row["last"], shape: $0)
        }
      }
    standings[story] = standing
    return standing
  }

  func keep(_ print: StoryPrint, bands: [UInt64], in standing: StoryStanding) throws {
    guard let article else { return }
    try db.run(
      "INSERT INTO story_article VALUES (?, ?, ?, ?, ?, ?, ?)",
      [
        print.article, article.id.rawValue, print.story, print.original, print.seen,
        print.published, article.source,
      ])
    try Self.putBands.run(bands.map(Int64.init(bitPattern:)), print.article, in: db)
    if standing.story == print.article {
      try db.run(
        "INSERT INTO story VALUES (?, ?, ?, 1, 1, ?, ?, NULL)",
        [
          standing.story, Article.story(of: article.id).rawValue, print.seen, print.article,
          standing.continues,
        ])
    }
    try put(standing.shape, of: standing.story, last: standing.last)
    if standing.story != print.article {
      try tally(standing.story, title: standing.shape.title ?? standing.story)
    }
  }

  private static let putBands = ManyNumbers(values: {
    "INSERT OR IGNORE INTO story_band SELECT column1, ?33 FROM (\($0)) WHERE column1 IS NOT NULL"
  })
}
