import Core

/// HTML that is escaped by construction: text enters it only through functions that escape.
struct HTML {
  /// Names of our own; a value of nil leaves its attribute out.
  typealias Attributes = KeyValuePairs<StaticString, String?>

  private(set) var text = ""

  /// Markup of our own, as it stands.
  mutating func markup(_ literal: StaticString) {
    text += literal.description
  }

  mutating func add(_ value: String) {
    for scalar in value.unicodeScalars {
      if let entity = XMLText.entity(scalar) {
        text += entity
      } else {
        text.unicodeScalars.append(Self.isActive(scalar) ? "\u{FFFD}" : scalar)
      }
    }
  }

  mutating func open(_ tag: StaticString, _ attributes: Attributes = [:]) {
    text += "<\(tag)"
    for (name, value) in attributes {
      guard let value else { continue }
      text += " \(name)=\""
      add(value)
      text += "\""
    }
    text += ">"
  }

  mutating func close(_ tag: StaticString) {
    text += "</\(tag)>"
  }

  mutating func element(
    _ tag: StaticString, _ attributes: Attributes = [:], _ body: (inout HTML) -> Void
  ) {
    open(tag, attributes)
    body(&self)
    close(tag)
  }

  /// An element that holds words of ours.
  mutating func element(_ tag: StaticString, _ attributes: Attributes = [:], _ words: String) {
    element(tag, attributes) { $0.add(words) }
  }

  /// A link to the web; an address that is neither http nor https stays text.
  mutating func link(_ address: String?, _ label: String) {
    link(address, Passage(label))
  }

  /// The same with what is marked in its label.
  mutating func link(_ address: String?, _ label: Passage) {
    guard let address, address.hasPrefix("http://") || address.hasPrefix("https://") else {
      return add(label)
    }
    text += "<a rel=\"noopener noreferrer nofollow\" dir=\"auto\" href=\""
    add(address)
    text += "\">"
    add(label)
    text += "</a>"
  }

  mutating func add(_ passage: Passage) {
    for piece in passage.pieces {
      if piece.isMarked { element("mark", [:], piece.text) } else { add(piece.text) }
    }
  }

  /// Text from outside, in whatever direction it is written.
  mutating func outside(_ value: String) {
    element("bdi", [:], value)
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
