import Core

/// HTML that is escaped by construction: text enters it only through functions that escape.
struct HTML {
  private(set) var text = ""

  /// Markup of our own, as it stands.
  mutating func markup(_ literal: StaticString) {
    text += literal.description
  }

  mutating func add(_ value: String) {
    for scalar in value.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      case _ where Self.isActive(scalar): text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  /// A link; an address that is neither http nor https stays text.
  mutating func link(_ address: String?, _ label: String) {
    guard let address, address.hasPrefix("http://") || address.hasPrefix("https://") else {
      return add(label)
    }
    text += "<a rel=\"noopener noreferrer nofollow\" dir=\"auto\" href=\""
    add(address)
    text += "\">"
    add(label)
    text += "</a>"
  }

  /// Whether `scalar` acts on a terminal, where programs show pages too, or turns what stands around it.
  ///
  /// Marks that only shape or direct their own letters stay: Arabic and Persian are written with them.
  private static func isActive(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0xAD, 0x61C, 0x200B...0x200F, 0x2060...0x2064, 0xFEFF: false
    default: SafeText.isUnsafe(scalar)
    }
  }
}
