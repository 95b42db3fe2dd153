import Core
import FoundationEssentials

extension Shelf {
  /// Entries that must be older than an article that left, for one of them may be pinned to its place.
  private static let witnesses = 3
  /// Seconds after which nobody looks for an article any more.
  private static let oldest: TimeInterval = 7 * 86_400
  /// The newest articles of a feed that are looked at.
  private static let reach = 300

  /// The feed's articles that left its window although older ones stand in it, newest first.
  ///
  /// Only dates that the feed itself gave tell what is older. Three entries of the window must be, all of them
  /// where it has fewer.
  func absent(
    from window: [Archive.Candidate], standingFor present: Set<Article.ID>, at now: Date
  ) throws -> [Article] {
    let dates = window.compactMap(\.article.dated).sorted()
    guard !dates.isEmpty else { return [] }
    let border = dates[min(dates.count, Self.witnesses) - 1]
    return try newest(Self.reach).filter { article in
      guard let date = article.dated, article.url != nil, !present.contains(article.id) else {
        return false
      }
      return date > border && now.timeIntervalSince(article.seen) < Self.oldest
    }
  }
}

extension Article {
  /// When it was published, as its feed says; nil where that had to be guessed.
  fileprivate var dated: Date? { dateSource == .feed ? published : nil }
}
