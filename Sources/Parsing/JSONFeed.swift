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
    feed.title = text(value["title"]).map(PlainText.oneLine)
    feed.home = text(value["home_page_url"]).flatMap { Address.link($0, against: base) }
    feed.selfAddress = text(value["feed_url"]).flatMap { Address.link($0, against: base) }
    feed.description = text(value["description"]).map(PlainText.oneLine)
    feed.language = text(value["language"])?.replacing("_", with: "-")
    feed.hub = value["hubs"]?.array?.first.flatMap { text($0["url"]) }
    feed.entries = (items ?? []).prefix(ParseLimits.entries).map { entry($0, base ?? feed.home) }
    for index in feed.entries.indices {
      for what in feed.entries[index].limit() {
        feed.warnings.append("entry \(index + 1): \(what)")
      }
    }
    if let items, items.count > ParseLimits.entries {
      feed.warnings.append(
        "\(items.count - ParseLimits.entries) entries beyond \(ParseLimits.entries) left out")
    }
    return feed
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

  private static func entry(_ item: JSONValue, _ base: String?) -> ParsedEntry {
    func address(_ key: String) -> String? {
      text(item[key]).flatMap { Address.link($0, against: base) }
    }
    var entry = ParsedEntry()
    entry.base = base
    entry.id = text(item["id"])?.trimmed.nonEmpty
    entry.title = text(item["title"]).map(PlainText.oneLine)?.nonEmpty
    entry.url =
      address("url") ?? address("external_url") ?? entry.id.flatMap { Address.isWeb($0) ? $0 : nil }
    entry.authors = authors(item)
    entry.publishedAs = text(item["date_published"]).flatMap { FeedDate($0) }
    entry.updatedAs = text(item["date_modified"]).flatMap { FeedDate($0) }
    entry.summary = text(item["summary"])?.nonEmpty
    entry.content =
      text(item["content_html"])?.nonEmpty ?? text(item["content_text"]).map(escaped)?.nonEmpty
    entry.categories = strings(item["tags"]).map(PlainText.oneLine)
    entry.language = text(item["language"])?.replacing("_", with: "-")
    entry.enclosures = (item["attachments"]?.array ?? []).prefix(ParseLimits.perEntry)
      .compactMap { enclosure($0, base) }
    entry.image = address("image") ?? address("banner_image") ?? entry.imageOfBody
    return entry
  }

  private static func enclosure(_ value: JSONValue, _ base: String?) -> ParsedEnclosure? {
    guard let url = text(value["url"]).flatMap({ Address.link($0, against: base) }) else {
      return nil
    }
    let length = text(value["size_in_bytes"]).flatMap { Int($0) }
    return ParsedEnclosure(
      url: url, type: text(value["mime_type"])?.nonEmpty,
      length: length.flatMap { $0 < 0 ? nil : $0 })
  }

  /// Of 1.1 `authors`, of 1.0 `author`; either may be a list, an object or a name alone.
  private static func authors(_ value: JSONValue) -> [String] {
    let given = value["authors"].map(list) ?? []
    let names = (given.isEmpty ? value["author"].map(list) ?? [] : given).compactMap { author in
      text(author["name"]) ?? text(author)
    }
    return names.map(PlainText.oneLine).filter { !$0.isEmpty }
  }

  private static func list(_ value: JSONValue) -> [JSONValue] {
    value.array ?? (value == .null ? [] : [value])
  }

  /// A text, or a number written without quotes.
  private static func text(_ value: JSONValue?) -> String? {
    switch value {
    case .string(let text): CharacterReference.withoutControls(Array(text.utf8)[...])
    case .number(let number) where number.isFinite:
      number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
    default: nil
    }
  }

  private static func strings(_ value: JSONValue?) -> [String] {
    if let list = value?.array { return list.compactMap(text) }
    return text(value).map { [$0] } ?? []
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing("\r\n", with: "\n").replacing("\n", with: "<br>")
  }
}
