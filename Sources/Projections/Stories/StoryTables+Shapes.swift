import Core
import FoundationEssentials
import GRDB
import Text

extension StoryTables {
  /// Rows that go with one article at most, so that none waits for what gathered in a quiet time.
  private static let forgotten = 20

  /// Keeps what a story is about, and the terms it is found by.
  func put(_ shape: StoryShape, of story: Int64, last: Double) throws {
    let old = Set(try standing(of: story)?.shape.keys ?? [])
    let new = Set(shape.keys)
    try Self.takeKeys.run(old.subtracting(new).sorted(), story, in: db)
    try Self.putKeys.run(new.subtracting(old).sorted(), story, in: db)
    try db.run(
      "INSERT OR REPLACE INTO story_shape VALUES (?, ?, ?)", [story, last, Data(shape.bytes)])
    standings[story] = nil
  }

  /// Takes out by what a story is found.
  func removeShape(of story: Int64) throws {
    try Self.takeKeys.run(try standing(of: story)?.shape.keys ?? [], story, in: db)
    try db.run("DELETE FROM story_shape WHERE story = ?", [story])
    standings[story] = nil
  }

  private static let putKeys = ManyNumbers(values: {
    "INSERT INTO story_key SELECT column1, ?33 FROM (\($0)) WHERE column1 IS NOT NULL"
  })
  private static let takeKeys = ManyNumbers(list: {
    "DELETE FROM story_key WHERE key IN (\($0)) AND story = ?33"
  })

  /// Counts the articles and independent sources of a story, and when it moved last.
  ///
  /// Copies count as one source: that of their original. All it reads of others stands in one index.
  func tally(_ story: Int64, title: Int64) throws {
    try db.run(
      """
      UPDATE story SET title = ?2, (articles, sources, last) = (
        SELECT count(*), count(DISTINCT CASE original WHEN position THEN source ELSE (
          SELECT first.source FROM story_article AS first WHERE first.position = own.original) END),
          max(seen)
        FROM story_article AS own WHERE story = ?1)
      WHERE number = ?1
      """, [story, title])
  }

  // MARK: What is past

  /// Takes out by what stories and copies are found that are too old to be met again.
  func forget(before time: Double) throws {
    let end = time - StorySorter.known
    let stories = try Int64.fetchAll(
      try db.cachedStatement(
        sql: "SELECT story FROM story_shape WHERE last < ? ORDER BY last, story LIMIT ?"),
      arguments: [end, Self.forgotten])
    for story in stories { try removeShape(of: story) }
    let articles = try oldest(before: end)
    for article in articles { try forgetBands(of: article) }
    guard let last = articles.last else { return }
    try db.run("UPDATE story_horizon SET position = ?", [last])
  }

  /// The articles with bands that came before `end`.
  ///
  /// They came in the order of the log, so the first young one ends the search.
  private func oldest(before end: Double) throws -> [Int64] {
    let rows = try Row.fetchCursor(
      try db.cachedStatement(
        sql: """
          SELECT position, seen FROM story_article
          WHERE position > (SELECT position FROM story_horizon) ORDER BY position LIMIT ?
          """), arguments: [Self.forgotten])
    var articles: [Int64] = []
    while let row = try rows.next(), row["seen"] < end { articles.append(row["position"]) }
    return articles
  }

  private func forgetBands(of position: Int64) throws {
    guard let article = try text(at: position) else { return }
    let bands = MinHash.bands(of: StoryPiece.fingerprint(article.title, article.wording))
    try Self.takeBands.run(bands.map(Int64.init(bitPattern:)), position, in: db)
  }

  private static let takeBands = ManyNumbers(list: {
    "DELETE FROM story_band WHERE band IN (\($0)) AND position = ?33"
  })
}

extension StoryShape {
  /// The terms by which the story is found.
  fileprivate var keys: [Int64] { sum.keys.map { Int64(bitPattern: $0.term) } }
}
