/// Gathers text and the breaks between its pieces, a line at a time.
struct PlainTextWriter {
  /// A line, or a paragraph of one line, that is being written.
  private struct Line {
    /// Where the breaks before it and where its text begin.
    var start: Int
    var text: Int
    var breaks: Int
    /// What stands in it outside of links.
    var unlinked: [UInt8] = []
  }

  /// Text outside of links that is looked at, in bytes: a line with more is no boilerplate.
  private static let looked = 600

  private let boilerplate: Boilerplate?
  private var output: [UInt8] = []
  private var line: Line?
  /// Line ends owed before the next word.
  private var breaks = 0
  private var wantsSpace = false
  /// Blanks at the beginning of a line of preformatted text.
  private var indent = 0
  /// Elements that are dropped and open.
  private var dropped: [HTMLTag] = []
  private var preformatted = 0
  private var links = 0
  /// Where text is put together whose references are decoded; kept from piece to piece.
  private var room: [UInt8] = []

  /// Leaves out what `boilerplate` knows.
  init(_ boilerplate: Boilerplate?) {
    self.boilerplate = boilerplate
  }

  // MARK: Text

  /// Adds a piece of UTF-8 with its references decoded.
  mutating func add(decoding bytes: [UInt8], _ range: Range<Int>) {
    guard dropped.isEmpty else { return }
    let mark = ByteSearch.first(
      UInt8(ascii: "&"), in: bytes, from: range.lowerBound, to: range.upperBound)
    guard mark < range.upperBound else { return add(bytes, range) }
    var decoded: [UInt8] = []
    swap(&decoded, &room)
    CharacterReference.append(bytes, range, to: &decoded)
    add(decoded, decoded.indices)
    decoded.removeAll(keepingCapacity: true)
    room = decoded
  }

  /// Adds a piece of UTF-8 as it stands; most of it is copied in long runs.
  mutating func add(_ bytes: [UInt8], _ range: Range<Int>) {
    guard dropped.isEmpty else { return }
    var place = range.lowerBound
    while place < range.upperBound {
      let end = PlainText.endOfRun(bytes.span.extracting(range), from: place - range.lowerBound)
      let run = place..<range.lowerBound + end
      if run.isEmpty {
        place = addOdd(bytes, place)
      } else {
        write(bytes[run])
        place = run.upperBound
      }
    }
  }

  /// Adds the one character at `place`, which may be white space or invisible, and gives the place behind it.
  private mutating func addOdd(_ bytes: [UInt8], _ place: Int) -> Int {
    let length = Self.length(bytes[place])
    let end = min(place + length, bytes.count)
    let text = String(decoding: bytes[place..<end], as: UTF8.self)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t", "\n", "\r", " ": blank(scalar)
      case "\u{B}", "\u{C}": break
      default:
        if PlainText.isInvisible(scalar) { continue }
        if scalar.properties.isWhitespace { blank(scalar) } else { write(bytes[place..<end]) }
      }
    }
    return end
  }

  private static func length(_ lead: UInt8) -> Int {
    lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  /// A blank; in preformatted text it stands as it is, elsewhere a run of them is one.
  private mutating func blank(_ scalar: Unicode.Scalar) {
    guard preformatted > 0 else { return wantsSpace = true }
    if scalar == "\n" {
      end(with: 1)
    } else if line == nil {
      indent += 1
    } else if scalar != "\r" {
      flushSpace()
      append([0x20])
    }
  }

  private mutating func write(_ run: ArraySlice<UInt8>) {
    if line == nil {
      line = Line(start: output.count, text: output.count, breaks: breaks)
      if !output.isEmpty {
        output += repeatElement(0x0A, count: breaks)
        output += repeatElement(0x20, count: breaks == 0 ? (wantsSpace ? 1 : 0) : indent)
      }
      line?.text = output.count
      (breaks, wantsSpace, indent) = (0, false, 0)
    }
    flushSpace()
    append(run)
  }

  private mutating func flushSpace() {
    if wantsSpace { append([0x20]) }
    wantsSpace = false
  }

  private mutating func append(_ run: ArraySlice<UInt8>) {
    output += run
    guard boilerplate != nil, links == 0, let count = line?.unlinked.count, count < Self.looked
    else { return }
    line?.unlinked += run.prefix(Self.looked - count)
  }

  // MARK: Elements

  /// Ends the line, if one was begun; what is boilerplate goes.
  private mutating func end(with count: Int) {
    if let line {
      while output.count > line.text, output.last == 0x20 { output.removeLast() }
      if let boilerplate, output.count - line.text <= 2 * Self.looked,
        boilerplate.holds(output[line.text...], unlinked: line.unlinked[...])
      {
        output.removeSubrange(line.start...)
        breaks = line.breaks
      }
      self.line = nil
    }
    breaks = max(breaks, count)
    (wantsSpace, indent) = (false, 0)
  }

  mutating func start(_ tag: HTMLTag, isEmpty: Bool) {
    if tag.traits.contains(.dropped) {
      if !isEmpty, !tag.traits.contains(.void), dropped.count < 64 { dropped.append(tag) }
      return
    }
    note(tag)
    guard dropped.isEmpty else { return }
    switch tag {
    case .pre where !isEmpty: preformatted += 1
    case .a where !isEmpty: links = 1
    case .q: write([UInt8(ascii: "\"")])
    case .td, .th: wantsSpace = true
    default: break
    }
  }

  mutating func end(_ tag: HTMLTag) {
    if let last = dropped.lastIndex(of: tag) {
      dropped.removeSubrange(last...)
      return
    }
    guard dropped.isEmpty else { return }
    switch tag {
    case .q: write([UInt8(ascii: "\"")])
    case .a: links = 0
    case .pre: preformatted = max(0, preformatted - 1)
    default: break
    }
    note(tag)
  }

  private mutating func note(_ tag: HTMLTag) {
    guard dropped.isEmpty else { return }
    if tag.traits.contains(.block) { end(with: 2) }
    if tag.traits.contains(.line) { end(with: 1) }
  }

  /// The whole text; nothing can be added behind it.
  var finished: String {
    mutating get {
      end(with: 0)
      return CleanText.string(joined: output)
    }
  }
}
