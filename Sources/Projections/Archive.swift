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

  /// How much of a feed a document shows.
  public enum Scope: Hashable, Sendable {
    /// Its window: what is not there has left it.
    case window
    /// What is new since another document (RFC 3229), or was pushed: what is not there tells nothing.
    case delta
    /// Entries from before its window: only those that nobody knows count, and nothing else is learnt. Others
    /// of the same gap were found before.
    case older(found: Int)
  }

  /// A whole document of a feed, to be decided on.
  public struct Question: Hashable, Sendable {
    public var feed: Feed
    public var scope: Scope
    /// Whether articles are wanted that left the feed before older ones.
    public var asksAbsent = false
    public var candidates: [Candidate]
    /// The ids of entries that the document says are gone.
    public var deleted: [String]
    /// What the polls before know.
    public var pace: Pace
    /// When it was asked for.
    public var now: Date

    public init(
      _ candidates: [Candidate], deleted: [String] = [], of feed: Feed, scope: Scope = .window,
      pace: Pace = Pace(), at now: Date
    ) {
      (self.candidates, self.deleted, self.feed, self.scope) = (candidates, deleted, feed, scope)
      (self.pace, self.now) = (pace, now)
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
    /// Articles that are not in the feed any more, while older ones are; only where they were asked for.
    public var absent: [Article] = []
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

  /// The facts in each document that the log does not have: new, edited, or seen in another feed too;
  /// before them what the document says of the feed itself.
  ///
  /// All are looked up at one position. Nil for a document that must be asked of again once what stands
  /// before it is folded: it is of the same feed, or shows an address at which that brings an article.
  /// `reader` tells which entities an article names.
  public func news(in documents: [Question], reader: ArticleReader? = nil) throws -> [News?] {
    try views.read { db in
      let seen = try Int64.fetchOne(db, sql: "SELECT position FROM checkpoint") ?? 0
      var claims = Claims()
      return try documents.map { document in
        guard !claims.concern(document) else { return nil }
        let news = try news(in: document, db, Position(rawValue: UInt64(seen)), reader)
        claims.note(news, of: document)
        return news
      }
    }
  }

  private func news(
    in document: Question, _ db: Database, _ seen: Position, _ reader: ArticleReader?
  ) throws -> News {
    let (feed, candidates, now) = (document.feed, document.candidates, document.now)
    let shelf = Shelf(db, feed.id)
    if case .older(let found) = document.scope {
      return try olderNews(in: document, found, shelf, seen, reader)
    }
    let ladder = Ladder(shelf, held: feed.identity)
    let (policy, rekeyed) = try ladder.policy(for: candidates, at: now)
    var sorting = try Sorting(shelf, policy ?? .id, passedOver, reader)
    var events = try sorting.events(for: candidates)
    let new = events.count { $0.kind == .articlePublished || $0.kind == .articleSighted }
    var heads = [rekeyed].compactMap(\.self)
    if let habits = try Views.habits(of: feed.id, in: db) {
      if habits.isSurge(events) { events = events.map(\.ofSurge) }
      let window = Window(entries: candidates.count, new: new, news: events)
      if rekeyed == nil, document.scope == .window,
        let gap = habits.gap(of: feed.id, before: window, document.pace, now)
      {
        heads.append(gap)
      }
    }
    events += try sorting.withdrawals(of: document.deleted, at: now)
    var news = News(events: heads + events, seen: seen, identity: policy, new: new)
    if document.asksAbsent, document.scope == .window {
      news.absent = try shelf.absent(from: candidates, standingFor: sorting.present, at: now)
    }
    return news
  }

  /// What nobody knows of a document from before the feed's window, told apart as the feed's own are.
  ///
  /// Such documents tell less of an article than the feed does: none of them is an edit.
  private func olderNews(
    in document: Question, _ found: Int, _ shelf: Shelf, _ seen: Position, _ reader: ArticleReader?
  ) throws -> News {
    let policy = try document.feed.identity ?? Views.identity(of: shelf.feed, in: shelf.db) ?? .id
    let unknown = try document.candidates.filter { try !isKnown($0, policy, shelf) }
    var sorting = try Sorting(shelf, policy, passedOver, reader)
    var events = try sorting.events(for: unknown).filter { $0.kind == .articlePublished }
    if let habits = try Views.habits(of: shelf.feed, in: shelf.db),
      habits.isSurge(events, after: found)
    {
      events = events.map(\.ofSurge)
    }
    return News(events: events, seen: seen, identity: policy, new: events.count)
  }

  /// Whether an entry from elsewhere, that may lack what the feed tells its own apart by, is known by what it has.
  private func isKnown(
    _ entry: Candidate, _ policy: IdentityPolicy, _ shelf: Shelf
  ) throws -> Bool {
    if policy == .id, entry.keys.id != nil { return false }
    let isAtKnownPlace = try entry.keys.address.map(shelf.holds) ?? false
    if policy < .addressAndTitle { return isAtKnownPlace }
    guard entry.article.text.isEmpty else { return false }
    return try isAtKnownPlace || shelf.holdsTitle(of: entry.keys)
  }

  /// An article as it is known by now, unless it was taken back, and the position up to which it was looked.
  public func article(_ id: Article.ID) throws -> (article: Article, seen: Position)? {
    try views.read { db in
      let seen = try Int64.fetchOne(db, sql: "SELECT position FROM checkpoint") ?? 0
      return try Views.articles(
        db,
        """
        SELECT kind, event FROM article JOIN revision USING (position)
        WHERE id = ? AND withdrawn IS NULL
        """, [id.rawValue]
      ).first.map { ($0, Position(rawValue: UInt64(seen))) }
    }
  }

  /// Those of `feeds` of which anything was ever taken; until then a feed's entries are its backlog.
  public func known(_ feeds: [Feed.ID]) throws -> Set<Feed.ID> {
    try views.read { db in
      Set(
        try feeds.filter { feed in
          try db.first("SELECT 1 FROM feed WHERE id = ? AND fetched > 0", [feed.rawValue]) != nil
        })
    }
  }
}
