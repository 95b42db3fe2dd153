/// Text as XML 1.0 has it, and HTML too, for elements and attributes in double quotes.
public enum XMLText {
  /// What XML cannot hold (XML 1.0 §2.2) is left out, and so is what acts on a reader.
  public static func escape(_ text: String) -> String {
    var safe = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\t", "\r", "\u{2028}", "\u{2029}": safe += " "
      case "\u{200e}", "\u{200f}": safe.unicodeScalars.append(scalar)
      case "\u{fffe}", "\u{ffff}": break
      case _ where SafeText.isUnsafe(scalar): break
      default:
        if let entity = entity(scalar) {
          safe += entity
        } else {
          safe.unicodeScalars.append(scalar)
        }
      }
    }
    return safe
  }

  /// What stands for a character that markup is made of; nil for any other.
  public static func entity(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "'": "&#39;"
    default: nil
    }
  }
}
