/// What may not reach a reader as it is, and how it is shown instead.
///
/// Text from outside is untrusted also when it is printed: a title may hold an escape sequence for
/// the terminal, or marks that turn the direction of what follows.
public enum SafeText {
  /// Whether `scalar` acts on a terminal or on the order of text instead of being read.
  public static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0xAD, 0x61C, 0x200B, 0x200E...0x200F, 0x2028...0x2029,
      0x202A...0x202E, 0x2060...0x2069, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }

  /// `text` on one line for a terminal or a log: what is unsafe stands as `\u{9b}`.
  public static func line(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var safe = ""
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\t" {
        safe.unicodeScalars.append(" ")
      } else if isUnsafe(scalar) {
        safe += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  /// `text` isolated from the direction of what stands beside it (U+2068, U+2069; UAX #9 §2.4).
  public static func isolated(_ text: String) -> String {
    "\u{2068}" + line(text) + "\u{2069}"
  }
}
