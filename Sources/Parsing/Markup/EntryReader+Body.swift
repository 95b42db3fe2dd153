import Text

/// Summary and content of an entry.
extension EntryReader {
  func readBody(_ parsed: inout ParsedEntry) {
    parsed.summary =
      body(own(.description, .summary)) ?? body(all(.itunes, .summary, .subtitle))
      ?? body(all(.media, .description)) ?? body(all(.dc, .description)) ?? body(own(.abstract))
    parsed.content =
      body(all(.init(.content), .encoded)) ?? body(own(.content)) ?? body(all(.init(.xhtml), .body))
      ?? body(own(.body, .fullitem))
    if parsed.content == nil { parsed.content = second }
    // Relative addresses in HTML go by the base of the element that it stands in.
    for element in own(.content) { parsed.base = scopes[element.scope].base ?? parsed.base }
  }

  /// The second of two summaries, which is the content then; that of a podcast comes last.
  private var second: String? {
    let summaries = Array(own(.description, .summary)) + all(.itunes, .summary)
    guard summaries.count > 1 else { return nil }
    return summaries.lazy.compactMap { text.body($0, isAtom: isAtom) }.dropFirst().first
  }

  private func body(_ matches: ElementMatches) -> String? {
    for element in matches {
      if let body = text.body(element, isAtom: isAtom) { return body }
    }
    return nil
  }
}

extension MarkupText {
  /// The text of a title: HTML in RSS, by its type in Atom.
  func title(_ element: Element, isAtom: Bool) -> String? {
    if element.attributes.isEmpty, let line = line(element) { return line.nonEmpty }
    guard var source = html(element) else { return nil }
    let type = type(of: element) ?? .none
    let isPacked = says("base64", "mode", of: element) || (isAtom && type.isBinary)
    let unpacked = isPacked ? Base64.text(source) : nil
    // Nobody reads a title of that length, and what is left of it is cut and told of later.
    source = (unpacked ?? source).first(bytes: 16 * ParseLimits.title)
    let isHTML =
      !isAtom || unpacked != nil || type.isHTML || element.holdsElements
      || Self.looksLikeHTML(source)
    let text = isHTML ? PlainText.title(html: source) : PlainText.oneLine(source)
    return text.nonEmpty
  }

  /// The HTML of a body, by the type Atom gives it.
  func body(_ element: Element, isAtom: Bool) -> String? {
    guard var html = html(element) else { return nil }
    if element.attributes.isEmpty, !isAtom { return html }
    let type = type(of: element) ?? .none
    if says("base64", "mode", of: element) || (isAtom && type.isBinary),
      let text = Base64.text(html)
    {
      html = CharacterReference.decode(text.utf8).trimmed
    } else if isAtom, type.isPlain, !says("escaped", "mode", of: element),
      !element.holdsElements, !Self.looksLikeHTML(html)
    {
      html = html.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }
    if type.isXHTML { html = Self.withoutPrefixes(html) }
    return html.nonEmpty
  }

  /// Atom's text is HTML after all where an end tag or a closed reference shows it.
  private static func looksLikeHTML(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var place = 0
    while true {
      place = ByteSearch.first(UInt8(ascii: "<"), in: bytes, from: place, to: bytes.count)
      guard place + 1 < bytes.count else { break }
      if bytes[place + 1] == UInt8(ascii: "/") { return true }
      place += 1
    }
    let mark = ByteSearch.first(UInt8(ascii: "&"), in: bytes, from: 0, to: bytes.count)
    guard mark < bytes.count else { return false }
    var decoded: [UInt8] = []
    CharacterReference.append(bytes, mark..<bytes.count, to: &decoded)
    return !bytes[mark...].elementsEqual(decoded)
  }

  /// `<x:div>` is `<div>`: prefixes say nothing inside XHTML.
  private static func withoutPrefixes(_ html: String) -> String {
    guard html.utf8.contains(UInt8(ascii: ":")) else { return html }
    let bytes = Array(html.utf8)
    var output: [UInt8] = []
    var copied = 0
    var place = 0
    while true {
      place = ByteSearch.first(UInt8(ascii: "<"), in: bytes, from: place, to: bytes.count) + 1
      guard place < bytes.count else { break }
      if bytes[place] == UInt8(ascii: "!") || bytes[place] == UInt8(ascii: "?") { continue }
      if bytes[place] == UInt8(ascii: "/") { place += 1 }
      let name = bytes[place...].prefix {
        $0 > 0x20 && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
      }
      guard let colon = name.firstIndex(of: UInt8(ascii: ":")) else { continue }
      output += bytes[copied..<place]
      copied = colon + 1
      place = copied
    }
    guard copied > 0 else { return html }
    return CleanText.string(joined: output + bytes[copied...])
  }
}
