import Core

/// Text as XML 1.0 has it, for elements and attributes in double quotes.
enum XMLText {
  /// What XML cannot hold (XML 1.0 §2.2) is left out, and so is what acts on a reader.
  static func escape(_ text: String) -> String {
    var safe = ""
    for scalar in text.unicodeScalars where !isIllegal(scalar) {
      safe += Dialect.html.escape(scalar)
    }
    return safe
  }

  private static func isIllegal(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...8, 0xB, 0xC, 0xE...0x1F, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}
