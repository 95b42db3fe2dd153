/// The inside of a start tag, and the classes of bytes that make one.
extension MarkupScanner {
  /// The attributes up to the end of the tag, or to where another begins.
  mutating func tagInside() -> (attributes: [Attribute], isEmpty: Bool) {
    var attributes: [Attribute] = []
    var isEmpty = false
    while true {
      skipSpace()
      guard place < end else {
        repair()
        break
      }
      if bytes[place] == UInt8(ascii: ">") {
        place += 1
        break
      }
      if bytes[place] == UInt8(ascii: "/") {
        isEmpty = place + 1 < end && bytes[place + 1] == UInt8(ascii: ">")
        place += 1
        continue
      }
      // The tag was never closed, and another begins.
      if bytes[place] == UInt8(ascii: "<") {
        repair()
        break
      }
      let attribute = takeAttribute()
      if attributes.count < Self.attributeLimit {
        attributes.append(attribute)
      } else {
        firstCrowd = firstCrowd ?? tokenStart
      }
    }
    return (attributes, isEmpty)
  }

  private mutating func takeAttribute() -> Attribute {
    let start = place
    place = nameEnd(from: place)
    if place == start { place += 1 }
    let name = start..<place
    let retreat = place
    skipSpace()
    guard place < end, bytes[place] == UInt8(ascii: "=") else {
      place = retreat
      return Attribute(name: name, value: retreat..<retreat)
    }
    place += 1
    skipSpace()
    return Attribute(name: name, value: takeValue())
  }

  private mutating func takeValue() -> Range<Int> {
    guard place < end else { return place..<place }
    let quote = bytes[place]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      let start = place
      while place < end, !Self.isSpace(bytes[place]), bytes[place] != UInt8(ascii: ">") {
        place += 1
      }
      return start..<place
    }
    return shortValue(quote) ?? longValue(quote)
  }

  /// A value whose quote is near and that holds no `<`: nearly every one.
  private mutating func shortValue(_ quote: UInt8) -> Range<Int>? {
    let start = place + 1
    let limit = min(end, start + 512)
    let close = ByteSearch.first(quote, in: bytes, from: start, to: limit)
    guard close < limit,
      ByteSearch.first(UInt8(ascii: "<"), in: bytes, from: start, to: close) == close
    else { return nil }
    place = close + 1
    return start..<close
  }

  private mutating func longValue(_ quote: UInt8) -> Range<Int> {
    let start = place + 1
    place = start
    var tagEnd: Int?
    var holdsMarkup = false
    while place < end, bytes[place] != quote {
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
    if place < end, bytes[place] == quote {
      place += 1
      return place - 1
    }
    repair()
    if dialect == .xml, let tagEnd { place = tagEnd }
    return place
  }

  // MARK: Bytes

  private mutating func skipSpace() {
    while place < end, Self.isSpace(bytes[place]) { place += 1 }
  }

  func nameEnd(from start: Int) -> Int {
    var place = start
    while place < end, !Self.endsName(bytes[place]) { place += 1 }
    return place
  }

  func has(_ text: StaticString, at offset: Int) -> Bool {
    let width = text.utf8CodeUnitCount
    guard offset >= 0, offset + width <= end else { return false }
    return text.withUTF8Buffer { wanted in
      for index in 0..<width where unsafe bytes[offset + index] != wanted[index] { return false }
      return true
    }
  }

  func hasName(_ name: [UInt8], at offset: Int) -> Bool {
    guard offset + name.count <= end else { return false }
    return bytes[offset..<offset + name.count].elementsEqual(name) { $0 | 0x20 == $1 }
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte <= 0x20 && (1 << UInt64(byte)) & spaces != 0
  }

  static func isNameStart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x3A, 0x80...0xFF: true
    default: false
    }
  }

  static func endsName(_ byte: UInt8) -> Bool {
    byte < 64 && (1 << UInt64(byte)) & (spaces | signs) != 0
  }

  /// Blank, tab, line feed, form feed and carriage return, a bit each.
  private static var spaces: UInt64 { 1 << 0x20 | 1 << 0x09 | 1 << 0x0A | 1 << 0x0C | 1 << 0x0D }

  /// `>`, `/`, `<` and `=`.
  private static var signs: UInt64 { 1 << 0x3E | 1 << 0x2F | 1 << 0x3C | 1 << 0x3D }
}
