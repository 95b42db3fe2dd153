import Text

extension ParsedEntry {
  /// The image of an entry none of whose elements is for one: an attached one, else the first of its text.
  func imageOfBody(_ links: Links, at place: Int) -> String? {
    for enclosure in enclosures where enclosure.type?.hasPrefix("image") == true {
      return enclosure.url
    }
    return (content ?? summary).flatMap { firstImage(in: $0, links, at: place) }
  }

  /// The first image in `html` that a reader sees: one of a pixel counts readers.
  private func firstImage(in html: String, _ links: Links, at place: Int) -> String? {
    guard html.utf8Span.span.holdsImage else { return nil }
    var scanner = MarkupScanner(Array(html.utf8), .html)
    while let token = scanner.next() {
      guard case .start(let name, let attributes, _) = token,
        ByteSearch.holds("img", scanner.bytes, name)
      else { continue }
      func value(_ name: StaticString) -> String? {
        let found = attributes.first { ByteSearch.holds(name, scanner.bytes, $0.name) }
        return found.map { CharacterReference.decode(scanner.bytes[$0.value], inAddress: true) }
      }
      if Self.isPixel(value("width")), Self.isPixel(value("height")) { continue }
      let address = value("src").flatMap { links.link($0, against: base, at: place) }
      if let address, Address.isWeb(address) { return address }
    }
    return nil
  }

  private static func isPixel(_ length: String?) -> Bool {
    length.map { ["0", "1", "0px", "1px"].contains($0.trimmed) } ?? false
  }
}

extension Span<UInt8> {
  /// Whether `<img` stands anywhere, so that a text without images is not scanned as markup.
  fileprivate var holdsImage: Bool {
    var place = 0
    while true {
      place = ByteSearch.first(UInt8(ascii: "<"), in: self, from: place, to: count) + 1
      guard place + 3 <= count else { return false }
      if self[place] | 0x20 == UInt8(ascii: "i"), self[place + 1] | 0x20 == UInt8(ascii: "m"),
        self[place + 2] | 0x20 == UInt8(ascii: "g")
      {
        return true
      }
    }
  }
}
