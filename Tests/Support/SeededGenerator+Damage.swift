extension SeededGenerator {
  /// Changes, takes out, doubles or puts in a piece of a document.
  public mutating func damage(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: bytes.indices, using: &self)
    let end = min(bytes.count, place + Int.random(in: 1...40, using: &self))
    switch Int.random(in: 0..<4, using: &self) {
    case 0: bytes[place] = .random(in: 0...255, using: &self)
    case 1: bytes.removeSubrange(place..<end)
    case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
    default:
      let pieces = [
        "<item>", "</item>", "<![CDATA[", "]]>", "<!--", "&#", "\"", "\\u", "<a b='", "&#x202E;",
      ]
      bytes.insert(contentsOf: pieces[Int.random(in: pieces.indices, using: &self)].utf8, at: place)
    }
  }
}
