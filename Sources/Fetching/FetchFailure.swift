/// Why a poll brought neither a feed nor a 304 that was asked for.
public struct FetchFailure: Error, Hashable, Sendable {
  /// The names operators see, one for each way to fail.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case dns, connect, refusedAddress, tls, timeout, reset, tooLarge, truncated, encoding
    case `protocol`, redirect
    case notAFeed, unreadable, empty
    case client, unauthorised, blocked, notFound, gone, rateLimited, serverError
  }

  public var kind: Kind

  /// The status of the answer; `nil` if none came.
  public var status: Int?

  /// One clause for people: what it was and what they can do.
  public var message: String

  /// How long the publisher asked to be left alone, within ``Limits/retryAfter``.
  public var retryAfter: Duration?

  /// Creates a failure.
  public init(
    _ kind: Kind, _ message: String, status: Int? = nil, retryAfter: Duration? = nil
  ) {
    self.kind = kind
    self.message = message
    self.status = status
    self.retryAfter = retryAfter
  }
}
