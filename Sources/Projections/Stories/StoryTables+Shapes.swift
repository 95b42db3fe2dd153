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
    for key in old.subtracting(new) { try forget(key, of: story) }
    for key in new.subtracting(old) {
      try db.run("INSERT INTO story_key VALUES (?, ?)", [Int64(bitPattern: key), story])
    }
    try db.run(
      "INSERT OR REPLACE INTO story_shape VALUES (?, ?, ?)", [story, last, Data(shape.bytes)])
  }

  /// Takes out by what a story is found.
  func removeShape(of story: Int64) throws {
    for key in try standing(of: story)?.shape.keys ?? [] { try forget(key, of: story) }
    try db.run("DELETE FROM story_shape WHERE story = ?", [story])
  }

  private func forget(_ key: UInt64, of story: Int64) throws {
    try db.run(
      "DELETE FROM story_key WHERE key = ? AND story = ?", [Int64(bitPattern: key), story])
  }

  /// Counts the articles and independent sources of a story, and when it moved last.
  ///
  /// Copies count as one source: that of their original.
  func tally(_ story: Int64, title: Int64) throws {
    try db.run(
      """
      UPDATE story SET title = ?2, (articles, sources, last) = (
        SELECT count(*), count(DISTINCT first.source), max(own.seen)
        FROM story_article AS own CROSS JOIN story_article AS first ON first.position = own.original
        WHERE own.story = ?1)
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
    let articles = try Int64.fetchAll(
      try db.cachedStatement(
        sql: """
          SELECT position FROM story_article
          WHERE position > (SELECT position FROM story_horizon) AND seen < ?
          ORDER BY position LIMIT ?
          """), arguments: [end, Self.forgotten])
    for article in articles { try forgetBands(of: article) }
    guard let last = articles.last else { return }
    try db.run("UPDATE story_horizon SET position = ?", [last])
  }

  private func forgetBands(of position: Int64) throws {
    guard let article = try text(at: position) else { return }
    for band in MinHash.bands(of: StoryPiece.fingerprint(article.title, article.wording)) {
      try db.run(
        "DELETE FROM story_band WHERE band = ? AND position = ?",
        [Int64(bitPattern: band), position])
    }
  }
}

extension StoryShape {
  /// The terms by which the story is found.
  fileprivate var keys: [UInt64] { sum.keys.map(\.term) }
}
