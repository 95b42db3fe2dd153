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

  /// Whether private and loopback addresses may be connected to; multicast never.
  public var allowsPrivateNetwork = false

  /// Whether link-local addresses may, where clouds keep credentials.
  public var allowsLinkLocal = false

  /// Bytes of the answer's body, as sent and decoded alike.
  public var bodyLimit = Limits.bodyBytes

  /// The memory that the body is counted against; `nil` if nobody counts.
  public var share: BodyShare?

  /// `http://host:port` or `socks5h://host:port`, through which it goes; `nil` to go directly.
  ///
  /// The address that is reached in the end is the proxy's choice then, and only names can be checked.
  public var proxy: String?

  /// Whether the certificate must be one that can be trusted.
  public var verifiesCertificate = true

  /// A file of certificates (PEM) by which it is judged; `nil` for those of the machine.
  public var authorities: String?

  /// Whether a longer body is cut there instead of being an error: for who needs the status only.
  public var cutsBody = false

  /// How long it may take.
  public var timeouts = HTTPTimeouts()

  /// Creates a request without fields or body.
  public init(_ method: String = "GET", _ address: HTTPAddress) {
    self.method = method
    self.address = address
  }
}
