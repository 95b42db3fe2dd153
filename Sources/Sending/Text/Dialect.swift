import Core

/// How text from outside is escaped for a receiver.
///
/// Each escapes character by character and without looking at the neighbours, so that a text may be cut
/// anywhere between two characters.
public enum Dialect: String, Hashable, Sendable, CaseIterable {
  case plain, slack, markdown, discord, html

  /// What parts the lines of a list.
  var lineBreak: String { self == .html ? "<br>" : "\n" }

  /// `text` whole, escaped.
  func escape(_ text: String) -> String { text.unicodeScalars.map(escape).joined() }

  /// `scalar` as it stands in a message; nothing for what acts on a reader instead of being read.
  func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n", "\t", "\r", "\u{2028}", "\u{2029}": return " "
    // Persian, Arabic, Indic scripts and emoji need these (U+200C and U+200D are no marks of direction).
    case "\u{200e}", "\u{200f}": return String(scalar)
    case _ where SafeText.isUnsafe(scalar): return ""
    default: break
    }
    switch self {
    case .plain: return String(scalar)
    case .slack: return scalar == "@" ? Self.powerless : Self.entity(scalar) ?? String(scalar)
    case .html: return XMLText.entity(scalar) ?? String(scalar)
    case .markdown:
      // Mattermost reads `<!channel>` and `<address|words>` as Slack does, backslashes or not.
      if "<>&".unicodeScalars.contains(scalar) { return Self.entity(scalar) ?? "" }
      return Self.marked(scalar)
    case .discord: return Self.marked(scalar)
    }
  }

  /// A backslash before every mark of ASCII, which CommonMark §2.4 allows.
  private static func marked(_ scalar: Unicode.Scalar) -> String {
    if scalar == "@" { return powerless }
    let isMark =
      switch scalar.value {
      case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
      default: false
      }
    return isMark ? "\\" + String(scalar) : String(scalar)
  }

  /// A chat shows quotes as they are, entities or not.
  private static func entity(_ scalar: Unicode.Scalar) -> String? {
    "&<>".unicodeScalars.contains(scalar) ? XMLText.entity(scalar) : nil
  }

  /// An at sign that mentions nobody.
  private static let powerless = "@\u{200b}"
}
