import Core
import Synchronization

/// The states of articles that were seen and not kept, since there were too many of them.
///
/// Only their number enters the log, with the next revision that is kept; a restart forgets it.
final class PassedOver: Sendable {
  private struct Seen {
    var revision: Int
    var hash: String
    var count: Int
  }

  /// Articles that are remembered.
  private static let limit = 1_000

  private let seen = Mutex<[Article.ID: Seen]>([:])

  /// Notes that `new` was seen after the revision `old`; the same state twice in a row counts once.
  func note(_ new: Article, after old: Article) {
    seen.withLock { seen in
      if seen.count >= Self.limit, seen[old.id] == nil { seen.removeAll() }
      var known = seen[old.id] ?? Seen(revision: old.revision, hash: "", count: 0)
      if known.revision != old.revision {
        known = Seen(revision: old.revision, hash: "", count: 0)
      }
      if known.hash != new.contentHash { known.count += 1 }
      known.hash = new.contentHash
      seen[old.id] = known
    }
  }

  /// How many there were; nil for none.
  func count(after old: Article) -> Int? {
    seen.withLock { seen in
      guard let known = seen[old.id], known.revision == old.revision else { return nil }
      return known.count
    }
  }
}
