import Core
import Text

/// Reads one item of a JSON feed.
struct JSONEntryReader {
  let item: JSONValue
  /// Which of the items it is, from 1.
  let number: Int
  let base: String?
  let links: Links

  func read() -> ParsedEntry {
    var entry = ParsedEntry()
    entry.base = base
    entry.id = text("id")?.trimmed.nonEmpty
    entry.title = text("title").map(PlainText.oneLine)?.nonEmpty
    entry.url = link(item["url"]) ?? link(item["external_url"]) ?? page(entry.id)
    entry.authors = authors
    entry.publishedAs = text("date_published").flatMap { FeedDate($0) }
    entry.updatedAs = text("date_modified").flatMap { FeedDate($0) }
    entry.summary = text("summary")?.nonEmpty
    entry.content = text("content_html")?.nonEmpty ?? text("content_text").map(escaped)?.nonEmpty
    entry.categories = tags
    entry.language = text("language")?.replacing("_", with: "-")
    entry.enclosures = (item["attachments"]?.array ?? []).prefix(ParseLimits.looked)
      .compactMap(enclosure)
    entry.image =
      link(item["image"]) ?? link(item["banner_image"]) ?? entry.imageOfBody(links, at: number)
    return entry
  }

  private func text(_ key: String) -> String? { item[key]?.written }

  private func link(_ address: JSONValue?) -> String? {
    address?.written.flatMap { links.link($0, against: base, at: number) }
  }

  private func page(_ id: String?) -> String? {
    id.flatMap { Address.isWeb($0) && $0.utf8.count <= ParseLimits.address ? $0 : nil }
  }

  private func enclosure(_ value: JSONValue) -> ParsedEnclosure? {
    guard let url = link(value["url"]) else { return nil }
    let length = value["size_in_bytes"]?.written.flatMap { Int($0) }
    return ParsedEnclosure(
      url: url, type: value["mime_type"]?.written?.nonEmpty,
      length: length.flatMap { $0 < 0 ? nil : $0 })
  }

  /// Of 1.1 `authors`, of 1.0 `author`; either may be a list, an object or a name alone.
  private var authors: [String] {
    let given = item["authors"]?.list ?? []
    let names = (given.isEmpty ? item["author"]?.list ?? [] : given).compactMap { author in
      author["name"]?.written ?? author.written
    }
    return names.map(PlainText.oneLine).filter { !$0.isEmpty }
  }

  private var tags: [String] {
    (item["tags"]?.list ?? []).compactMap { $0.written.map(PlainText.oneLine) }
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing("\r\n", with: "\n").replacing("\n", with: "<br>")
  }
}

extension JSONValue {
  /// A text, or a number written without quotes; nil for anything else.
  var written: String? {
    switch self {
    case .string(let text): CharacterReference.withoutControls(text)
    case .number(let number) where number.isFinite:
      number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
    default: nil
    }
  }

  /// The values of a list; one that stands alone is one of one.
  fileprivate var list: [JSONValue] {
    array ?? (self == .null ? [] : [self])
  }
}
