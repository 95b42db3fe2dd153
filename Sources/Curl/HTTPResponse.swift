/// What came back from one request.
public struct HTTPResponse: Hashable, Sendable {
  /// When things happened, from the start of the transfer.
  public struct Timings: Hashable, Sendable {
    /// The connection stood, TLS not included; zero on a reused one.
    public var connect: Duration
    /// The first byte came.
    public var firstByte: Duration
    /// The last byte came.
    public var total: Duration
  }

  /// The status code, 200 to 999.
  public var status: Int

  /// The fields of the final answer; interim ones and trailers are dropped.
  public var headers: HTTPHeaders

  /// The body, decoded from its content coding.
  public var body: [UInt8]

  /// The address that answered.
  public var address: HTTPAddress

  /// Headers and body, as they came over the wire.
  public var wireBytes: Int

  /// Whether an open connection was used again.
  public var isReusedConnection: Bool

  /// How long it took.
  public var timings: Timings
}
