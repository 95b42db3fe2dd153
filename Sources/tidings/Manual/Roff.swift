/// A page of the manual in man(7), escaped by construction: text enters only through functions that escape.
struct Roff {
  /// A piece of a line.
  enum Span {
    case plain(String)
    /// To be typed as it stands.
    case literal(String)
    /// To be replaced by a value.
    case value(String)
  }

  private(set) var text: String

  init(_ name: String, section: Int) {
    // No date: the same version makes the same page.
    text =
      ".TH \"\(Self.escaped(name.uppercased()))\" \"\(section)\" \"\" \"Tidings \(Tidings.version)\" "
      + "\"Tidings\"\n"
  }

  mutating func heading(_ words: String) {
    text += ".SH \"\(Self.escaped(words.uppercased()))\"\n"
  }

  mutating func subheading(_ words: String) {
    text += ".SS \"\(Self.escaped(words))\"\n"
  }

  mutating func paragraph(_ spans: [Span]) {
    text += ".PP\n" + Self.line(spans)
  }

  /// An entry of a list: what it is about, and what is said of it.
  mutating func entry(_ tag: [Span], _ spans: [Span]) {
    text += ".TP\n" + Self.line(tag) + Self.line(spans)
  }

  /// Lines as they stand.
  mutating func code(_ lines: [String]) {
    text += ".PP\n.nf\n.RS 2\n"
    for line in lines { text += Self.line([.plain(line)]) }
    text += ".RE\n.fi\n"
  }

  private static func line(_ spans: [Span]) -> String {
    var line = ""
    for span in spans {
      switch span {
      case .plain(let words): line += escaped(words)
      case .literal(let words): line += "\\fB" + escaped(words) + "\\fR"
      case .value(let words): line += "\\fI" + escaped(words) + "\\fR"
      }
    }
    // A line that begins with one of these is an order to the formatter.
    if line.hasPrefix(".") || line.hasPrefix("'") { line = "\\&" + line }
    return line + "\n"
  }

  /// Text whose hyphens stay hyphens when they are copied.
  private static func escaped(_ words: String) -> String {
    var text = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "\\": text += "\\e"
      case "-": text += "\\-"
      case "\"": text += "\\(dq"
      case "`": text += "\\(ga"
      case "~": text += "\\(ti"
      case "^": text += "\\(ha"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
