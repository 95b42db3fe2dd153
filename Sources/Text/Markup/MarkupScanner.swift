/// A forgiving scanner of XML and HTML as they are found: one pass, no tree, never an error.
///
/// Tokens are byte ranges of the buffer. What is no markup is text: a bare `<`, a stray `]]>`. A DTD is
/// passed over and never read, so no entity of a document's own is ever expanded or fetched. Text and
/// CDATA cost one search for their end, so a token costs the same whatever it holds.
public struct MarkupScanner: Sendable {
  public enum Dialect: Hashable, Sendable { case xml, html }

  public struct Attribute: Hashable, Sendable {
    public var name: Range<Int>
    /// Without quotes; references in it are not decoded.
    public var value: Range<Int>
  }

  public enum Token: Hashable, Sendable {
    case start(name: Range<Int>, attributes: [Attribute], isEmpty: Bool)
    case end(name: Range<Int>)
    case text(Range<Int>)
    case cdata(Range<Int>)
  }

  /// Attributes of one element that are kept.
  public static let attributeLimit = 256

  public let bytes: [UInt8]
  /// Where the next token begins.
  public internal(set) var place: Int
  /// Where the token given last began.
  public internal(set) var tokenStart: Int
  /// Where the first thing stood that had to be repaired; nil while all was well.
  public private(set) var firstRepair: Int?
  /// Where the first element with too many attributes stood.
  public internal(set) var firstCrowd: Int?
  /// Where what is scanned ends.
  let end: Int
  let dialect: Dialect
  /// In HTML: the element whose inside is text up to its end tag.
  private var rawElement: [UInt8]?
  /// Ends that the rest of the document lacks, so that each is looked for in vain once.
  private var missing: [Mark] = []

  /// What ends a piece of markup that is no tag.
  enum Mark {
    case comment
    case cdata
    case instruction
    case declaration
    case bracket
  }

  public init(_ bytes: [UInt8], _ dialect: Dialect) {
    self.init(bytes, dialect, in: bytes.indices)
  }

  /// Scans a part of `bytes` alone, as if nothing stood around it.
  public init(_ bytes: [UInt8], _ dialect: Dialect, in range: Range<Int>) {
    self.bytes = bytes
    self.dialect = dialect
    (place, tokenStart, end) = (range.lowerBound, range.lowerBound, range.upperBound)
  }

  /// The next token; nil at the end.
  public mutating func next() -> Token? {
    while place < end {
      tokenStart = place
      if let raw = rawElement { return rawText(of: raw) }
      guard bytes[place] == UInt8(ascii: "<"), let token = markup() else {
        if tokenStart == place { return text() }
        continue
      }
      return token
    }
    return nil
  }

  // MARK: Text

  /// Text up to the next `<` that begins markup.
  private mutating func text() -> Token {
    place = nextMarkup(from: place + 1)
    return .text(tokenStart..<place)
  }

  private func nextMarkup(from start: Int) -> Int {
    var place = start
    while true {
      place = ByteSearch.first(UInt8(ascii: "<"), in: bytes, from: place, to: end)
      if place == end || beginsMarkup(place) { return place }
      place += 1
    }
  }

  func beginsMarkup(_ at: Int) -> Bool {
    guard at + 1 < end else { return false }
    let next = bytes[at + 1]
    return Self.isNameStart(next) || next == UInt8(ascii: "!") || next == UInt8(ascii: "?")
      || (next == UInt8(ascii: "/") && at + 2 < end && Self.isNameStart(bytes[at + 2]))
  }

  /// The inside of script, style and the like, which is no markup.
  private mutating func rawText(of name: [UInt8]) -> Token? {
    rawElement = nil
    while true {
      place = ByteSearch.first(UInt8(ascii: "<"), in: bytes, from: place, to: end)
      if place == end || (has("</", at: place) && hasName(name, at: place + 2)) { break }
      place += 1
    }
    return .text(tokenStart..<place)
  }

  // MARK: Markup

