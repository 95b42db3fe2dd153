public import FoundationEssentials

/// An entry of a feed, normalised: one revision of one article.
public struct Article: Hashable, Sendable {
  /// Names an article for ever: a digest of its feed and the key it was first known by.
  public struct ID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var rawValue: String

    public init(_ rawValue: String) {
      self.rawValue = rawValue
    }

    public var description: String { rawValue }

    public static func < (a: ID, b: ID) -> Bool { a.rawValue < b.rawValue }
  }

  /// Where the date of publication came from.
  public enum DateSource: String, Hashable, Sendable, CaseIterable {
    case feed
    /// The feed named no zone; that of its other dates or of its country was taken.
    case feedZoneAssumed = "feed_zone_assumed"
    /// Only an updated date was given.
    case feedUpdated = "feed_updated"
    /// The line above the text gave it.
    case header
    /// Its address names the day.
    case url
    /// The given date lay in the future; the moment it was seen stands instead.
    case clamped
    /// None was given, or none that can be.
    case seen
  }

  /// Whose text an article has.
  public enum TextSource: String, Hashable, Sendable, CaseIterable {
    case feed
    /// That of the page it stands on, which was asked for since the feed has only the beginning.
    case page
  }

  public var id: ID
  /// From 1, one more with each edit.
  public var revision: Int
  public var feed: Feed.ID
  public var url: String?
  public var title: String
  /// Plain text; paragraphs are separated by an empty line.
  public var text: String
  public var summary: String?
  public var authors: [String]
  public var publisher: String?
  /// BCP 47, as the source declared it.
  public var language: String?
  public var published: Date?
  /// The date that the source gave, where `published` is another because that one lay in the future.
  public var publishedGiven: Date?
  public var updated: Date?
  /// When Tidings first saw this revision.
  public var seen: Date
  public var dateSource: DateSource
  public var categories: [String]
  public var image: String?
  public var enclosures: [Enclosure]
  /// Whether the source gave more text than is kept.
  public var isTruncated: Bool
  /// A digest of title, text, summary, authors, dates and addresses, as the feed has them: equal, nothing
  /// changed.
  public var contentHash: String
  public var textSource = TextSource.feed

  public init(
    id: ID, revision: Int = 1, feed: Feed.ID, url: String? = nil, title: String = "",
    text: String = "", summary: String? = nil, authors: [String] = [], publisher: String? = nil,
    language: String? = nil, published: Date? = nil, publishedGiven: Date? = nil,
    updated: Date? = nil, seen: Date, dateSource: DateSource = .seen, categories: [String] = [],
    image: String? = nil,
    enclosures: [Enclosure] = [], isTruncated: Bool = false, contentHash: String = ""
  ) {
    self.id = id
    self.revision = revision
    self.feed = feed
    self.url = url
    self.title = title
    self.text = text
    self.summary = summary
    self.authors = authors
    self.publisher = publisher
    self.language = language
    self.published = published
    self.publishedGiven = publishedGiven
    self.updated = updated
    self.seen = seen
    self.dateSource = dateSource
    self.categories = categories
    self.image = image
    self.enclosures = enclosures
    self.isTruncated = isTruncated
    self.contentHash = contentHash
  }

  /// What there is of its text.
  public var wording: String { text.isEmpty ? summary ?? "" : text }
}

/// Media attached to an article.
public struct Enclosure: Hashable, Sendable {
  public var url: String
  public var type: String?
  /// In bytes.
  public var length: Int?

  public init(url: String, type: String? = nil, length: Int? = nil) {
    self.url = url
    self.type = type
    self.length = length
  }
}

/// How an article came in; decides whether it may raise an alert.
public enum Origin: String, Hashable, Sendable, CaseIterable {
  case live
  /// Of a feed's first document, or old when it turned up.
  case backlog
  case surge
  case `import`
}
