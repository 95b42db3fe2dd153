public import FoundationEssentials
import GRDB

/// A sudden rise of a key.
public struct Burst: Hashable, Sendable {
  /// An entity or a topic.
  public var key: String
  public var opened: Date
  /// Nil while it lasts.
  public var closed: Date?
  /// The most in one hour.
  public var sources: Int
}

extension Views {
  /// Bursts that lasted at `since` or later, the newest first.
  public func bursts(since: Date?, limit: Int) throws -> [Burst] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM burst WHERE ifnull(closed, 1e300) >= ? ORDER BY opened DESC, key LIMIT ?
          """, arguments: [since?.timeIntervalSince1970 ?? 0, limit]
      ).map { row in
        Burst(
          key: row["key"], opened: Date(timeIntervalSince1970: row["opened"]),
          closed: (row["closed"] as Double?).map(Date.init(timeIntervalSince1970:)),
          sources: row["sources"])
      }
    }
  }
}
