import Text

/// What a page says of itself: its title, and the feeds that it names.
///
/// Feeds come from `<link rel=alternate>` (HTML, link type alternate), then from `rel=service` of Atom;
/// of a WordPress page that names none the usual place is given.
public struct FeedLinks: Hashable, Sendable {
  /// A feed that a page names.
  public struct Link: Hashable, Sendable {
    /// Absolute where the page's own address is known.
    public var url: String
    public var title: String?
  }

  /// Bytes looked at: the head of a page stands at its beginning.
  private static let limit = 512 << 10
  /// Feeds taken.
  private static let most = 20

  /// The feed of the articles first, feeds of comments last; each address once.
  public private(set) var feeds: [Link] = []
  /// The title of the page, on one line.
  public private(set) var title: String?
  private var services: [Link] = []
  private var isWordPress = false

  /// Reads a page in UTF-8 that came from `base`.
  public init(html bytes: [UInt8], base: String?) {
    var scanner = MarkupScanner(Array(bytes.prefix(Self.limit)), .html)
    var base = base
    var isTitle = false
    while let token = scanner.next() {
      switch token {
      case .start(let name, let attributes, _):
        let tag = PlainText.name(scanner.bytes[name])
        isTitle = tag == "title" && title == nil
        guard ["link", "base", "meta"].contains(tag) else { continue }
        take(tag, scanner.values(of: attributes), &base)
      case .text(let range) where isTitle:
        title =
          PlainText.oneLine(CharacterReference.decode(scanner.bytes[range]))
          .first(scalars: ParseLimits.name).nonEmpty
        isTitle = false
      default: isTitle = false
      }
    }
    finish(base)
  }

  private mutating func take(_ tag: String, _ values: [String: String], _ base: inout String?) {
    switch tag {
    case "base":
      if let address = values["href"].flatMap({ Address.link($0, against: base) }) {
        base = address
      }
    case "meta":
      isWordPress = isWordPress || values["content"]?.hasPrefix("WordPress") == true
    default: takeLink(values, base)
    }
  }

  private mutating func takeLink(_ values: [String: String], _ base: String?) {
    let relations = values["rel"]?.lowercased().split { $0.isWhitespace } ?? []
    let type = values["type"]?.lowercased() ?? ""
    let isFeed =
      relations.contains("alternate") && Self.types.contains { type.contains($0) }
      || relations.contains("feed")
    guard isFeed || relations.contains("service"),
      let url = values["href"].flatMap({ Address.link($0, against: base) })
    else { return }
    let name = values["title"].map { PlainText.oneLine($0).first(scalars: ParseLimits.name) }
    let link = Link(url: url, title: name?.nonEmpty)
    guard !(feeds + services).contains(where: { $0.url == url }) else { return }
    if isFeed {
      if feeds.count < Self.most { feeds.append(link) }
    } else if services.count < Self.most {
      services.append(link)
    }
  }

  private static let types = ["rss", "atom", "feed+json", "rdf+xml"]

  private mutating func finish(_ base: String?) {
    let isOfComments = { (link: Link) in
      (link.url + (link.title ?? "")).lowercased().contains("comment")
    }
    feeds = feeds.filter { !isOfComments($0) } + feeds.filter(isOfComments)
    feeds = Array((feeds + services).prefix(Self.most))
    if feeds.isEmpty, isWordPress, let url = Address.resolve("/feed/", against: base) {
      feeds = [Link(url: url, title: nil)]
    }
  }
}
