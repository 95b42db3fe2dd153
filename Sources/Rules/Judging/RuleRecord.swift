public import Core
public import FoundationEssentials
public import Text

/// A record of the log as rules see it.
public struct RuleRecord: Sendable {
  public enum Fact: Sendable {
    /// A new article with its origin, or a revision of a known one.
    case article(Article, Origin?, Revision?, Reading)
    case withdrawn(Article.ID, Withdrawal)
    /// A document of the feed with so many new articles.
    case fetched(Feed.ID, published: Int)
    /// A feed fails, or is gone; why, in the words of who said so.
    case failed(Feed.ID, String = "")
    case recovered(Feed.ID)
    /// About so many entries of a feed were never seen.
    case gapped(Feed.ID, missed: Int)
    case followed(Feed.ID)
    case unfollowed(Feed.ID)
    case networkLost(hosts: [String] = [])
    case networkReturned
    /// An outlet takes no lines, and why.
    case outletFailed(String, String)
    /// An outlet that took none is configured no more.
    case outletRemoved(String)
    /// An outlet took a line.
    case delivered(String)
    /// The configuration was read anew; where there are faults the old one stays.
    case reread(faults: [String])
    /// The daemon starts.
    case started
    case acknowledged(Alert.ID)
    /// A person silences rules.
    case silenced(Silence)
    /// A person ended a silence before its time.
    case lifted(Silence.ID)
    /// The daemon stops.
    case stopped
    /// It moves time.
    case other
  }

  public var position: UInt64
  /// Log time.
  public var at: Date
  public var fact: Fact
  /// Of the article in it; nil where nobody tells stories.
  public var told: ArticleStory?

  public init(position: UInt64, at: Date, _ fact: Fact, told: ArticleStory? = nil) {
    self.position = position
    self.at = at
    self.fact = fact
    self.told = told
  }
}

/// What is to be done about a record.
public enum Decision: Hashable, Sendable {
  case raise(Alert)
  case change(Alert)
  case hold(AlertHold)
}
