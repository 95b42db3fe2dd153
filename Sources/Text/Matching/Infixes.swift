/// What may stand anywhere in a word, filed under its first four bytes.
struct Infixes: Sendable {
  private var bitmap = Bitmap(for: 2_048)
  private var entries: [UInt32: [PhraseMatcher.Anchor]] = [:]

  var isEmpty: Bool { entries.isEmpty }

  /// Files `anchor` under an infix; says whether it has the four bytes that this takes.
  mutating func insert(_ infix: String, _ anchor: PhraseMatcher.Anchor) -> Bool {
    guard infix.utf8.count >= 4 else { return false }
    let key = infix.utf8.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    bitmap.insert(WordHash.short(UInt64(key)))
    entries[key, default: []].append(anchor)
    return true
  }

  /// What is filed under any four bytes of a word side by side; each once.
  func anchors(in word: ArraySlice<UInt8>) -> [PhraseMatcher.Anchor] {
    guard word.count >= 4 else { return [] }
    var found: Set<PhraseMatcher.Anchor> = []
    var key: UInt32 = 0
    for (index, byte) in word.enumerated() {
      key = key << 8 | UInt32(byte)
      if index >= 3, bitmap.mayHold(WordHash.short(UInt64(key))) {
        found.formUnion(entries[key] ?? [])
      }
    }
    return Array(found)
  }
}
