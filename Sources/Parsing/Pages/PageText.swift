public import Core
import Text

/// The text of an article out of the page it stands on.
///
/// From the blocks of words in its `<article>`, else from those of the whole page; where the page says more for
/// machines (`articleBody` of schema.org in JSON-LD), that.
public struct PageText: Hashable, Sendable {
  /// Words below which nothing counts as the text of an article.
  private static let leastWords = 60
  /// Bytes of JSON-LD that are read, all scripts together.
  private static let scriptLimit = 1 << 20

  /// Paragraphs, with an empty line between.
  public let text: String

  /// Reads the page of `article` in `document`, which was sent as `contentType`; nil where its text is not found.
  ///
  /// Words of its title and of what its feed has of it must stand there, or it is another that came instead, as of a
  /// wall that asks for money or consent.
  public init?(html document: [UInt8], contentType: String?, of article: Article) {
    guard Sniff.signature(document) == nil,
      let decoded = try? Decoding(document, contentType: contentType)
    else { return nil }
    let (bytes, authors) = (decoded.bytes, article.authors)
    let shown =
      PageBlocks(bytes, in: PageBlocks.article(bytes)).text(by: authors)
      ?? PageBlocks(bytes, in: bytes.indices).text(by: authors)
    let stated = Self.stated(bytes, authors)
    // What is written for machines may be a teaser, and its lines that lead elsewhere are no links.
    let isMore = 4 * (stated?.utf8.count ?? 0) > 5 * (shown?.utf8.count ?? 0)
    guard let found = isMore ? stated : shown, Self.tells(of: article, found, bytes)
    else { return nil }
    text = found.first(paragraphs: ParseLimits.text)
  }

  /// Whether text has words enough to be an article's.
  static func isLong(_ text: String) -> Bool { Words(text).words.count >= leastWords }

  /// Half of the words of the title must stand in the text, or in the title of the page, and a third of what the
  /// feed has of the text in the text; of those that have three letters or more.
  private static func tells(of article: Article, _ text: String, _ bytes: [UInt8]) -> Bool {
    let head = FeedLinks(html: bytes, base: nil).title ?? ""
    let found = words(of: text)
    let inTitle = share(of: words(of: article.title), in: found.union(words(of: head)))
    return inTitle >= 0.5 && share(of: words(of: article.text), in: found) >= 1.0 / 3
  }

  /// The share of `wanted` that is found; of fewer than three words nothing can be said.
  private static func share(of wanted: Set<String>, in found: Set<String>) -> Double {
    let wanted = wanted.filter { $0.utf8.count >= 3 }
    guard wanted.count >= 3 else { return 1 }
    return Double(wanted.count { found.contains($0) }) / Double(wanted.count)
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
          let text = PlainText(html: paragraphs(body), by: authors).text
          if isLong(text) { return text }
        }
      default: isData = false
      }
    }
    return nil
  }

  /// Plain text as HTML, its lines as paragraphs; what holds markup as it is.
  private static func paragraphs(_ body: String) -> String {
    guard !body.utf8.contains(UInt8(ascii: "<")) else { return body }
    return body.split(whereSeparator: \.isNewline).map { "<p>\($0)</p>" }.joined()
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
