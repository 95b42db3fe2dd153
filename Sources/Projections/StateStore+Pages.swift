public import Core
public import FoundationEssentials
import GRDB

/// What is remembered of the pages of articles that left their feeds.
extension StateStore {
  /// When a page was asked for last, and whether it was not there.
  public struct PageVisit: Hashable, Sendable {
    public var at: Date
    public var wasMissing: Bool

    public init(at: Date, wasMissing: Bool) {
      (self.at, self.wasMissing) = (at, wasMissing)
    }
  }

  /// Seconds after which a visit is forgotten.
  private static let memory: TimeInterval = 14 * 86_400

  /// What is remembered of the page of `article`.
  public func visit(of article: Article.ID) throws -> PageVisit? {
    try database.read { db in
      try Row.fetchOne(
        db, sql: "SELECT at, missing FROM page WHERE article = ?", arguments: [article.rawValue]
      ).map { row in
        PageVisit(at: Date(timeIntervalSince1970: row["at"]), wasMissing: row["missing"])
      }
    }
  }

  /// Remembers a visit to the page of `article`, and forgets those that are long over.
  ///
  /// - Throws: `ViewsError.full` where there is no room.
  public func note(_ visit: PageVisit, of article: Article.ID) throws {
    try ViewsError.naming(file) {
      try database.write { db in
        let now = visit.at.timeIntervalSince1970
        try db.run(
          "INSERT OR REPLACE INTO page VALUES (?, ?, ?)", [article.rawValue, now, visit.wasMissing])
        try db.run("DELETE FROM page WHERE at < ?", [now - Self.memory])
      }
    }
  }
}
