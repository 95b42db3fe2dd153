public import FoundationEssentials

/// What every format of feed becomes: what the feed says of itself, and its entries as written.
public struct ParsedFeed: Hashable, Sendable {
  /// The name of the format: rss2, atom10, json11 and the like.
  public var format: String
  public var title: String?
  public var home: String?
  public var language: String?
  public var description: String?
  public var updated: Date?
  public var hub: String?
  public var selfAddress: String?
  /// Where older entries stand: the archive before this document, else the next page (RFC 5005; JSON
  /// Feed's `next_url`).
  public var older: String?
  public var hints = PollHints()
  public var entries: [ParsedEntry] = []
  /// The sitemaps that an index names, those of news first, then the newest: ten at most.
  public var sitemaps: [ParsedSitemap] = []
  /// The entries that the feed says are gone (RFC 6721).
  public var deleted: [ParsedTombstone] = []
  /// What was wrong and could be read all the same, with its line.
  public var warnings: [String] = []
  /// Whether the document ends before its root element does.
  public var isTruncated = false
  /// What relative addresses were resolved against.
  var base: String?
  /// How `updated` was written.
  var updatedAs: FeedDate? {
    didSet { updated = updatedAs?.moment(in: .open, nil) }
  }
}

/// An entry as written: titles, names and categories are plain text, summary and content HTML.
public struct ParsedEntry: Hashable, Sendable {
  public var id: String?
  public var title: String?
  public var url: String?
  public var authors: [String] = []
  public var published: Date?
  public var updated: Date?
  public var summary: String?
  public var content: String?
  public var categories: [String] = []
  public var language: String?
  public var enclosures: [ParsedEnclosure] = []
  public var image: String?
  public var publisher: String?
  /// Whether summary or content were longer than `ParseLimits.body`, and are cut.
  public var isTruncated = false
  /// What its relative addresses are resolved against.
  var base: String?
  /// How `published` was written; its zone may be open.
  var publishedAs: FeedDate? {
    didSet { published = publishedAs?.moment(in: .open, nil) }
  }
  /// How `updated` was written.
  var updatedAs: FeedDate? {
    didSet { updated = updatedAs?.moment(in: .open, nil) }
  }
}

/// A sitemap that a sitemap index names.
public struct ParsedSitemap: Hashable, Sendable {
  public var url: String
  public var updated: Date?
}

/// What an `at:deleted-entry` tells: the id of the entry that is gone, and since when.
public struct ParsedTombstone: Hashable, Sendable {
  public var id: String
  public var date: Date?
}

/// Media that an entry names.
public struct ParsedEnclosure: Hashable, Sendable {
  public var url: String
  public var type: String?
  public var length: Int?
}

/// What one document may be; beyond a limit the rest is left out, and a warning says so.
enum ParseLimits {
  static let document = 32 << 20
  /// A document that was packed.
  static let inflated = 64 << 20
  static let entries = 50_000
  static let depth = 4_096
  static let title = 2_000
  static let name = 200
  static let address = 8 << 10
  /// What relative addresses grow by when they are resolved, all of a document together.
  static let addresses = 64 << 20
  /// The name of an attribute.
  static let attributeName = 256
  /// The value of an attribute.
  static let value = 64 << 10
  static let perEntry = 100
  /// Addresses in the content of an entry.
  static let contentAddresses = 500
  /// Elements of one kind that are looked at, since doubles among them go.
  static let looked = 1_000
  static let body = 4 << 20
  static let text = 1 << 20
  /// An article in the log, which takes records of 2 MiB.
  static let article = 3 << 19
  static let authors = 50
  static let warnings = 100
  /// Namespaces declared at one place of a document.
  static let namespaces = 256
  /// Places of a document that have a base or a language of their own.
  static let scopes = 65_536
  /// Elements of one entry, or of the feed itself, that are looked at.
  static let parts = 10_000
}
