/// A feed: the address that is followed, and what its operator says of it.
public struct Feed: Hashable, Sendable {
  /// The name an operator gave; letters, digits, `-`, `_`, `.`.
  public struct ID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var rawValue: String

    public init(_ rawValue: String) {
      self.rawValue = rawValue
    }

    public var description: String { rawValue }

    public static func < (a: ID, b: ID) -> Bool { a.rawValue < b.rawValue }
  }

  public var id: ID
  /// An http or https address, as written.
  public var url: String
  /// An order to poll so often; without it the schedule decides.
  public var every: Duration?
  /// Whether the feed's own origin may lie on a private network.
  public var privateNetwork: Bool
  public var publisher: String?
  public var language: String?
  public var tags: [String]
  /// The zone, as an offset or IANA name, of its dates that name none.
  public var timezone: String?

  public init(
    id: ID, url: String, every: Duration? = nil, privateNetwork: Bool = false,
    publisher: String? = nil, language: String? = nil, tags: [String] = [],
    timezone: String? = nil
  ) {
    self.id = id
    self.url = url
    self.every = every
    self.privateNetwork = privateNetwork
    self.publisher = publisher
    self.language = language
    self.tags = tags
    self.timezone = timezone
  }
}
