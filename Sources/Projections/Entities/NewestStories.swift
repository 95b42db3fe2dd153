import GRDB

/// The stories that the newest articles of entities tell, each looked up once.
struct NewestStories {
  /// Articles of an alias that are looked at.
  private static let looked = 200

  private let db: Database
  private var known: [String: Set<Int64>] = [:]

  init(_ db: Database) { self.db = db }

  /// Whether newest articles of both are of one story, as those are that name both.
  mutating func areShared(_ first: String, _ second: String) throws -> Bool {
    try !stories(of: first).isDisjoint(with: stories(of: second))
  }

  private mutating func stories(of entity: String) throws -> Set<Int64> {
    if let known = known[entity] { return known }
    let aliases = try Int64.fetchAll(
      try db.cachedStatement(sql: "SELECT number FROM alias WHERE entity = ?"),
      arguments: [entity])
    var stories: Set<Int64> = []
    for alias in aliases { stories.formUnion(try self.stories(ofAlias: alias)) }
    known[entity] = stories
    return stories
  }

  private func stories(ofAlias alias: Int64) throws -> [Int64] {
    try Int64.fetchAll(
      try db.cachedStatement(
        sql: """
          SELECT story FROM (
            SELECT position FROM mention WHERE alias = ? ORDER BY position DESC LIMIT ?) AS newest
          CROSS JOIN revision USING (position) CROSS JOIN article ON article.number = revision.article
          CROSS JOIN story_article ON story_article.article = article.id
          """), arguments: [alias, Self.looked])
  }
}
