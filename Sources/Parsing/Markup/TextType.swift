/// What Atom's `type` says of a text: a word of its own, or a media type (RFC 4287, section 4.1.3).
struct TextType {
  let isHTML: Bool
  let isXHTML: Bool
  /// Text in which no markup counts.
  let isPlain: Bool
  /// Base64 of what is no text.
  let isBinary: Bool

  /// Reads a type in small letters.
  init(_ type: String) {
    isHTML = type.contains("html")
    isXHTML = type == "xhtml" || type == "application/xhtml+xml"
    isPlain = ["", "text", "text/plain"].contains(type)
    isBinary =
      type.contains("/") && !type.hasPrefix("text/") && !type.hasSuffix("xml")
      && !type.hasSuffix("+xml") && type != "application/xhtml"
  }

  /// Nearly all that feeds write, so that they are compared and not read.
  static let usual: [(name: StaticString, type: TextType)] = [
    ("html", TextType("html")), ("xhtml", TextType("xhtml")), ("text", TextType("text")),
    ("text/html", TextType("text/html")), ("text/plain", TextType("text/plain")),
  ]

  static let none = TextType("")
}
