/// HTML as the text a person reads: paragraphs separated by an empty line, no markup.
public struct PlainText {
  public private(set) var text: String

  /// Reads `html`; only elements that HTML knows count as markup.
  public init(html: String) {
    self.init(html: Array(html.utf8), isTitle: false, nil)
  }

  /// Reads the body of an article, without the lines around its text that would plant false names.
  ///
  /// Those are links to other articles, lines to share it by, and the names of its `authors` once more.
  public init(html: String, by authors: [String]) {
    self.init(html: Array(html.utf8), isTitle: false, Boilerplate(authors: authors))
  }

  /// A title that may hold markup: one line, decoded once.
  public static func title(html: String) -> String {
    guard html.utf8.contains(UInt8(ascii: "<")) else {
      let isPlain = !html.utf8.contains(UInt8(ascii: "&"))
      return oneLine(isPlain ? html : CharacterReference.decode(html.utf8))
    }
    return oneLine(PlainText(html: Array(html.utf8), isTitle: true, nil).text)
  }

  /// `text` with runs of white space as one blank, none at its ends, nothing invisible in it.
  public static func oneLine(_ text: String) -> String {
    if isLine(text.utf8Span.span, mayHoldMarkup: true) { return text }
    var output = String.UnicodeScalarView()
    var wantsSpace = false
    for scalar in text.unicodeScalars where !isInvisible(scalar) {
      if scalar.properties.isWhitespace {
        wantsSpace = !output.isEmpty
      } else {
        if wantsSpace { output.append(" ") }
        wantsSpace = false
        output.append(scalar)
      }
    }
    return String(output)
  }

  /// Whether a reader sees nothing of `scalar`: controls, soft hyphens, and what turns the direction.
  ///
  /// The joiners U+200C and U+200D shape what stands beside them, so they stay.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x85: false
    case 0...0x1F, 0x7F...0x9F, 0xAD, 0x061C, 0x200B, 0x200E...0x200F, 0x202A...0x202E,
      0x2060...0x206F, 0xFEFF, 0xFFFE, 0xFFFF:
      true
    default: false
    }
  }

  private init(html bytes: [UInt8], isTitle: Bool, _ boilerplate: Boilerplate?) {
    var scanner = MarkupScanner(bytes, .html)
    var writer = PlainTextWriter(boilerplate)
    /// Tags that no HTML knows and that a title holds as text.
    var written: Set<HTMLTag> = []
    while let token = scanner.next() {
      let whole = scanner.tokenStart..<scanner.place
      switch token {
      case .text(let range): writer.add(decoding: bytes, range)
      case .cdata(let range): writer.add(bytes, range)
      case .start(let name, _, let isEmpty):
        let tag = HTMLTag(bytes, name)
        if tag.traits.contains(.known) {
          writer.start(tag, isEmpty: isEmpty)
        } else if isTitle {
          written.insert(tag)
          writer.add(bytes, whole)
        }
      case .end(let name):
        let tag = HTMLTag(bytes, name)
        if written.contains(tag) {
          writer.add(bytes, whole)
        } else {
          writer.end(tag)
        }
      }
    }
    text = Composed.text(writer.finished)
  }

  /// The name of an element or attribute, in lower case.
  public static func name(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self).lowercased()
  }
}
