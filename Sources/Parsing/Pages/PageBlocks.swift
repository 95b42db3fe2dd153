import Text

/// A page, or a part of it, as the blocks of text that stand in it one after the other.
///
/// Running text has many words and few links; what surrounds it has few words, or links only (Kohlschütter, Fankhauser,
/// Nejdl: Boilerplate Detection using Shallow Text Features, 2010).
struct PageBlocks {
  struct Block {
    var range: Range<Int>
    var words = 0
    var linked = 0

    /// Whether it is running text by itself.
    var isText: Bool { words >= 15 && 3 * linked < words }
    /// Whether it is text where what stands before and behind it is.
    var mayBeText: Bool { words > 0 && 2 * linked < words }
  }

  /// Elements whose text is not the article's.
  private static let beside: Set<String> = [
    "nav", "aside", "footer", "header", "figure", "figcaption", "button", "select",
    "script",
    "style", "noscript", "template", "iframe", "svg", "menu", "dialog", "head",
  ]
  private static let breaks: Set<String> = [
    "p", "div", "section", "article", "main", "li", "ul", "ol", "blockquote", "h1", "h2", "h3",
    "h4",
    "h5", "h6", "table", "tr", "td", "th", "pre", "body", "dl", "dd", "dt", "hr",
  ]
  private static let frames: Set<String> = ["body", "main"]
  /// What stands before an article on its page, and may never end.
  private static let heads: Set<String> = ["head", "header"]
  private static let blockLimit = 50_000

  private let bytes: [UInt8]
  private(set) var blocks: [Block] = []

  /// The inside of the longest `<article>` that stands in no other; nil where there is none.
  static func article(_ bytes: [UInt8]) -> Range<Int>? {
    var scanner = MarkupScanner(bytes, .html)
    var (depth, start) = (0, 0)
    var best: Range<Int>?
    while let token = scanner.next() {
      switch token {
      case .start(let name, _, false) where PlainText.name(bytes[name]) == "article":
        if depth == 0 { start = scanner.place }
        depth += 1
      case .end(let name) where depth > 0 && PlainText.name(bytes[name]) == "article":
        depth -= 1
        if depth == 0, scanner.tokenStart - start > best?.count ?? 0 {
          best = start..<scanner.tokenStart
        }
      default: break
      }
    }
    return best
  }

  /// Reads the part of a page, an article's or the whole; none gives no blocks.
  init(_ bytes: [UInt8], in part: Range<Int>?) {
    self.bytes = bytes
    // The beginning of an article may stand in its header; that of a page is its menu.
    let beside = part == bytes.indices ? Self.beside : Self.beside.subtracting(["header"])
    guard let part else { return }
    var scanner = MarkupScanner(bytes, .html, in: part)
    var open: [String] = []
    var (links, block) = (0, Block(range: part.lowerBound..<part.lowerBound))
    while let token = scanner.next(), blocks.count < Self.blockLimit {
      switch token {
      case .text(let range) where open.isEmpty:
        let words = Words(CharacterReference.decode(bytes[range])).words.count
        block.words += words
        if links > 0 { block.linked += words }
      case .start(let name, _, let isEmpty):
        let tag = PlainText.name(bytes[name])
        // What should have ended before the page's body and its main part has.
        if Self.frames.contains(tag) || tag == "article" && open.allSatisfy(Self.heads.contains) {
          open = []
        }
        if beside.contains(tag), !isEmpty, open.count < 64 { open.append(tag) }
        if tag == "a", !isEmpty { links = 1 }
        if Self.breaks.contains(tag) || Self.beside.contains(tag) {
          end(&block, at: scanner.tokenStart)
        }
      case .end(let name):
        let tag = PlainText.name(bytes[name])
        if tag == "a" { links = 0 }
        if Self.breaks.contains(tag) || Self.beside.contains(tag) { end(&block, at: scanner.place) }
        if let last = open.lastIndex(of: tag) { open.removeSubrange(last...) }
      default: break
      }
    }
    end(&block, at: scanner.place)
  }

  private mutating func end(_ block: inout Block, at place: Int) {
    if block.words > 0 {
      block.range = block.range.lowerBound..<place
      blocks.append(block)
    }
    block = Block(range: place..<place)
  }

  /// The paragraphs from the first running text to the last, without lines that are links; nil where they are too few to
  /// be an article.
  func text(by authors: [String]) -> String? {
    guard let first = blocks.firstIndex(where: \.isText),
      let last = blocks.lastIndex(where: \.isText)
    else { return nil }
    let kept = blocks[first...last].filter { $0.isText || $0.mayBeText }
    let html = kept.map { "<div>" + String(decoding: bytes[$0.range], as: UTF8.self) + "</div>" }
    let text = PlainText(html: html.joined(), by: authors).text
    return PageText.isLong(text) ? text : nil
  }
}
