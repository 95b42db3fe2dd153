/// Bounds on what one poll, and all of them, may take.
public enum Limits {
  /// Redirects followed in one poll.
  public static let hops = 5

  /// Bytes of a validator that is kept.
  public static let validatorBytes = 1024

  /// The longest time a publisher's freshness, or our own interval, keeps us away.
  public static let longestInterval = Duration.seconds(86_400)

  /// The shortest and the longest `Retry-After` that is honoured as it stands.
  public static let retryAfter = Duration.seconds(60)...Duration.seconds(7 * 86_400)

  /// How long a feed is asked as often as politeness allows after a whole window passed unseen.
  static let hurry = Duration.seconds(86_400)

  /// The least time between two requests without conditions to a feed that gives validators.
  static let rescue = Duration.seconds(14 * 86_400)

  /// Answers that must agree on a new address, and days over which they must.
  static let moveAnswers = 5
  static let moveDays = 7.0

  /// Seconds after which the budget is shared anew.
  static let allocation = 600.0

  /// Seconds that a failure without any answer waits for what others say of the network.
  static let hold = 60.0

  /// Seconds by which a clock may go back unnoticed.
  static let clockStep = 5.0

  /// Seconds a redirect waits for its site at most; beyond, the poll is made later.
  static let hopWait = 60.0

  /// Seconds a name without an address is not asked for again.
  static let unknownHost = 60.0

  /// Errands that wait, of all feeds; what comes on top is left undone.
  static let errands = 10_000

  /// Pages of articles asked of a public site in a day (UTC).
  static let pagesPerDay = 100

  /// Bytes of an article's page, and the time it may take.
  static let pageBytes = 4 << 20
  static let pageTime = Duration.seconds(30)

  /// Seconds an errand waits for a network, or for room, before it is tried again.
  static let errandWait = 300.0

  /// Times that an errand without any answer is tried.
  static let errandTries = 3

  /// Seconds that a site is left alone which calls an errand one too many and does not say how long.
  static let errandPause = 3600.0

  /// Feeds claimed in one transaction.
  static let claims = 64

  /// Seconds that a free place waits for others, while nearly all are taken.
  static let claimDelay = 0.02

  /// Settled polls that are saved together at the latest.
  static let settlements = 256

  /// Seconds a settled poll waits for others before it is saved.
  static let settlementDelay = 0.1
}
