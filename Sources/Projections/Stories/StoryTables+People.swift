import Core
import FoundationEssentials
import GRDB
import Text

/// What people say of stories; it holds whatever the sorter thinks, from its place in the log on.
extension StoryTables {
  /// Articles from which the shape of a story is made anew, the newest.
  private static let shaped = 100

  /// Makes one of several stories, under the name of the first; the other names lead to it.
  ///
  /// What is no story is passed over, for a fact cannot be refused.
  func merge(_ stories: [Story.ID], at time: Double) throws {
    let numbers = try stories.compactMap { try number(of: $0) }
    guard let first = numbers.first else { return }
    let others = Set(numbers.dropFirst()).subtracting([first]).sorted()
    guard !others.isEmpty else { return }
    for other in others {
      try removeShape(of: other)
      try db.run("UPDATE story_article SET story = ? WHERE story = ?", [first, other])
      try db.run(
        "UPDATE story SET merged = ?1 WHERE number = ?2 OR merged = ?2", [first, other])
    }
    try reshape(first, at: time)
  }

  /// Makes a story of its own of some articles of one; its number is the place of the word in the log.
  ///
  /// What is not in the story, and all of it at once, parts nothing.
  func split(
    _ articles: [Article.ID], off story: Story.ID, to number: Int64, at time: Double
  ) throws {
    guard let old = try self.number(of: story) else { return }
    let positions = try articles.compactMap { try position(of: $0, in: old) }
    let parted = Set(positions).sorted()
    let all = try Int.fetchOne(
      db, sql: "SELECT count(*) FROM story_article WHERE story = ?", arguments: [old])
    guard let first = parted.first, parted.count < all ?? 0 else { return }
    let id = Digest(of: ["tidings/1", "story", story.rawValue, String(number)])
    try db.run(
      "INSERT INTO story VALUES (?, ?, 0, 0, 0, ?, NULL, NULL)", [number, id.description, first])
    for position in parted {
      try db.run("UPDATE story_article SET story = ? WHERE position = ?", [number, position])
    }
    try reshape(old, at: time)
    try reshape(number, at: time)
  }

  /// The story with an id, or the one that it was merged into.
  private func number(of id: Story.ID) throws -> Int64? {
    try db.first("SELECT number, merged FROM story WHERE id = ?", [id.rawValue])
      .map { $0["merged"] ?? $0["number"] }
  }

  private func position(of article: Article.ID, in story: Int64) throws -> Int64? {
    try db.first(
      "SELECT position FROM story_article WHERE article = ? AND story = ?",
      [article.rawValue, story]
    ).map { $0["position"] }
  }

  /// Makes anew what a story is about, of the articles it has now and of terms as rare as they are now.
  private func reshape(_ story: Int64, at time: Double) throws {
    try removeShape(of: story)
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT story_article.position, seen, kind, event FROM story_article JOIN revision USING (position)
        WHERE story = ? ORDER BY story_article.position DESC LIMIT ?
        """, arguments: [story, Self.shaped])
    var shape: StoryShape?
    for row in rows.reversed() {
      guard let article = try Article(row) else { continue }
      let member = try member(article, row["position"], seen: row["seen"])
      if shape == nil { shape = StoryShape(member) } else { shape?.add(member) }
    }
    guard let shape, let last: Double = rows.first?["seen"] else { return }
    if last + StorySorter.known >= time { try put(shape, of: story, last: last) }
    try tally(story, title: shape.title ?? story)
  }

  private func member(
    _ article: Article, _ position: Int64, seen: Double
  ) throws -> StoryShape.Member {
    let language = try db.first("SELECT language FROM article WHERE id = ?", [article.id.rawValue])
    let piece = StoryPiece(article, position: position, seen: seen, language: language?["language"])
    let shares = try shares(of: piece.terms.terms.map(\.hash), in: piece.language)
    return StoryShape.Member(
      position, piece.terms.vectors(shares, language: piece.language))
  }
}
