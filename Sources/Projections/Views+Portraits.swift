public import FoundationEssentials
import GRDB

/// A topic with how often it was in the news.
public struct TopicPortrait: Hashable, Sendable {
  public var count: MentionCount
  /// Oldest first.
  public var days: [DayCount]
}

/// Articles of a day (UTC), `2026-11-27`.
public struct DayCount: Hashable, Sendable {
  public var day: String
  public var articles: Int

  public init(day: String, articles: Int) {
    (self.day, self.articles) = (day, articles)
  }
}

extension Views {
  /// The topic with this id or name.
  public func topic(_ name: String, since: Date?) throws -> TopicPortrait? {
    guard let count = try topics(since: since).first(where: { $0.id == name || $0.name == name })
    else { return nil }
    let start = since.map { MentionDays.day($0.timeIntervalSince1970) } ?? .min
    let days = try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT date(day * 86400, 'unixepoch') AS day, articles FROM topic_day
          WHERE topic = ? AND day >= ? ORDER BY day
          """, arguments: [count.id, start])
    }
    return TopicPortrait(
      count: count, days: days.map { DayCount(day: $0["day"], articles: $0["articles"]) })
  }

  /// Breaks off what is being read; it fails as interrupted.
  public func interrupt() {
    database.interrupt()
  }
}