  /// The token at a `<`; nil where it was passed over (then `place` has moved) or is text.
  private mutating func markup() -> Token? {
    guard beginsMarkup(place) else { return nil }
    switch bytes[place + 1] {
    case UInt8(ascii: "!"): return declaration()
    case UInt8(ascii: "?"):
      // An XML declaration holds no `>`, so one that lost its last `?` ends all the same.
      skip(past: dialect == .xml && !has("<?xml ", at: place) ? .instruction : .declaration)
      return nil
    case UInt8(ascii: "/"): return endTag()
    default: return startTag()
    }
  }

  private mutating func declaration() -> Token? {
    if has("<!--", at: place) {
      skip(past: .comment)
      return nil
    }
    if has("<![CDATA[", at: place) {
      let start = place + 9
      place = start
      let isClosed = find(.cdata)
      if !isClosed { repair() }
      return .cdata(start..<(isClosed ? place - 3 : place))
    }
    skipDeclaration()
    return nil
  }

  /// Passes over `<!DOCTYPE …>` with the brackets in it.
  private mutating func skipDeclaration() {
    var depth = 0
    let countsBrackets = dialect == .xml && !missing.contains(.bracket)
    while place < end {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "["), countsBrackets { depth += 1 }
      if byte == UInt8(ascii: "]") { depth = max(0, depth - 1) }
      if byte == UInt8(ascii: ">"), depth == 0 { return }
    }
    if depth > 0 { recover(from: .bracket) }
  }

  /// To behind `mark`; where the document has none, a lost byte costs this markup only.
  private mutating func skip(past mark: Mark) {
    guard !find(mark) else { return }
    recover(from: mark)
  }

  /// Goes behind `mark`, else to the end.
  private mutating func find(_ mark: Mark) -> Bool {
    guard !missing.contains(mark) else {
      place = end
      return false
    }
    let (text, last) = mark.text
    let width = text.utf8CodeUnitCount
    var search = place
    while search < end {
      search = ByteSearch.first(last, in: bytes, from: search, to: end)
      // Of CDATA's end the first byte is looked for, since HTML inside is full of the last.
      let start = mark == .cdata ? search : search - width + 1
      if search < end, start >= place, has(text, at: start) {
        place = start + width
        return true
      }
      search += 1
    }
    place = end
    return false
  }

  /// What lacks its end ends at the next `>`; in HTML it hides the rest, as browsers have it.
  private mutating func recover(from mark: Mark) {
    repair()
    if !missing.contains(mark) { missing.append(mark) }
    guard dialect == .xml else { return }
    place = ByteSearch.first(UInt8(ascii: ">"), in: bytes, from: tokenStart, to: end)
    if place < end { place += 1 }
  }

  private mutating func endTag() -> Token {
    let start = place + 2
    place = nameEnd(from: start)
    let name = start..<place
    while place < end, bytes[place] != UInt8(ascii: ">"), bytes[place] != UInt8(ascii: "<") {
      place += 1
    }
    if place < end, bytes[place] == UInt8(ascii: ">") { place += 1 }
    return .end(name: name)
  }

  private mutating func startTag() -> Token {
    let start = place + 1
    place = nameEnd(from: start)
    let name = start..<place
    let (attributes, isEmpty) = tagInside()
    if dialect == .html, !isEmpty { noteRaw(name) }
    return .start(name: name, attributes: attributes, isEmpty: isEmpty)
  }

  private mutating func noteRaw(_ name: Range<Int>) {
    for raw in Self.rawNames where raw.utf8CodeUnitCount == name.count {
      let lower = bytes[name].map { $0 | 0x20 }
      if lower.elementsEqual(raw.description.utf8) { rawElement = lower }
    }
  }

  private static let rawNames: [StaticString] = [
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
  ]

  mutating func repair() {
    firstRepair = firstRepair ?? tokenStart
  }
}

extension MarkupScanner.Mark {
  /// The mark, and the byte of it that is looked for.
  fileprivate var text: (StaticString, UInt8) {
    switch self {
    case .comment: ("-->", UInt8(ascii: ">"))
    case .cdata: ("]]>", UInt8(ascii: "]"))
    case .instruction: ("?>", UInt8(ascii: ">"))
    case .declaration: (">", UInt8(ascii: ">"))
    case .bracket: ("]", UInt8(ascii: "]"))
    }
  }
}
