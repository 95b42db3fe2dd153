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
  /// What tells its articles apart, where its operator knows better than the ladder.
  public var identity: IdentityPolicy?

  public init(
    id: ID, url: String, every: Duration? = nil, privateNetwork: Bool = false,
    publisher: String? = nil, language: String? = nil, tags: [String] = [],
    timezone: String? = nil, identity: IdentityPolicy? = nil
  ) {
    self.id = id
    self.url = url
    self.every = every
    self.privateNetwork = privateNetwork
    self.publisher = publisher
    self.language = language
    self.tags = tags
    self.timezone = timezone
    self.identity = identity
  }
}

// MARK: - The stored form

extension Feed {
  func writeFields(to writer: inout JSONWriter) {
    writer.field("feed", id.rawValue)
    writer.field("url", url)
    writer.field("every_seconds", every.map { Int($0.components.seconds) })
    writer.field("private_network", privateNetwork)
    writer.field("publisher", publisher)
    writer.field("language", language)
    writer.field("tags", tags)
    writer.field("timezone", timezone)
    writer.field("identity", identity?.rawValue)
  }

  init(_ fields: EventFields) throws(EventFormatError) {
    self.init(
      id: try fields.feed(), url: try fields.text("url"),
      every: fields.number(ifAny: "every_seconds").map { .seconds($0) },
      privateNetwork: fields.flag(ifAny: "private_network") ?? false,
      publisher: fields.text(ifAny: "publisher"), language: fields.text(ifAny: "language"),
      tags: fields.list(ifAny: "tags") ?? [], timezone: fields.text(ifAny: "timezone"),
      identity: fields.text(ifAny: "identity").flatMap(IdentityPolicy.init))
  }
}
