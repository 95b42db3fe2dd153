import Core
import Text

/// The text of an article out of the page it stands on.
///
/// From what the page says for machines (`articleBody` of schema.org in JSON-LD), else from the blocks of words in
/// its `<article>`, else from those of the whole page.
public struct PageText: Hashable, Sendable {
  /// Words below which nothing counts as the text of an article.
  private static let leastWords = 60
  /// Bytes of JSON-LD that are read, all scripts together.
  private static let scriptLimit = 1 << 20

  /// Paragraphs, with an empty line between.
  public let text: String

  /// Reads the page in `document`, which was sent as `contentType`; nil where no article's text is found.
  ///
  /// `title` is the article's: its words must stand on the page, or it is another that came instead, as of a wall
  /// that asks for money or consent.
  public init?(
    html document: [UInt8], contentType: String?, title: String, by authors: [String]
  ) {
    guard Sniff.signature(document) == nil,
      let decoded = try? Decoding(document, contentType: contentType)
    else { return nil }
    let bytes = decoded.bytes
    guard
      let found = Self.stated(bytes, authors)
        ?? PageBlocks(bytes, in: PageBlocks.article(bytes)).text(by: authors)
        ?? PageBlocks(bytes, in: bytes.indices).text(by: authors),
      Self.tells(of: title, found, bytes)
    else { return nil }
    text = found.first(paragraphs: ParseLimits.text)
  }

  /// Whether text has words enough to be an article's.
  static func isLong(_ text: String) -> Bool { Words(text).words.count >= leastWords }

  /// Half of the words of the title that have three letters or more stand in the text, or in the title of the page.
  private static func tells(of title: String, _ text: String, _ bytes: [UInt8]) -> Bool {
    let wanted = words(of: title).filter { $0.utf8.count >= 3 }
    guard !wanted.isEmpty else { return true }
    let head = FeedLinks(html: bytes, base: nil).title ?? ""
    let found = words(of: head + "\n" + text)
    return 2 * wanted.count { found.contains($0) } >= wanted.count
  }

  private static func words(of text: String) -> Set<String> {
    let words = Words(text)
    return Set(words.words.map(words.text))
  }

  // MARK: JSON-LD

  private static func stated(_ bytes: [UInt8], _ authors: [String]) -> String? {
    var scanner = MarkupScanner(bytes, .html)
    var room = scriptLimit
    var isData = false
    while let token = scanner.next(), room > 0 {
      switch token {
      case .start(let name, let attributes, let isEmpty):
        guard !isEmpty, PlainText.name(bytes[name]) == "script" else {
          isData = false
          continue
        }
        isData = scanner.values(of: attributes)["type"]?.lowercased() == "application/ld+json"
      case .text(let range) where isData, .cdata(let range) where isData:
        room -= range.count
        if room >= 0, let body = body(in: bytes[range]) {
          let text = PlainText(html: body, by: authors).text
          if isLong(text) { return text }
        }
      default: isData = false
      }
    }
    return nil
  }

  /// The longest `articleBody` anywhere in a script.
  private static func body(in script: ArraySlice<UInt8>) -> String? {
    guard let value = try? JSONValue(parsing: Array(script)) else { return nil }
    var found: String?
    var open = [value]
    while let value = open.popLast() {
      if let text = value["articleBody"]?.string, text.utf8.count > found?.utf8.count ?? 0 {
        found = text
      }
      open += value.array ?? value.values
    }
    return found
  }
}

extension JSONValue {
  /// The values of an object's fields; none of what is no object.
  fileprivate var values: [JSONValue] {
    if case .object(let fields) = self { fields.map(\.value) } else { [] }
  }
}
