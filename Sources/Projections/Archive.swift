public import Core
public import EventLog
public import FoundationEssentials
import GRDB

/// Decides which of a feed's articles are news, against everything that is known.
public struct Archive: Sendable {
  /// An entry as a poll brought it.
  public struct Candidate: Hashable, Sendable {
    /// Its name is given by the feed's policy.
    public var article: Article
    public var keys: EntryKeys
    /// How it counts if it is new.
    public var origin: Origin

    public init(article: Article, keys: EntryKeys, origin: Origin) {
      self.article = article
      self.keys = keys
      self.origin = origin
    }
  }

  /// What is to be appended, and the position up to which it was looked.
  public struct News: Hashable, Sendable {
    public var events: [Event]
    public var seen: Position
    /// What tells the feed's entries apart from here on; nil while it never had any.
    public var identity: IdentityPolicy?
    /// Entries that the feed did not show before.
    public var new: Int
  }

  /// How a feed was polled before, as far as that is remembered.
  public struct Pace: Hashable, Sendable {
    /// When its window was last seen, with news or without.
    public var lastSeen: Date?
    /// New entries a day.
    public var rate: Double

    public init(lastSeen: Date? = nil, rate: Double = 0) {
      (self.lastSeen, self.rate) = (lastSeen, rate)
    }
  }

  private let views: Views
  private let passedOver = PassedOver()

  public init(_ views: Views) {
    self.views = views
  }

  /// The facts in `candidates`, a whole document of `feed`, that the log does not have: new, edited, or seen
  /// in another feed too; before them what the document says of the feed itself.
  ///
  /// `deleted` are the ids of entries that the document says are gone; `pace` is what the polls before know;
  /// `reader` tells which entities an article names.
  public func news(
    in candidates: [Candidate], deleted: [String] = [], of feed: Feed, at now: Date,
    pace: Pace = Pace(), reader: ArticleReader? = nil
  ) throws -> News {
    try views.read { db in
      let seen = try Int64.fetchOne(db, sql: "SELECT position FROM checkpoint") ?? 0
      let shelf = Shelf(db, feed.id)
      let ladder = Ladder(shelf, held: feed.identity)
      let (policy, rekeyed) = try ladder.policy(for: candidates, at: now)
      var sorting = try Sorting(shelf, policy ?? .id, passedOver, reader)
      var events = try sorting.events(for: candidates)
      let new = events.count { $0.kind == .articlePublished || $0.kind == .articleSighted }
      var heads = [rekeyed].compactMap(\.self)
      if let habits = try Views.habits(of: feed.id, in: db) {
        if habits.isSurge(events) { events = events.map(\.ofSurge) }
        let window = Window(entries: candidates.count, new: new, news: events)
        if rekeyed == nil, let gap = habits.gap(of: feed.id, before: window, pace, now) {
          heads.append(gap)
        }
      }
      events += try sorting.withdrawals(of: deleted, at: now)
      return News(
        events: heads + events, seen: Position(rawValue: UInt64(seen)), identity: policy, new: new)
    }
  }

  /// Whether anything of `feed` was ever taken; until then its entries are its backlog.
  public func knows(_ feed: Feed.ID) throws -> Bool {
    try views.read { db in
      try Int.fetchOne(
        db, sql: "SELECT fetched FROM feed WHERE id = ?", arguments: [feed.rawValue]) ?? 0 > 0
    }
  }
}
