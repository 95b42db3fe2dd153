import Text

/// Makes Strings of elements: of the bytes of their insides, of their attributes.
final class MarkupText {
  let clean: CleanText
  let bytes: [UInt8]
  let links = Links()
  /// Room for decoding that is used again and again.
  private var room: [UInt8] = []
  /// A place whose line is known, so that the next is counted from there.
  private var known = (place: 0, line: 1)

  init(_ clean: CleanText) {
    (self.clean, bytes) = (clean, clean.bytes)
  }

  // MARK: Insides

  /// The text of an element, references decoded once, with that of the elements inside; nil for none.
  func value(_ element: Element, inAddress: Bool = false) -> String? {
    if element.holdsElements { return scanned(element.inner, inAddress) }
    return switch element.inside {
    case .nothing: nil
    case .text(let range):
      clean.decoded(trimmed(range), inAddress: inAddress, room: &room).trimmed.nonEmpty
    case .cdata(let range): clean.string(trimmed(range)).trimmed.nonEmpty
    case .pieces: scanned(element.inner, inAddress)
    }
  }

  /// What stands in an element that may hold HTML, escaped or not, as HTML; nil for nothing.
  func html(_ element: Element) -> String? {
    guard element.holdsElements else { return value(element) }
    // Markup that nobody escaped: the inside is the content. CDATA in it loses its frame only.
    let range = trimmed(element.inner)
    guard holdsCDATA(range) else { return clean.string(range).trimmed.nonEmpty }
    return clean.string(range).replacing("<![CDATA[", with: "").replacing("]]>", with: "")
      .trimmed.nonEmpty
  }

  /// The text of an element that is one line already, as it stands; nil where it must be looked at.
  func line(_ element: Element) -> String? {
    guard !element.holdsElements, clean.isUTF8 else { return nil }
    switch element.inside {
    case .text(let range), .cdata(let range):
      let range = trimmed(range)
      guard range.count <= ParseLimits.title, PlainText.isLine(bytes, range) else { return nil }
      return clean.string(range)
    default: return nil
    }
  }

  private func scanned(_ range: Range<Int>, _ inAddress: Bool) -> String? {
    var scanner = MarkupScanner(bytes, .xml, in: range)
    var output: [UInt8] = []
    while let token = scanner.next() {
      switch token {
      case .text(let range):
        let part = Array(clean.utf8(range))
        CharacterReference.append(part, part.indices, inAddress: inAddress, to: &output)
      case .cdata(let range): output += clean.utf8(range)
      default: break
      }
    }
    return CleanText.string(joined: output).trimmed.nonEmpty
  }

  /// The texts that stand in an element, each piece by itself: what a list of short ones holds.
  func values(in element: Element) -> [String] {
    var scanner = MarkupScanner(bytes, .xml, in: element.inner)
    var values: [String] = []
    while let token = scanner.next(), values.count < ParseLimits.perEntry {
      guard case .text(let range) = token, !isBlank(range) else { continue }
      values.append(clean.string(trimmed(range)).first(scalars: ParseLimits.name))
    }
    return values
  }

  private func holdsCDATA(_ range: Range<Int>) -> Bool {
    var place = range.lowerBound
    while true {
      place = ByteSearch.first(
        UInt8(ascii: "["), in: bytes, from: place, to: range.upperBound)
      guard place < range.upperBound else { return false }
      if place > range.lowerBound, bytes[place - 1] == UInt8(ascii: "!"),
        bytes[place...].starts(with: "[CDATA[".utf8)
      {
        return true
      }
      place += 1
    }
  }

  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, Self.isBlank(bytes[start]) { start += 1 }
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  func isBlank(_ range: Range<Int>) -> Bool {
    for place in range where !Self.isBlank(bytes[place]) { return false }
    return true
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte <= 0x20
  }

  // MARK: Names

  /// The two parts of a name; the prefix is empty where it has none.
  func split(_ name: Range<Int>) -> (prefix: NameKey, local: NameKey) {
    for place in name where bytes[place] == UInt8(ascii: ":") {
      return (NameKey(bytes, name.lowerBound..<place), NameKey(bytes, place + 1..<name.upperBound))
    }
    return (NameKey.empty, NameKey(bytes, name))
  }

  // MARK: Attributes

  /// The bytes of the first attribute called `name`, in lower case; nil where there is none.
  func range(_ name: StaticString, of element: Element) -> Range<Int>? {
    for attribute in element.attributes where ByteSearch.holds(name, bytes, attribute.name) {
      return attribute.value
    }
    return nil
  }

  /// The value of an attribute, references decoded.
  func attribute(
    _ name: StaticString, of element: Element, isAddress: Bool = false
  ) -> String? {
    guard let range = range(name, of: element) else { return nil }
    return clean.decoded(trimmed(range), inAddress: isAddress, room: &room).trimmed
  }

  /// Whether the value of an attribute is `value`, in letters of any case; `value` in small ones.
  func says(_ value: StaticString, _ name: StaticString, of element: Element) -> Bool {
    guard let range = range(name, of: element) else { return false }
    return ByteSearch.holds(value, bytes, trimmed(range))
  }

  /// What the `type` of an element says of its text; nil where it has none.
  func type(of element: Element) -> TextType? {
    guard let range = range("type", of: element) else { return nil }
    for (name, type) in TextType.usual where ByteSearch.holds(name, bytes, trimmed(range)) {
      return type
    }
    return TextType(attribute("type", of: element)?.lowercased() ?? "")
  }

  /// The address of a namespace, as the value of an attribute declares it.
  func namespace(_ value: Range<Int>) -> String {
    PlainText.oneLine(clean.decoded(value, room: &room))
  }

  /// What `xml:base` or `xml:lang` makes of the scope around it.
  func scope(
    _ attribute: MarkupScanner.Attribute, _ name: NameKey, in outer: Element.Scope
  ) -> Element.Scope {
    var scope = outer
    let value = clean.decoded(attribute.value, inAddress: name == .base, room: &room).trimmed
    if name == .lang {
      scope.language = value.nonEmpty ?? scope.language
    } else if let address = links.link(value, against: outer.base, at: attribute.value.lowerBound),
      Address.isWeb(address)
    {
      // What is no address of a page cannot be a base.
      scope.base = address
    }
    return scope
  }

  /// The line in which a byte stands.
  func line(of place: Int) -> Int {
    let place = min(place, bytes.count)
    if place < known.place { known = (0, 1) }
    known = (
      place, known.line + ByteSearch.lineEnds(in: bytes, known.place..<place)
    )
    return known.line
  }
}
