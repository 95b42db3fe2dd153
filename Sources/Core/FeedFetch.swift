/// A poll that brought news.
public struct FeedFetch: Hashable, Sendable {
  public var feed: Feed.ID
  /// The address that answered.
  public var url: String
  /// Of the body as decoded.
  public var bytes: Int
  /// Of the body, in hexadecimal.
  public var sha256: String
  public var format: String
  public var entries: Int
  public var published: Int
  public var revised: Int
  public var title: String?
  public var home: String?
  public var language: String?
  /// What told its entries apart; nil in records of versions that had no policies.
  public var identity: IdentityPolicy?
  /// Whether it held only what is new, as what a hub pushes: its size tells nothing of the feed's window.
  public var isPartial: Bool

  public init(
    feed: Feed.ID, url: String, bytes: Int, sha256: String, format: String, entries: Int,
    published: Int, revised: Int, title: String? = nil, home: String? = nil,
    language: String? = nil, identity: IdentityPolicy? = nil, isPartial: Bool = false
  ) {
    self.feed = feed
    self.url = url
    self.bytes = bytes
    self.sha256 = sha256
    self.format = format
    self.entries = entries
    self.published = published
    self.revised = revised
    self.title = title
    self.home = home
    self.language = language
    self.identity = identity
    self.isPartial = isPartial
  }
}

// MARK: - The stored form

extension FeedFetch {
  func writeFields(to writer: inout JSONWriter) {
    writer.field("feed", feed.rawValue)
    writer.field("url", url)
    writer.field("bytes", bytes)
    writer.field("sha256", sha256)
    writer.field("format", format)
    writer.field("entries", entries)
    writer.field("published", published)
    writer.field("revised", revised)
    writer.field("title", title)
    writer.field("home", home)
    writer.field("language", language)
    writer.field("identity", identity?.rawValue)
    if isPartial { writer.field("partial", true) }
  }

  init(_ fields: EventFields) throws(EventFormatError) {
    self.init(
      feed: try fields.feed(), url: try fields.text("url"), bytes: try fields.number("bytes"),
      sha256: try fields.text("sha256"), format: try fields.text("format"),
      entries: try fields.number("entries"), published: try fields.number("published"),
      revised: try fields.number("revised"), title: fields.text(ifAny: "title"),
      home: fields.text(ifAny: "home"), language: fields.text(ifAny: "language"),
      identity: fields.text(ifAny: "identity").flatMap(IdentityPolicy.init),
      isPartial: fields.flag(ifAny: "partial") ?? false)
  }
}
