/// A forgiving scanner of XML and HTML as they are found: one pass, no tree, never an error.
///
/// Tokens are byte ranges of the buffer. What is no markup is text: a bare `<`, a stray `]]>`. A DTD is
/// passed over and never read, so no entity of a document's own is ever expanded or fetched.
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
  public private(set) var place = 0
  /// Where the token given last began.
  public private(set) var tokenStart = 0
  /// Where the first thing stood that had to be repaired; nil while all was well.
  public private(set) var firstRepair: Int?
  private let dialect: Dialect
  /// In HTML: the element whose inside is text up to its end tag.
  private var rawElement: [UInt8]?
  /// Ends that the rest of the document lacks, so that each is looked for in vain once.
  private var missing: Set<String> = []

  public init(_ bytes: [UInt8], _ dialect: Dialect) {
    self.bytes = bytes
    self.dialect = dialect
  }

  /// The next token; nil at the end.
  public mutating func next() -> Token? {
    while place < bytes.count {
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
    let start = place
    place += 1
    while place < bytes.count, !(bytes[place] == UInt8(ascii: "<") && beginsMarkup(place)) {
      place += 1
    }
    return .text(start..<place)
  }

  private func beginsMarkup(_ at: Int) -> Bool {
    guard at + 1 < bytes.count else { return false }
    let next = bytes[at + 1]
    return Self.isNameStart(next) || next == UInt8(ascii: "!") || next == UInt8(ascii: "?")
      || (next == UInt8(ascii: "/") && at + 2 < bytes.count && Self.isNameStart(bytes[at + 2]))
  }

  /// The inside of script, style and the like, which is no markup.
  private mutating func rawText(of name: [UInt8]) -> Token? {
    let start = place
    rawElement = nil
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "<"), has("</", at: place),
        hasName(name, at: place + 2)
      {
        break
      }
      place += 1
    }
    return .text(start..<place)
  }

  // MARK: Markup

  /// The token at a `<`; nil where it was passed over (then `place` has moved) or is text.
  private mutating func markup() -> Token? {
    guard beginsMarkup(place) else { return nil }
    switch bytes[place + 1] {
    case UInt8(ascii: "!"): return declaration()
    case UInt8(ascii: "?"):
      // An XML declaration holds no `>`, so one that lost its last `?` ends all the same.
      skip(past: dialect == .xml && !has("<?xml ", at: place) ? "?>" : ">")
      return nil
    case UInt8(ascii: "/"): return endTag()
    default: return startTag()
    }
  }

  private mutating func declaration() -> Token? {
    if has("<!--", at: place) {
      skip(past: "-->")
      return nil
    }
    if has("<![CDATA[", at: place) {
      let start = place + 9
      place = start
      if !find("]]>") { repair() }
      let isClosed = place - 3 >= start && has("]]>", at: place - 3)
      return .cdata(start..<(isClosed ? place - 3 : place))
    }
    skipDeclaration()
    return nil
  }

  /// Passes over `<!DOCTYPE …>` with the brackets in it.
  private mutating func skipDeclaration() {
    var depth = 0
    let countsBrackets = dialect == .xml && !missing.contains("]")
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "["), countsBrackets { depth += 1 }
      if byte == UInt8(ascii: "]") { depth = max(0, depth - 1) }
      if byte == UInt8(ascii: ">"), depth == 0 { return }
    }
    if depth > 0 { recover(from: "]") }
  }

  /// To behind `mark`; where the document has none, a lost byte costs this markup only.
  private mutating func skip(past mark: StaticString) {
    guard !find(mark) else { return }
    recover(from: mark)
  }

  /// Goes behind `mark`, else to the end.
  private mutating func find(_ mark: StaticString) -> Bool {
    let wanted = Array(mark.description.utf8)
    guard !missing.contains(mark.description) else {
      place = bytes.count
      return false
    }
    while place < bytes.count {
      if bytes[place] == wanted[0], has(mark, at: place) {
        place += wanted.count
        return true
      }
      place += 1
    }
    return false
  }

  /// What lacks its end ends at the next `>`; in HTML it hides the rest, as browsers have it.
  private mutating func recover(from mark: StaticString) {
    repair()
    missing.insert(mark.description)
    guard dialect == .xml else { return }
    place = tokenStart
    while place < bytes.count, bytes[place] != UInt8(ascii: ">") { place += 1 }
    if place < bytes.count { place += 1 }
  }

  private mutating func endTag() -> Token {
    place += 2
    let name = takeName()
    while place < bytes.count, bytes[place] != UInt8(ascii: ">"), bytes[place] != UInt8(ascii: "<")
    {
      place += 1
    }
    if place < bytes.count, bytes[place] == UInt8(ascii: ">") { place += 1 }
    return .end(name: name)
  }

  private mutating func startTag() -> Token {
    place += 1
    let name = takeName()
    var attributes: [Attribute] = []
    var isEmpty = false
    while true {
      skipSpace()
      guard place < bytes.count else {
        repair()
        break
      }
      if bytes[place] == UInt8(ascii: ">") {
        place += 1
        break
      }
      if bytes[place] == UInt8(ascii: "/") {
        isEmpty = place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: ">")
        place += 1
        continue
      }
      // The tag was never closed, and another begins.
      if bytes[place] == UInt8(ascii: "<") {
        repair()
        break
      }
      let attribute = takeAttribute()
      if attributes.count < Self.attributeLimit { attributes.append(attribute) }
    }
    if dialect == .html, !isEmpty { noteRaw(name) }
    return .start(name: name, attributes: attributes, isEmpty: isEmpty)
  }

  private mutating func noteRaw(_ name: Range<Int>) {
    let lower = bytes[name].map { $0 | 0x20 }
    for raw in ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"]
    where lower.elementsEqual(raw.utf8) {
      rawElement = lower
    }
  }

  private mutating func takeName() -> Range<Int> {
    let start = place
    while place < bytes.count, !Self.endsName(bytes[place]) { place += 1 }
    return start..<place
  }

  private mutating func takeAttribute() -> Attribute {
    let start = place
    while place < bytes.count, !Self.endsName(bytes[place]), bytes[place] != UInt8(ascii: "=") {
      place += 1
    }
    if place == start { place += 1 }
    let name = start..<place
    let retreat = place
    skipSpace()
    guard place < bytes.count, bytes[place] == UInt8(ascii: "=") else {
      place = retreat
      return Attribute(name: name, value: retreat..<retreat)
    }
    place += 1
    skipSpace()
    return Attribute(name: name, value: takeValue())
  }

  private mutating func takeValue() -> Range<Int> {
    guard place < bytes.count else { return place..<place }
    let quote = bytes[place]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      let start = place
      while place < bytes.count, !Self.isSpace(bytes[place]), bytes[place] != UInt8(ascii: ">") {
        place += 1
      }
      return start..<place
    }
    let start = place + 1
    place = start
    var tagEnd: Int?
    var holdsMarkup = false
    while place < bytes.count, bytes[place] != quote {
      if bytes[place] == UInt8(ascii: ">") { tagEnd = tagEnd ?? place }
      if bytes[place] == UInt8(ascii: "<"), dialect == .xml, beginsMarkup(place) {
        // Markup behind a `>` is the next tag; before any, it is a value that nobody escaped.
        if tagEnd != nil, !holdsMarkup { break }
        holdsMarkup = true
      }
      place += 1
    }
    return start..<closeValue(quote, tagEnd)
  }

  /// The end of a quoted value; where the quote was lost, that of its tag, lest it swallow the rest.
  private mutating func closeValue(_ quote: UInt8, _ tagEnd: Int?) -> Int {
    if place < bytes.count, bytes[place] == quote {
      place += 1
      return place - 1
    }
    repair()
    if dialect == .xml, let tagEnd { place = tagEnd }
    return place
  }

  // MARK: Bytes

  private mutating func repair() {
    firstRepair = firstRepair ?? tokenStart
  }

  private mutating func skipSpace() {
    while place < bytes.count, Self.isSpace(bytes[place]) { place += 1 }
  }

  private func has(_ text: StaticString, at offset: Int) -> Bool {
    let wanted = text.utf8CodeUnitCount
    guard offset >= 0, offset + wanted <= bytes.count else { return false }
    return bytes[offset..<offset + wanted].elementsEqual(text.description.utf8)
  }

  private func hasName(_ name: [UInt8], at offset: Int) -> Bool {
    guard offset + name.count <= bytes.count else { return false }
    return bytes[offset..<offset + name.count].elementsEqual(name) { $0 | 0x20 == $1 }
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x0C
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x3A, 0x80...0xFF: true
    default: false
    }
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
      || byte == UInt8(ascii: "<")
      || byte == UInt8(ascii: "=")
  }
}
