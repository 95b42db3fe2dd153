public import Core
public import Curl
public import FoundationEssentials

/// One poll to be made: whom to ask, what is known, and what it may use on the way.
public struct Question: Sendable {
  /// Waits until a redirect may be followed to an address.
  ///
  /// Throws ``PollDeferred`` if that may take long, `CancellationError` if nobody waits any more.
  public typealias Pass = @Sendable (HTTPAddress) async throws -> Void

  public var feed: Feed
  public var options: PollOptions

  /// What was remembered when it began, perhaps without validators.
  public var state: PollState

  /// When it began.
  public var now: Date

  /// The way through the sites' gates; `nil` where there are none.
  public var pass: Pass?

  /// Whether it is the page of an article that is asked for, rather than a feed.
  public var isPage = false

  /// The memory that its bodies are counted against; `nil` if nobody counts.
  public var share: BodyShare?

  /// Creates a question.
  public init(
    _ feed: Feed, options: PollOptions = PollOptions(), state: PollState, now: Date,
    pass: Pass? = nil, share: BodyShare? = nil
  ) {
    self.feed = feed
    self.options = options
    self.state = state
    self.now = now
    self.pass = pass
    self.share = share
  }
}

/// Thrown when a poll cannot go on for now, through no fault of the feed: it counts as not made.
public enum PollDeferred: Error, Hashable, Sendable {
  /// There is no memory for its body beside the others'.
  case crowded
  /// A redirect leads to a site that is left alone until then.
  case closed(until: Date)
}
