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

  /// Transfers in flight at once to one private address.
  static let privateTransfers = 8

  /// From start to start of two requests to one public site.
  static let siteGap: Double = 2

  /// Feeds claimed in one transaction.
  static let claims = 64

  /// Settled polls that are saved together at the latest.
  static let settlements = 256

  /// Seconds a settled poll waits for others before it is saved.
  static let settlementDelay = 0.1
}
