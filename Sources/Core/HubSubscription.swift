public import FoundationEssentials

/// What is kept of one subscription to a feed's hub (WebSub, W3C Recommendation of 2018).
///
/// Bookkeeping, not fact: it lies beside the poll states, and losing it costs a new subscription.
public struct HubSubscription: Hashable, Sendable {
  /// How far it has come.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// The hub is to be asked, or was and has not verified that we want it.
    case asked
    /// The hub verified it, and its lease runs.
    case held
    /// The hub denied it.
    case refused
    /// It is to end; the hub is told so a few times.
    case leaving
  }

  public var feed: Feed.ID

  /// The address that the feed was followed at, and the one at which the hub was told to reach us: of another it
  /// knows nothing.
  public var address = ""
  public var callback = ""

  /// The hub's address.
  public var hub: String

  /// The address that the hub knows the feed by.
  public var topic: String

  /// The last part of the address at which the hub reaches us; nobody else can guess it.
  public var token: String

  /// What the hub signs with.
  public var secret: String

  /// Whether the hub may lie on a private network: it is the feed's own origin, for which that was allowed.
  public var isPrivate = false

  public var state = State.asked

  /// When it was made.
  public var since: Date

  /// When the hub is asked (again); `nil` if never.
  public var nextAsk: Date?

  /// How often it was asked since it last verified anything.
  public var asks = 0

  /// Until when the hub promised to push.
  public var leaseEnd: Date?

  /// Pushes that were taken.
  public var pushes = 0

  /// Pushes that were not: unsigned, wrongly signed or unreadable.
  public var dropped = 0

  /// What is wrong, for people; `nil` for nothing.
  public var message: String?

  /// Creates a subscription of which the hub knows nothing yet.
  public init(
    feed: Feed.ID, hub: String, topic: String, token: String, secret: String, since: Date
  ) {
    self.feed = feed
    self.hub = hub
    self.topic = topic
    self.token = token
    self.secret = secret
    self.since = since
    nextAsk = since
  }
}
