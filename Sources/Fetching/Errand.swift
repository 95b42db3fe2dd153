public import Core
public import FoundationEssentials

/// A request beside a feed's polls, which a document gave reason for.
///
/// It goes when its site has time for it, keeps the site's gap and budget, and is lost with the process: nothing
/// that is known rests on it.
public struct Errand: Hashable, Sendable {
  public enum Purpose: Hashable, Sendable {
    /// Entries that passed unseen between `since` and the poll; `page` counts the documents asked for.
    case older(since: Date, page: Int)
    /// Whether the article that left the feed, as this revision of it, is gone from its address too.
    case presence(Article.ID, revision: Int)
    /// The whole text of an article, as this revision of it, of which the feed has only the beginning.
    case text(Article.ID, revision: Int)
    /// What its site allows us of its pages (RFC 9309).
    case robots
  }

  public var feed: Feed.ID

  /// What is asked for: http or https.
  public var address: String

  public var purpose: Purpose

  /// Creates an errand.
  public init(_ feed: Feed.ID, to address: String, _ purpose: Purpose) {
    (self.feed, self.address, self.purpose) = (feed, address, purpose)
  }

  /// Whether it asks for a page, of which a site is asked few in a day, rather than for entries.
  var isPage: Bool {
    if case .older = purpose { false } else { true }
  }
}
