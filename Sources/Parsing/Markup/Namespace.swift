/// Which vocabulary an element belongs to, whatever its prefix.
enum Namespace: UInt8 {
  case none, other, atom, rdf, rss, dc, dcterms, content, media, itunes, sy, georss, podcast
  case feedburner, xhtml, xml, news, image, tombstone

  /// Several vocabularies, of which an element may belong to any.
  struct Choice: OptionSet {
    let rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(_ spaces: Namespace...) {
      rawValue = spaces.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    }

    func contains(_ space: Namespace) -> Bool { rawValue & 1 << UInt32(space.rawValue) != 0 }

    /// Those of feeds themselves, whose elements need no prefix.
    static let plain = Choice(.none, .rss, .atom)
    static let dc = Choice(.dc)
    static let dcterms = Choice(.dcterms)
    static let media = Choice(.media)
    static let itunes = Choice(.itunes)
    static let news = Choice(.news)
  }

  var isPlain: Bool { self == .none || self == .rss || self == .atom }

  /// The vocabulary of a namespace's address, with or without the last slash, http or https.
  init?(address: String) {
    var key = address.lowercased()
    for scheme in ["https://", "http://"] where key.hasPrefix(scheme) {
      key.removeFirst(scheme.count)
    }
    while key.hasSuffix("/") || key.hasSuffix("#") { key.removeLast() }
    switch key {
    case "www.w3.org/2005/atom", "purl.org/atom/ns", "www.w3.org/2005/atom/ns": self = .atom
    case "www.w3.org/1999/02/22-rdf-syntax-ns": self = .rdf
    case "purl.org/rss/1.0", "my.netscape.com/rdf/simple/0.9",
      "channel.netscape.com/rdf/simple/0.9",
      "purl.org/net/rss1.1", "backend.userland.com/rss2", "backend.userland.com/rss",
      "blogs.law.harvard.edu/tech/rss", "cyber.law.harvard.edu/rss/rss.html":
      self = .rss
    case "purl.org/dc/elements/1.1", "purl.org/dc/elements/1.0": self = .dc
    case "purl.org/dc/terms": self = .dcterms
    case "purl.org/rss/1.0/modules/content": self = .content
    case "search.yahoo.com/mrss", "search.yahoo.com/mrss.": self = .media
    case "www.itunes.com/dtds/podcast-1.0.dtd", "example.com/dtds/podcast-1.0.dtd": self = .itunes
    case "purl.org/rss/1.0/modules/syndication": self = .sy
    case "www.georss.org/georss": self = .georss
    case "podcastindex.org/namespace/1.0": self = .podcast
    case "rssnamespace.org/feedburner/ext/1.0": self = .feedburner
    case "www.w3.org/1999/xhtml": self = .xhtml
    case "www.google.com/schemas/sitemap-news/0.9": self = .news
    case "www.google.com/schemas/sitemap-image/1.1": self = .image
    case "purl.org/atompub/tombstones/1.0": self = .tombstone
    default: return nil
    }
  }

  /// What a usual prefix means where it is not declared.
  init(prefix: NameKey) {
    self = Self.prefixes[prefix] ?? .other
  }

  private static let prefixes = NameTable<Namespace>([
    ("", .none), ("atom", .atom), ("atom10", .atom), ("a10", .atom), ("rdf", .rdf), ("rss", .rss),
    ("dc", .dc), ("dcterms", .dcterms), ("content", .content), ("media", .media),
    ("itunes", .itunes), ("sy", .sy), ("georss", .georss), ("podcast", .podcast),
    ("feedburner", .feedburner), ("xhtml", .xhtml), ("xml", .xml), ("news", .news),
    ("image", .image), ("at", .tombstone),
  ])
}

/// The prefixes that a document declares, each for the inside of one element.
struct Declarations {
  private var list: [(depth: Int, prefix: NameKey, space: Namespace)] = []

  /// Notes that `prefix` means `space` from the element on that is the `depth`th open one.
  ///
  /// An address that nobody knows leaves a prefix what it usually means.
  mutating func declare(_ prefix: NameKey, _ space: Namespace?, depth: Int) {
    guard list.count < ParseLimits.namespaces else { return }
    list.append((depth, prefix, space ?? Namespace(prefix: prefix)))
  }

  /// Forgets what was declared inside elements that are closed now.
  mutating func close(toDepth depth: Int) {
    while let last = list.last, last.depth > depth { list.removeLast() }
  }

  func space(_ prefix: NameKey) -> Namespace {
    for declared in list.reversed() where declared.prefix == prefix { return declared.space }
    return Namespace(prefix: prefix)
  }
}
