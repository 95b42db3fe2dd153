import Core
import FoundationEssentials
import Text

/// Reads JSON Feed 1.0 and 1.1 (jsonfeed.org), forgiving in types.
enum JSONFeed {
  static func read(_ bytes: [UInt8], base: String?) throws(FeedParseError) -> ParsedFeed {
    let value = try value(bytes)
    let version = value["version"]?.string ?? ""
    let items = value["items"]?.array
    // Without its version a feed is known by what it says of itself, or by its entries' own fields.
    let isNamed =
      value["title"] != nil || value["home_page_url"] != nil
      || items?.first?["content_html"] != nil || items?.first?["content_text"] != nil
    guard version.contains("jsonfeed.org") || (items != nil && isNamed)
    else { throw .notAFeed(found: "JSON that is no feed", hints: []) }
    var feed = ParsedFeed(
      format: version.hasSuffix("1.1") || version.hasSuffix("1.1/") ? "json11" : "json1", base: base
    )
    let links = Links()
    func link(_ address: JSONValue?) -> String? {
      address?.written.flatMap { links.link($0, against: base, at: 0) }
    }
    feed.title = value["title"]?.written.map(PlainText.oneLine)
    feed.home = link(value["home_page_url"])
    feed.selfAddress = link(value["feed_url"])
    feed.older = link(value["next_url"])
    feed.description = value["description"]?.written.map(PlainText.oneLine)
    feed.language = value["language"]?.written?.replacing("_", with: "-")
    let hubs = value["hubs"]?.array ?? []
    feed.hub =
      hubs.lazy.filter { $0["type"]?.string?.lowercased() != "rsscloud" }
      .compactMap { link($0["url"]) }.first
    read(items ?? [], into: &feed, links)
    return feed
  }

  private static func read(_ items: [JSONValue], into feed: inout ParsedFeed, _ links: Links) {
    let base = feed.base ?? feed.home
    for (index, item) in items.prefix(ParseLimits.entries).enumerated() {
      let reader = JSONEntryReader(item: item, number: index + 1, base: base, links: links)
      var entry = reader.read()
      feed.warnings += entry.limit().map { "entry \(index + 1): \($0)" }
      feed.entries.append(entry)
    }
    feed.warnings += links.excess.list.map { "entry \($0.place): \($0.limit.rawValue)" }
    let left = items.count - feed.entries.count
    if left > 0 { feed.warnings.append("\(left) entries beyond \(ParseLimits.entries) left out") }
  }

  /// Raw controls in a string are no JSON; they are blanks rather than the loss of all entries.
  private static func value(_ bytes: [UInt8]) throws(FeedParseError) -> JSONValue {
    do {
      return try JSONValue(parsing: bytes)
    } catch {
      let blanked = bytes.map { $0 < 0x20 && $0 != 0x0A ? 0x20 : $0 }
      if let value = try? JSONValue(parsing: blanked) { return value }
      if let value = try? JSONValue(parsing: blanked.map { $0 == 0x0A ? 0x20 : $0 }) {
        return value
      }
      throw .json(line: error.line, column: error.column, what: error.what)
    }
  }
}
