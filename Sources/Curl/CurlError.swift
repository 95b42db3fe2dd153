/// Why a transfer brought no answer.
///
/// Every kind carries the same things, so this is a kind and a sentence; the sentence never
/// contains a password or a body.
public struct CurlError: Error, Hashable, Sendable {
  /// What callers tell apart.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The name has no address.
    case dns
    /// No connection came about.
    case connect
    /// Every address of the name lies where requests may not go.
    case refusedAddress
    /// The encrypted connection failed, or its certificate is not to be trusted.
    case tls
    /// It took too long, in all or without a sign of life.
    case timeout
    /// The connection broke before the answer began.
    case reset
    /// The answer is larger than allowed.
    case tooLarge
    /// There is no memory left for its body beside the others'.
    case crowded
    /// The connection broke before the answer ended.
    case truncated
    /// The body is coded in a way we did not offer, or is damaged.
    case encoding
    /// The answer breaks the rules of HTTP.
    case `protocol`
    /// The request itself cannot be sent: a bad address or header.
    case request
    /// The task that asked was cancelled.
    case cancelled
    /// The client is shut down.
    case closed
    /// This machine could not: memory, threads, files.
    case system
  }

  public let kind: Kind

  /// One clause in lower case, for people.
  public let message: String

  /// Whether the other side's certificate is not to be trusted: time alone does not mend it.
  public let isUntrusted: Bool

  /// Creates an error of `kind` that explains itself with `message`.
  public init(_ kind: Kind, _ message: String, isUntrusted: Bool = false) {
    self.kind = kind
    self.message = message
    self.isUntrusted = isUntrusted
  }
}

extension CurlError: CustomStringConvertible {
  public var description: String { "\(kind.rawValue): \(message)" }
}
