import Core
import FoundationEssentials
import GRDB
import Text

/// Sorts the entries of one document into what is new, edited, seen elsewhere, and known.
struct Sorting {
  private let shelf: Shelf
  private let policy: IdentityPolicy
  /// The names of articles that an entry of the document stands for already.
  private var claimed: Set<Article.ID> = []
  /// The articles that its entries stand for, one entry each.
  private(set) var present: Set<Article.ID> = []
  private let hasRedactions: Bool
  /// Articles of the feed whose addresses did not answer when they were asked.
  private let gone: Set<Article.ID>
  private let revising: Revising

  init(
    _ shelf: Shelf, _ policy: IdentityPolicy, _ passedOver: PassedOver, _ reader: ArticleReader?
  ) throws {
    (self.shelf, self.policy) = (shelf, policy)
    revising = Revising(shelf: shelf, policy: policy, passedOver: passedOver, reader: reader)
    gone = try shelf.gone()
    hasRedactions = try shelf.db.first("SELECT 1 FROM redacted LIMIT 1", []) != nil
  }

  mutating func events(for candidates: [Archive.Candidate]) throws -> [Event] {
    let named = candidates.map { candidate in
      var candidate = candidate
      candidate.article.id = candidate.keys.name(in: shelf.feed, by: policy)
      return candidate
    }
    // First those known by their names, then by address and title, so that no other entry passes for
    // an edit of theirs.
    var known: [Int: Article] = [:]
    for (index, candidate) in named.enumerated() {
      known[index] = try shelf.article(candidate.article.id)
    }
    claimed = Set(known.values.map(\.id))
    for (index, candidate) in named.enumerated() where known[index] == nil {
      known[index] = try twin(of: candidate)
    }
    var titles: Set<String> = []
    return try named.enumerated().flatMap { index, candidate in
      try events(for: candidate, known[index], &titles)
    }
  }

  /// The articles that the feed says are gone, by the ids of their entries.
  func withdrawals(of ids: [String], at now: Date) throws -> [Event] {
    try ids.compactMap { id in
      let name = EntryKeys(id: id, title: "", content: "").name(in: shelf.feed, by: .id)
      guard let article = try shelf.article(name) else { return nil }
      let event = Event(
        at: now, .articleWithdrawn(article.id, revision: article.revision, .tombstone))
      return try KnownEvents.contains(event.id, in: shelf.db) ? nil : event
    }
  }

  /// The article that has all but the name of an entry.
  private func twin(of candidate: Archive.Candidate) throws -> Article? {
    if policy < .content, candidate.keys.address != nil {
      return try shelf.twin(of: candidate.keys)
    }
    // With an id, and no address to fall back on, only a copy of the text shows that the id changed.
    return try shelf.copy(of: candidate.article, candidate.keys)
  }

  private mutating func events(
    for candidate: Archive.Candidate, _ known: Article?, _ titles: inout Set<String>
  ) throws -> [Event] {
    let article = candidate.article
    guard try !isRedacted(candidate, known) else { return [] }
    if let old = try known ?? occupant(of: candidate) {
      // Two entries for one article: the first counts.
      let isOwn = old.id == article.id || !claimed.contains(old.id)
      guard isOwn, present.insert(old.id).inserted else { return [] }
      guard old.feed == shelf.feed else { return try sighting(of: old, article) }
      let edits = try revising.events(from: old, to: article)
      return edits.isEmpty && gone.contains(old.id)
        ? [revising.resurrection(of: old, as: article)] : edits
    }
    guard present.insert(article.id).inserted else { return [] }
    if policy < .content, let twin = candidate.keys.key(by: .addressAndTitle),
      !titles.insert(twin).inserted
    {
      return []
    }
    return [
      Event(at: article.published ?? article.seen, .articlePublished(article, candidate.origin))
    ]
  }

  /// Whether a person had the words of an article taken out, under whichever name it had then.
  private func isRedacted(_ candidate: Archive.Candidate, _ known: Article?) throws -> Bool {
    guard hasRedactions else { return false }
    let names = candidate.keys.names(in: shelf.feed).union([known?.id].compactMap(\.self))
    return try names.contains { try RedactionView.contains($0, in: shelf.db) }
  }

  /// The article at an entry's address, if it can be no other.
  ///
  /// A guid that changed is no news, nor is an article that another feed had first. But where the old one
  /// stands in this document too, it is another; and where titles tell articles apart, addresses do not.
  private func occupant(of candidate: Archive.Candidate) throws -> Article? {
    guard policy < .addressAndTitle, let old = try shelf.occupant(of: candidate.keys),
      !claimed.contains(old.id), Likeness.isSame(old, candidate.article)
    else { return nil }
    return old
  }

  private func sighting(of old: Article, _ article: Article) throws -> [Event] {
    let isTold = try shelf.db.first(
      "SELECT 1 FROM sighting WHERE article = ? AND feed = ?",
      [old.id.rawValue, shelf.feed.rawValue])
    return isTold == nil ? [Event(at: article.seen, .articleSighted(old.id, in: shelf.feed))] : []
  }
}
