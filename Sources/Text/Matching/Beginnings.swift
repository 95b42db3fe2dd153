/// What is filed under the first letters of a word: prefixes.
struct Beginnings: Sendable {
  private var bitmap = Bitmap(for: 2_048)
  private var entries: [UInt64: [PhraseMatcher.Anchor]] = [:]

  var isEmpty: Bool { entries.isEmpty }

  /// Files `anchor` under a prefix; says whether it has the three letters that this takes.
  mutating func insert(_ prefix: String, _ anchor: PhraseMatcher.Anchor) -> Bool {
    guard let key = Self.key(Array(prefix.utf8)[...]) else { return false }
    bitmap.insert(key)
    entries[key, default: []].append(anchor)
    return true
  }

  /// What is filed under the beginning of a word.
  func anchors(of word: ArraySlice<UInt8>) -> [PhraseMatcher.Anchor] {
    guard let key = Self.key(word), bitmap.mayHold(key) else { return [] }
    return entries[key] ?? []
  }

  /// Three letters of ASCII, or the first four bytes of what begins with another: as many as the
  /// shortest prefix allowed has.
  private static func key(_ word: ArraySlice<UInt8>) -> UInt64? {
    guard let first = word.first else { return nil }
    let length = first < 0x80 ? 3 : 4
    guard word.count >= length else { return nil }
    return WordHash.short(word.prefix(length).reduce(UInt64(length)) { $0 << 8 | UInt64($1) })
  }
}
