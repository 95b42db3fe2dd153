import Core
import FoundationEssentials
import Text

/// Reads a feed of markup: RSS of every age, RDF, Atom, CDF, sitemaps.
struct FeedReader {
  private let base: String?
  /// What addresses are resolved against where the document has no address.
  private let home: String?
  private var reader: MarkupReader
  private var feed: ParsedFeed
  private var left = 0

  /// The feed that `text` holds; nil where no element begins one.
  ///
  /// Without a base the feed's home stands in. A document that names it behind its entries is read again.
  static func read(_ text: CleanText, base: String?) -> ParsedFeed? {
    let text = MarkupText(text)
    var reader = FeedReader(text, base: base, home: nil)
    guard let feed = reader.read() else { return nil }
    guard base == nil, let home = feed.home, reader.usedHome != home else { return feed }
    var again = FeedReader(text, base: nil, home: home)
    return again.read()
  }

  /// The home that the entries were resolved against; nil where none was known, or was needed.
  private(set) var usedHome: String?

  private init(_ text: MarkupText, base: String?, home: String?) {
    (self.base, self.home) = (base, home)
    reader = MarkupReader(text, base: base)
    feed = ParsedFeed(format: "", base: base)
  }

  private mutating func read() -> ParsedFeed? {
    while reader.next() {
      guard let entry = reader.entry else { continue }
      if feed.entries.isEmpty, base == nil { usedHome = home ?? head.home }
      take(entry)
    }
    guard let root = reader.root else { return nil }
    let entries = feed.entries
    let (warnings, sitemaps) = (feed.warnings, feed.sitemaps)
    feed = head
    (feed.entries, feed.warnings, feed.sitemaps) = (entries, warnings, sitemaps)
    if left > 0 {
      feed.warnings.append("\(left) entries beyond \(ParseLimits.entries) left out")
    }
    noteDamage()
    if root.name == .sitemapindex { feed.keepBestSitemaps() }
    return feed
  }

  private mutating func take(_ entry: Element) {
    if reader.root?.name == .sitemapindex { return takeSitemap(entry) }
    guard feed.entries.count < ParseLimits.entries else {
      left += 1
      return
    }
    var entryReader = EntryReader(reader, entry, home: usedHome)
    feed.entries.append(entryReader.read())
    for (place, what) in entryReader.warnings where feed.warnings.count < ParseLimits.warnings {
      feed.warnings.append("line \(reader.text.line(of: place)): \(what)")
    }
  }

  private mutating func takeSitemap(_ entry: Element) {
    var entryReader = EntryReader(reader, entry, home: usedHome)
    guard feed.sitemaps.count < ParseLimits.entries else { return }
    let read = entryReader.read()
    if let url = read.url { feed.sitemaps.append(ParsedSitemap(url: url, updated: read.updated)) }
  }

  private var head: ParsedFeed {
    var head = HeadReader(reader, base: base ?? home)
    return head.read(base: base)
  }

  private mutating func noteDamage() {
    if let place = reader.firstRepair {
      feed.warnings.append("line \(reader.text.line(of: place)): markup is not closed")
    }
    // What stands open before or behind the feed, as junk does, says nothing of it.
    if reader.isTruncated {
      feed.isTruncated = true
      let line = reader.text.line(of: reader.text.bytes.count)
      feed.warnings.append("line \(line): the document ends early")
    }
  }
}

extension ParsedFeed {
  /// Ten sitemaps of an index: those of news, then the newest.
  fileprivate mutating func keepBestSitemaps() {
    let news = sitemaps.map { $0.url.lowercased().contains("news") }
    let order = sitemaps.indices.sorted { one, other in
      if news[one] != news[other] { return news[one] }
      let (first, second) = (sitemaps[one].updated, sitemaps[other].updated)
      if first != second { return (first ?? .distantPast) > (second ?? .distantPast) }
      return one < other
    }
    sitemaps = order.prefix(10).map { sitemaps[$0] }
  }
}
