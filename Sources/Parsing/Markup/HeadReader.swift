import Core
import FoundationEssentials
import Text

/// Reads what a feed says of itself, from the elements beside its entries.
struct HeadReader {
  private let text: MarkupText
  private let root: MarkupReader.Root?
  private let channels: [Element]
  private let elements: [Element]
  private let scopes: [Element.Scope]
  private let base: String?
  private var feed = ParsedFeed(format: "")
  /// Whether a link gave the home; until then an id stands in for it.
  private var hasLink = false
  private var dates: [ElementName: FeedDate] = [:]
  private var spareTitle: String?
  /// RFC 5005, section 4: a page may change while it is read, an archive does not, so it goes first.
  private var archive: String?
  /// `sy:updatePeriod` and `sy:updateFrequency`.
  private var update: (period: UpdatePeriod?, frequency: Int?)

  init(_ reader: MarkupReader, base: String?) {
    (text, root, channels) = (reader.text, reader.root, reader.channels)
    (elements, scopes, self.base) = (reader.head, reader.scopes.list, base)
  }

  private var isAtom: Bool { root?.isAtom ?? false }

  mutating func read(base: String?) -> ParsedFeed {
    guard let root else { return feed }
    feed.base = base
    feed.format = Format.of(root, hasChannel: !channels.isEmpty, text)
    let isInChannel = !isAtom && root.name != .channel && !channels.isEmpty
    for holder in isInChannel ? channels : [root.element] {
      feed.language = feed.language ?? scopes[holder.scope].language
    }
    for element in elements where (element.parent != nil) == isInChannel { take(element) }
    feed.title = feed.title ?? spareTitle
    feed.older = archive ?? feed.older
    feed.hints.updateMinutes = update.period?.minutes(frequency: update.frequency)
    for name in [ElementName.updated, .modified, .lastBuildDate, .pubDate, .date] {
      feed.updatedAs = feed.updatedAs ?? dates[name]
    }
    return feed
  }

  private mutating func take(_ element: Element) {
    switch element.name {
    case .updated, .modified, .lastBuildDate, .pubDate, .date:
      if let date = text.anyDate(element) { dates[element.name] = dates[element.name] ?? date }
    case .language where element.space.isPlain || element.space == .dc:
      feed.language = feed.language ?? text.value(element).map(Self.code)?.nonEmpty
    case .title where element.space == .dc:
      spareTitle = spareTitle ?? text.title(element, isAtom: false)
    case .deletedEntry: takeTombstone(element)
    case .updatePeriod where element.space == .sy:
      update.period = text.value(element).flatMap { UpdatePeriod(rawValue: $0.lowercased()) }
    case .updateFrequency where element.space == .sy: update.frequency = number(element)
    default: if element.space.isPlain { takePlain(element) }
    }
  }

  private mutating func takePlain(_ element: Element) {
    switch element.name {
    case .title: feed.title = feed.title ?? text.title(element, isAtom: isAtom)
    case .link: readLink(element)
    case .description, .subtitle, .tagline, .abstract:
      if feed.description == nil, let html = text.html(element) {
        feed.description = PlainText.oneLine(PlainText(html: html).text).nonEmpty
      }
    case .ttl: feed.hints.ttlMinutes = number(element)
    case .skipHours:
      let hours = text.values(in: element).compactMap { Int($0) }
      feed.hints.skipHours = Set(hours.filter { (0...24).contains($0) }).sorted()
    case .skipDays: feed.hints.skipDays = text.values(in: element).distinct
    case .id:
      guard isAtom, feed.home == nil, let id = text.value(element, inAddress: true) else { return }
      if Address.isWeb(id), id.utf8.count <= ParseLimits.address { feed.home = id }
    default: break
    }
  }

  private func number(_ element: Element) -> Int? {
    text.value(element).flatMap { Int($0) }
  }

  private static func code(_ language: String) -> String {
    PlainText.oneLine(language).replacing("_", with: "-")
  }

  private mutating func takeTombstone(_ element: Element) {
    guard element.space == .tombstone, feed.deleted.count < ParseLimits.parts,
      let id = text.attribute("ref", of: element, isAddress: true)?.nonEmpty
    else { return }
    let date = text.attribute("when", of: element).flatMap(FeedDate.date)
    feed.deleted.append(ParsedTombstone(id: id, date: date))
  }

  private mutating func readLink(_ element: Element) {
    let own = scopes[element.scope].base ?? base
    guard let href = text.attribute("href", of: element, isAddress: true) else {
      if feed.home == nil, let written = text.value(element, inAddress: true) {
        feed.home = text.links.link(written, against: own, at: element.inner.lowerBound)
      }
      return
    }
    let address = text.links.link(href, against: own, at: element.inner.lowerBound)
    switch text.attribute("rel", of: element)?.lowercased() {
    case "self": feed.selfAddress = feed.selfAddress ?? address
    case "hub": feed.hub = feed.hub ?? address
    case "prev-archive": archive = archive ?? address
    case "next": feed.older = feed.older ?? address
    case nil, "alternate":
      if !hasLink { feed.home = address ?? feed.home }
      hasLink = true
    default: break
    }
  }
}

/// The names of formats.
private enum Format {
  static func of(_ root: MarkupReader.Root, hasChannel: Bool, _ text: MarkupText) -> String {
    let version = text.attribute("version", of: root.element)
    switch root.name {
    case .rdf: return hasChannel && usesNetscape(root.element, text) ? "rss090" : "rss1"
    case .feed, .entry:
      let namespace = text.attribute("xmlns", of: root.element)?.lowercased() ?? ""
      return version == "0.3" || namespace.contains("purl.org/atom") ? "atom03" : "atom10"
    case .channel: return text.range("rdf:about", of: root.element) == nil ? "cdf" : "rss1"
    case .urlset: return "sitemap"
    case .sitemapindex: return "sitemapindex"
    default:
      switch version {
      case "0.90": return "rss090"
      case "0.91": return "rss091"
      case "0.92", "0.93", "0.94": return "rss092"
      default: return "rss2"
      }
    }
  }

  private static func usesNetscape(_ element: Element, _ text: MarkupText) -> Bool {
    element.attributes.contains { text.clean.string($0.value).contains("netscape.com") }
  }
}
