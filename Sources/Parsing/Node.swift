import Text

/// An element of a document, in one flat list with all others: no recursion, whatever the nesting.
struct Node {
  /// Which vocabulary an element belongs to, whatever its prefix.
  enum Space: UInt8 {
    case none, other, atom, rdf, rss, dc, dcterms, content, media, itunes, sy, georss, podcast,
      feedburner
    case xhtml, xml
  }

  var space: Space
  /// Local name in lower case.
  var name: String
  var attributes: [(name: String, value: Range<Int>)]
  var children: [Int] = []
  /// The bytes between its tags.
  var inner: Range<Int>
  /// Its own text, references still in it, and what stood in CDATA.
  var pieces: [(range: Range<Int>, isCDATA: Bool)] = []
  var base: String?
  var language: String?
}

extension Node.Space {
  /// Whether it is that of feeds themselves, whose elements need no prefix.
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
    default: return nil
    }
  }

  /// What a usual prefix means where it is not declared.
  init(prefix: String) {
    switch prefix {
    case "": self = .none
    case "atom", "atom10", "a10": self = .atom
    case "rdf": self = .rdf
    case "rss": self = .rss
    case "dc": self = .dc
    case "dcterms": self = .dcterms
    case "content": self = .content
    case "media": self = .media
    case "itunes": self = .itunes
    case "sy": self = .sy
    case "georss": self = .georss
    case "podcast": self = .podcast
    case "feedburner": self = .feedburner
    case "xhtml": self = .xhtml
    case "xml": self = .xml
    default: self = .other
    }
  }
}
