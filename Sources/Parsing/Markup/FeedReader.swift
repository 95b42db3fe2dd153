import Core
import FoundationEssentials
import Text

/// Reads a feed of markup: RSS of every age, RDF, Atom, CDF, sitemaps.
struct FeedReader {
  private let base: String?
  /// What addresses are resolved against where the document has no address.
  private let home: String?
  private var reader: MarkupReader
  private var entries: [ParsedEntry] = []
  private var sitemaps: [ParsedSitemap] = []
  private var warnings: [String] = []
  private var isFirst = true
  /// Entries beyond the limit.
  private var left = 0
  /// Warnings beyond the limit.
  private var unsaid = 0

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
  }

  private mutating func read() -> ParsedFeed? {
    while reader.next() {
      guard let entry = reader.entry else { continue }
      if isFirst, base == nil { usedHome = home ?? head.home }
      isFirst = false
      take(entry)
    }
    guard let root = reader.root else { return nil }
    var feed = head
    (feed.entries, feed.sitemaps) = (entries, sitemaps)
    feed.isTruncated = reader.isTruncated
    feed.warnings = allWarnings
    if root.name == .sitemapindex { feed.keepBestSitemaps() }
    return feed
  }

  private mutating func take(_ entry: Element) {
    guard entries.count + sitemaps.count < ParseLimits.entries else {
      left += 1
      return
    }
    var entryReader = EntryReader(reader, entry, home: usedHome)
    let read = entryReader.read()
    if reader.root?.name == .sitemapindex {
      if let url = read.url { sitemaps.append(ParsedSitemap(url: url, updated: read.updated)) }
      return
    }
    entries.append(read)
    for what in entries[entries.count - 1].limit() { warn(entry.inner.lowerBound, what) }
    for (place, what) in entryReader.warnings { warn(place, what) }
  }

  /// Notes what was wrong at a byte of an entry; what is beyond the limit is counted only.
  private mutating func warn(_ place: Int, _ what: String) {
    if warnings.count < ParseLimits.warnings {
      warnings.append(line(place, what))
    } else {
      unsaid += 1
    }
  }

  private func line(_ place: Int, _ what: String) -> String {
    "line \(reader.text.line(of: place)): \(what)"
  }

  private var head: ParsedFeed {
    var head = HeadReader(reader, base: base ?? home)
    return head.read(base: base)
  }

  /// What is wrong with the document, and then with its entries: a hundred at most.
  private var allWarnings: [String] {
    let excess = reader.excess.list + reader.text.links.excess.list
    var all = excess.map { line($0.place, $0.limit.rawValue) }
    if let place = reader.firstRepair { all.append(line(place, "markup is not closed")) }
    // What stands open before or behind the feed, as junk does, says nothing of it.
    if reader.isTruncated {
      all.append(line(reader.text.bytes.count, "the document ends early"))
    }
    if left > 0 { all.append("\(left) entries beyond \(ParseLimits.entries) left out") }
    let room = ParseLimits.warnings - all.count
    guard unsaid > 0 || warnings.count > room else { return warnings + all }
    let more = unsaid + warnings.count - (room - 1)
    return warnings.prefix(room - 1) + all + ["\(more) more warnings left out"]
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
