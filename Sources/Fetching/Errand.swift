public import Core
public import FoundationEssentials

/// A request beside a feed's polls, which a document gave reason for.
///
/// It goes when its site has time for it, keeps the site's gap and budget, and is lost with the process: nothing
/// that is known rests on it.
public struct Errand: Hashable, Sendable {
  public enum Purpose: Hashable, Sendable {
    /// Entries that passed unseen.
    case older(Gap)
    /// Whether the article that left the feed, as this revision of it, is gone from its address too.
    case presence(Article.ID, revision: Int)
    /// The whole text of an article, as this revision of it, of which the feed has only the beginning.
    case text(Article.ID, revision: Int)
    /// What its site allows us of its pages (RFC 9309).
    case robots
  }

  /// The time in which entries passed unseen, and how far the search for them is.
  public struct Gap: Hashable, Sendable {
    public var since: Date
    public var until: Date
    /// Documents that lead to this one, itself among them.
    public var depth: Int
    /// Entries found in those before it.
    public var found: Int

    /// Creates the time from one poll to the next.
    public init(since: Date, until: Date, depth: Int = 1, found: Int = 0) {
      (self.since, self.until, self.depth, self.found) = (since, until, depth, found)
    }
  }

  public var feed: Feed.ID

  /// What is asked for: http or https.
  public var address: String

  public var purpose: Purpose

  /// Creates an errand.
  public init(_ feed: Feed.ID, to address: String, _ purpose: Purpose) {
    (self.feed, self.address, self.purpose) = (feed, address, purpose)
  }

  /// Whether it asks for a page rather than for entries.
  var isPage: Bool {
    if case .older = purpose { false } else { true }
  }

  /// Whether a site is asked for few of its kind in a day.
  var isCounted: Bool {
    switch purpose {
    case .presence, .text: true
    case .older, .robots: false
    }
  }
}
