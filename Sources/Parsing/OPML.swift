import Text

/// A subscription list (OPML 2.0): feeds in folders.
public struct OPML: Hashable, Sendable {
  /// A feed of the list.
  public struct Outline: Hashable, Sendable {
    public var title: String?
    public var url: String
    /// The folders it lies in, outermost first, and its categories.
    public var tags: [String]

    /// Creates an outline.
    public init(title: String?, url: String, tags: [String] = []) {
      (self.title, self.url, self.tags) = (title, url, tags)
    }
  }

  /// Feeds taken, folders in folders, and tags of one feed.
  private static let limit = (feeds: 50_000, depth: 64, tags: 20)

  /// In document order, each address once.
  public private(set) var feeds: [Outline] = []
  private var urls: Set<String> = []

  /// Creates a list of `feeds`.
  public init(feeds: [Outline]) {
    self.feeds = feeds
  }

  /// Reads a list, however damaged.
  ///
  /// - Throws: `FeedParseError` where the document is none.
  public init(parsing document: [UInt8]) throws(FeedParseError) {
    guard document.count <= ParseLimits.document else {
      throw .tooLarge(limit: ParseLimits.document)
    }
    var scanner = MarkupScanner(try Decoding(document, contentType: nil).bytes, .xml)
    var folders: [String?] = []
    /// Folders beyond the limit that are open.
    var deeper = 0
    var isList = false
    while let token = scanner.next() {
      switch token {
      case .start(let name, let attributes, let isEmpty):
        let tag = PlainText.name(scanner.bytes[name])
        isList = isList || tag == "opml"
        guard isList, tag == "outline" else { continue }
        let folder = take(scanner.values(of: attributes), folders)
        if isEmpty { continue }
        if folders.count < Self.limit.depth { folders.append(folder) } else { deeper += 1 }
      case .end(let name):
        guard PlainText.name(scanner.bytes[name]) == "outline" else { continue }
        if deeper > 0 { deeper -= 1 } else { _ = folders.popLast() }
      default: break
      }
    }
    guard isList else {
      throw document.isEmpty ? .empty : .notAFeed(found: "no subscription list", hints: [])
    }
  }

  /// Takes an outline; gives the name of the folder that it is, if it is one.
  private mutating func take(
    _ values: [String: String], _ folders: [String?]
  ) -> String? {
    let label = [values["title"], values["text"]].lazy.compactMap {
      $0.map(PlainText.oneLine)?.first(scalars: ParseLimits.name).nonEmpty
    }.first
    guard let url = values["xmlurl"].flatMap({ Address.link($0, against: nil) }) else {
      return label
    }
    guard Address.isWeb(url), feeds.count < Self.limit.feeds, urls.insert(url).inserted else {
      return nil
    }
    let categories =
      values["category"]?.split { ",/".contains($0) }.map { String($0).trimmed } ?? []
    var tags: [String] = []
    for tag in folders.compactMap(\.self) + categories.filter({ !$0.isEmpty })
    where !tags.contains(tag) && tags.count < Self.limit.tags {
      tags.append(tag)
    }
    feeds.append(Outline(title: label, url: url, tags: tags))
    return nil
  }

  /// The list as a document, each feed under its first tag.
  public var document: String {
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<opml version=\"2.0\">",
      "<head><title>Tidings</title></head>", "<body>",
    ]
    for feed in feeds where feed.tags.isEmpty { lines.append(Self.line(feed)) }
    var folders: [String] = []
    for tag in feeds.compactMap(\.tags.first) where !folders.contains(tag) { folders.append(tag) }
    for folder in folders {
      lines.append("<outline text=\"\(Sanitised.escaped(folder))\">")
      for feed in feeds where feed.tags.first == folder { lines.append("  " + Self.line(feed)) }
      lines.append("</outline>")
    }
    return (lines + ["</body>", "</opml>"]).joined(separator: "\n")
  }

  private static func line(_ feed: Outline) -> String {
    let title = Sanitised.escaped(feed.title ?? feed.url)
    let more = feed.tags.dropFirst().map(Sanitised.escaped).joined(separator: ",")
    let category = more.isEmpty ? "" : " category=\"\(more)\""
    return
      "<outline type=\"rss\" text=\"\(title)\" xmlUrl=\"\(Sanitised.escaped(feed.url))\"\(category)/>"
  }
}
