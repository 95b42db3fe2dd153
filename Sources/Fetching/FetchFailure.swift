import Curl

/// Why a poll brought neither a feed nor a 304 that was asked for.
public struct FetchFailure: Hashable, Sendable {
  /// What is told apart: by waits, by `tidings feeds`, by metrics.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case dns, connect, refusedAddress, tls, timeout, reset, tooLarge, truncated, encoding
    case `protocol`, redirect, notAFeed, unreadable, empty
    case client, unauthorised, blocked, notFound, gone, rateLimited, serverError
  }

  public var kind: Kind
  public var status: Int?
  /// For people: what happened and what they can do.
  public var message: String
  public var retryAfter: Duration?

  public init(_ kind: Kind, status: Int? = nil, _ message: String, retryAfter: Duration? = nil) {
    self.kind = kind
    self.status = status
    self.message = message
    self.retryAfter = retryAfter
  }

  /// The coarser class that the log keeps.
  public var logClass: String {
    switch kind {
    case .client, .unauthorised, .blocked, .notFound, .gone, .rateLimited, .serverError: "http"
    case .tooLarge: "too_big"
    case .notAFeed: "not_a_feed"
    case .refusedAddress: "refused_address"
    default: kind.rawValue
    }
  }

  /// The failure that an error of the transfer is; nil where we ended it ourselves.
  init?(_ error: CurlError) {
    let kind: Kind
    switch error.kind {
    case .dns: kind = .dns
    case .connect: kind = .connect
    case .refusedAddress: kind = .refusedAddress
    case .tls: kind = .tls
    case .timeout: kind = .timeout
    case .reset: kind = .reset
    case .tooLarge: kind = .tooLarge
    case .truncated: kind = .truncated
    case .encoding: kind = .encoding
    case .protocol, .request: kind = .protocol
    case .system: kind = .connect
    case .cancelled, .closed: return nil
    }
    self.init(kind, error.message)
  }

  /// The failure that a status is (RFC 9110 §15).
  init(status: Int, isChallenge: Bool, retryAfter: Duration?) {
    let (kind, message): (Kind, String) =
      switch status {
      case 401, 407: (.unauthorised, "asks for credentials; check the address")
      case 403:
        (
          .blocked,
          isChallenge ? "wants a browser; ask the publisher" : "refuses us; ask the publisher"
        )
      case 404: (.notFound, "is not there; look for the feed's new address")
      case 410: (.gone, "was taken down for good; remove the feed")
      case 429: (.rateLimited, "asks us to come less often")
      case 408, 425, 500...: (.serverError, "the server has a fault; we try again")
      case 400..<500: (.client, "the server does not take the request; check the address")
      default: (.protocol, "an answer that makes no sense here")
      }
    self.init(kind, status: status, "HTTP \(status): \(message)", retryAfter: retryAfter)
  }
}
