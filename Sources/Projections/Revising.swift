import Core
import FoundationEssentials
import GRDB

/// Decides whether another state of a known article is a revision of it.
struct Revising {
  /// Revisions of one article within a day, above which one an hour is kept.
  private static let dailyLimit = 24
  /// How many revisions back a content that comes again is looked for.
  private static let flapReach = 8

  let shelf: Shelf
  let policy: IdentityPolicy
  let passedOver: PassedOver
  /// Reads with the words in force; nil where nobody asks for entities.
  let reader: ArticleReader?

  /// The fact that `new`, whose address did not answer for a while, stands in its feed again.
  func resurrection(of old: Article, as new: Article) -> Event {
    var revised = new
    revised.id = old.id
    revised.revision = old.revision + 1
    let revision = Revision(previous: old.revision, changed: [], isDeclared: false)
    return Event(at: new.seen, .articleRevised(revised, revision))
  }

  /// The facts that make `new` the next revision of `old`; none where nothing differs that counts.
  func events(from old: Article, to new: Article) throws -> [Event] {
    guard old.contentHash != new.contentHash,
      let edit = edit(from: old, to: new, reader), try !isFlap(old, new)
    else { return [] }
    guard try !isTooSoon(old, new) else {
      passedOver.note(new, after: old)
      return []
    }
    var revised = new
    revised.id = old.id
    revised.revision = old.revision + 1
    let revision = Revision(
      previous: old.revision, changed: edit.changed, classes: edit.classes.map(\.rawValue),
      isDeclared: edit.isDeclared, passedOver: passedOver.count(after: old))
    var events = [Event(at: new.seen, .articleRevised(revised, revision))]
    if edit.classes.contains(.retracted) {
      events.append(
        Event(at: new.seen, .articleWithdrawn(old.id, revision: revised.revision, .notice)))
    }
    return events
  }

  private func edit(from old: Article, to new: Article, _ reader: ArticleReader? = nil) -> Edit? {
    let edit = Edit(from: old, to: new, reader: reader)
    // Addresses that are made anew for each poll are no edits.
    return policy == .content ? edit?.without("url") : edit
  }

  /// Whether a content comes back a second time: two servers that do not agree, not an author.
  private func isFlap(_ old: Article, _ new: Article) throws -> Bool {
    guard old.revision >= 3 else { return false }
    return try shelf.revisions(of: old.id, newest: Self.flapReach)
      .count { edit(from: $0, to: new) == nil } >= 2
  }

  /// Whether the article has had its revisions for today, and one for this hour.
  private func isTooSoon(_ old: Article, _ new: Article) throws -> Bool {
    guard old.revision > Self.dailyLimit, new.seen.timeIntervalSince(old.seen) < 3_600 else {
      return false
    }
    let first = try shelf.revisions(of: old.id, newest: Self.dailyLimit).last
    return first.map { new.seen.timeIntervalSince($0.seen) < 86_400 } ?? false
  }
}
