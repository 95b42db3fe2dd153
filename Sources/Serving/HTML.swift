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
}
