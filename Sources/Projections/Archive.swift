public import Core
public import EventLog
import FoundationEssentials
import GRDB
import Text

/// Decides which of a feed's articles are news, against everything that is known.
public struct Archive: Sendable {
  /// An article as a poll brought it.
  public struct Candidate: Hashable, Sendable {
    public var article: Article
    /// How it counts if it is new.
    public var origin: Origin

    public init(article: Article, origin: Origin) {
      self.article = article
      self.origin = origin
    }
  }

  /// What is to be appended, and the position up to which it was looked.
  public struct News: Hashable, Sendable {
    public var events: [Event]
    public var seen: Position
  }

  private let views: Views

  public init(_ views: Views) {
    self.views = views
  }

  /// The facts in `candidates` that the log does not have: new, edited, or seen in another feed too.
  public func news(in candidates: [Candidate]) throws -> News {
    try views.read { db in
      let seen = try Int64.fetchOne(db, sql: "SELECT position FROM checkpoint") ?? 0
      var known = Known(db, among: candidates)
      let events = try candidates.compactMap { try known.event(for: $0) }
      return News(events: events, seen: Position(rawValue: UInt64(seen)))
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

/// What is known while one document is looked through.
private struct Known {
  private let db: Database
  /// The articles of this document.
  private let present: Set<Article.ID>
  /// Those looked at already, and at which address under which titles.
  private var taken: Set<Article.ID> = []
  private var titles: [String: Set<String>] = [:]

  init(_ db: Database, among candidates: [Archive.Candidate]) {
    self.db = db
    present = Set(candidates.map(\.article.id))
  }

  mutating func event(for candidate: Archive.Candidate) throws -> Event? {
    let article = candidate.article
    guard taken.insert(article.id).inserted else { return nil }
    guard try !RedactionView.contains(article.id, in: db) else { return nil }
    if let old = try find("id = ?", article.id.rawValue) { return revision(of: old, article) }
    if let address = article.url.map(AddressKey.of) {
      // A guid that changed is no news, nor is an article that another feed had first. But where the
      // old one stands in this document too, it is another: live pages have many at one address.
      if let old = try find("address = ?", address), isSame(old, article) {
        guard present.contains(old.id) else { return try sighting(of: old, in: article) }
        titles[address, default: []].insert(Words(old.title).joined)
      }
      let title = Words(article.title).joined
      guard titles[address, default: []].insert(title).inserted else { return nil }
    }
    return Event(
      at: article.published ?? article.seen, .articlePublished(article, candidate.origin))
  }

  private func find(_ condition: String, _ value: String) throws -> Article? {
    try db.first(
      """
      SELECT kind, event FROM article JOIN revision USING (position) WHERE \(condition)
      ORDER BY number LIMIT 1
      """, [value]
    ).flatMap { try Article($0) }
  }

  /// Whether two articles at one address are one: not, if they share next to no words.
  ///
  /// Live pages and links to a home page carry many articles at one address.
  private func isSame(_ a: Article, _ b: Article) -> Bool {
    let first = Set(Words(a.title + "\n" + a.text).words.map(\.hash))
    let second = Set(Words(b.title + "\n" + b.text).words.map(\.hash))
    guard !first.isEmpty, !second.isEmpty else { return true }
    return first.intersection(second).count * 5 >= min(first.count, second.count)
  }

  private func sighting(of old: Article, in article: Article) throws -> Event? {
    guard old.feed != article.feed else {
      var edited = article
      edited.id = old.id
      return revision(of: old, edited)
    }
    let isTold = try Bool.fetchOne(
      db, sql: "SELECT 1 FROM sighting WHERE article = ? AND feed = ?",
      arguments: [old.id.rawValue, article.feed.rawValue])
    return isTold == nil ? Event(at: article.seen, .articleSighted(old.id, in: article.feed)) : nil
  }

  private func revision(of old: Article, _ new: Article) -> Event? {
    guard old.contentHash != new.contentHash else { return nil }
    let changed = Edit.changed(from: old, to: new)
    guard !changed.isEmpty else { return nil }
    var revised = new
    revised.revision = old.revision + 1
    let isDeclared =
      new.updated.map { updated in old.updated.map { updated > $0 } ?? true } ?? false
    let revision = Revision(
      previous: old.revision, changed: changed, classes: Edit.classes(changed),
      isDeclared: isDeclared)
    return Event(at: new.seen, .articleRevised(revised, revision))
  }
}
