/// One request: one hop, no redirects.
public struct HTTPRequest: Sendable {
  /// The method in capitals.
  public var method: String

  /// Where to.
  public var address: HTTPAddress

  /// Fields sent as they stand; a value with a line break or a NUL is refused.
  public var headers = HTTPHeaders()

  /// The body, of any method but GET and HEAD.
  public var body: [UInt8]?

  /// Whether private and loopback addresses may be connected to; link-local and multicast never.
  public var allowsPrivateNetwork = false

  /// Bytes of the answer's body, as sent and decoded alike.
  public var bodyLimit = Limits.bodyBytes

  /// How long it may take.
  public var timeouts = HTTPTimeouts()

  /// Creates a request without fields or body.
  public init(_ method: String = "GET", _ address: HTTPAddress) {
    self.method = method
    self.address = address
  }
}
