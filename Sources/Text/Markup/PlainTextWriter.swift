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
  private var dropped: [String] = []
  private var preformatted = 0
  private var links = 0

  /// Leaves out what `boilerplate` knows.
  init(_ boilerplate: Boilerplate?) {
    self.boilerplate = boilerplate
  }

  mutating func add(_ text: String) {
    guard dropped.isEmpty else { return }
    for scalar in text.unicodeScalars {
      let isASCII = scalar.value < 0x80
      if isASCII ? scalar.value > 0x20 && scalar.value < 0x7F : !isOdd(scalar) {
        write(scalar)
      } else if isASCII ? (0x09...0x0D).contains(scalar.value) || scalar == " " : !isHidden(scalar)
      {
        blank(scalar)
      }
    }
  }

  private func isOdd(_ scalar: Unicode.Scalar) -> Bool {
    isHidden(scalar) || scalar.properties.isWhitespace
  }

  private func isHidden(_ scalar: Unicode.Scalar) -> Bool { PlainText.isInvisible(scalar) }

  /// A blank; in preformatted text it stands as it is, elsewhere a run of them is one.
  private mutating func blank(_ scalar: Unicode.Scalar) {
    guard preformatted > 0 else { return wantsSpace = true }
    if scalar == "\n" {
      end(with: 1)
    } else if line == nil {
      indent += 1
    } else if scalar != "\r" {
      flushSpace()
      append(0x20)
    }
  }

  private mutating func write(_ scalar: Unicode.Scalar) {
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
    if scalar.value < 0x80 {
      append(UInt8(scalar.value))
    } else {
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { append(byte) }
    }
  }

  private mutating func flushSpace() {
    if wantsSpace { append(0x20) }
    wantsSpace = false
  }

  private mutating func append(_ byte: UInt8) {
    output.append(byte)
    guard boilerplate != nil, links == 0, let count = line?.unlinked.count, count < Self.looked
    else { return }
    line?.unlinked.append(byte)
  }

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

  mutating func start(_ tag: String, isEmpty: Bool) {
    if HTMLNames.dropped.contains(tag) {
      if !isEmpty, !HTMLNames.void.contains(tag), dropped.count < 64 { dropped.append(tag) }
      return
    }
    note(tag)
    guard dropped.isEmpty else { return }
    switch tag {
    case "pre" where !isEmpty: preformatted += 1
    case "a" where !isEmpty: links = 1
    case "q": add("\"")
    case "td", "th": wantsSpace = true
    default: break
    }
  }

  mutating func end(_ tag: String) {
    if let last = dropped.lastIndex(of: tag) {
      dropped.removeSubrange(last...)
      return
    }
    switch tag {
    case "q": add("\"")
    case "a": links = 0
    case "pre": preformatted = max(0, preformatted - 1)
    default: break
    }
    note(tag)
  }

  private mutating func note(_ tag: String) {
    guard dropped.isEmpty else { return }
    if HTMLNames.blocks.contains(tag) { end(with: 2) }
    if HTMLNames.lines.contains(tag) { end(with: 1) }
  }

  /// The whole text; nothing can be added behind it.
  var finished: String {
    mutating get {
      end(with: 0)
      return String(decoding: output, as: UTF8.self)
    }
  }
}
