/// Gathers keywords and files each under its rarest pair of words.
struct KeywordBuilder {
  /// What a ``KeywordTable`` consists of.
  struct Made {
    var arena: [UInt8] = []
    var keywords: [Keyword] = []
    var slots: KeywordSlots
    var singles: Bitmap
    var pairs: Bitmap
    var hasPairs = false
    var ownersStart: [UInt32] = []
    var owners: [UInt32] = []
  }

  /// Longer keywords are in no text, and would not fit a ``Keyword``.
  static let lengthLimit = 4_096

  /// A keyword as it was added; the hashes of its words stand in `hashes`.
  private struct Added {
    var keyword: Keyword
    var hashes: Int
    var owner: UInt32
  }

  private var arena: [UInt8] = []
  private var added: [Added] = []
  private var hashes: [UInt64] = []

  /// Whether a keyword of these words fits: not without words, nor longer than the limit.
  func takes(_ words: [String]) -> Bool {
    let length = words.reduce(words.count - 1) { $0 + $1.utf8.count }
    return !words.isEmpty && length <= Self.lengthLimit && arena.count < 1 << 31
  }

  /// Adds the folded words of a keyword, which must fit; `owner` is told where it stands.
  mutating func add(_ words: [String], owner: Int) {
    let length = words.reduce(words.count - 1) { $0 + $1.utf8.count }
    added.append(
      Added(
        keyword: Keyword(
          offset: UInt32(arena.count), length: UInt16(length), words: UInt16(words.count),
          wordsBefore: 0),
        hashes: hashes.count, owner: UInt32(owner)))
    for (index, word) in words.enumerated() {
      if index > 0 { arena.append(Words.blank) }
      arena.append(contentsOf: word.utf8)
      hashes.append(WordHash.hash(word))
    }
  }

  // MARK: Building

  consuming func build() -> Made {
    let counts = pairCounts()
    let longer = added.count { $0.keyword.words > 1 }
    var made = Made(
      slots: KeywordSlots(for: added.count), singles: Bitmap(for: added.count - longer),
      pairs: Bitmap(for: longer), hasPairs: longer > 0)
    made.keywords.reserveCapacity(added.count)
    var number: [UInt32] = []
    number.reserveCapacity(added.count)
    for item in added { number.append(file(item, counts, &made)) }
    made.arena = arena
    setOwners(number, &made)
    return made
  }

  /// How often each pair occurs among the keywords, by the low bits of its hash; rough, and enough.
  private func pairCounts() -> [UInt8] {
    var counts = [UInt8](repeating: 0, count: 1 << 16)
    for item in added where item.keyword.words > 2 {
      for pair in pairs(of: item) where counts[Self.bucket(pair)] < .max {
        counts[Self.bucket(pair)] += 1
      }
    }
    return counts
  }

  private static func bucket(_ pair: UInt64) -> Int { Int(pair & 0xFFFF) }

  private func pairs(of item: Added) -> [UInt64] {
    (1..<Int(item.keyword.words)).map {
      WordHash.pair(hashes[item.hashes + $0 - 1], hashes[item.hashes + $0])
    }
  }

  /// Files one keyword and gives its number; one that is there already keeps its own.
  private func file(_ item: Added, _ counts: [UInt8], _ made: inout Made) -> UInt32 {
    var keyword = item.keyword
    let hash: UInt64
    if keyword.words == 1 {
      hash = hashes[item.hashes]
      made.singles.insert(hash)
    } else {
      let pairs = pairs(of: item)
      let rarest =
        pairs.indices.min { counts[Self.bucket(pairs[$0])] < counts[Self.bucket(pairs[$1])] } ?? 0
      hash = pairs[rarest]
      made.pairs.insert(hash)
      keyword.wordsBefore = UInt16(rarest)
    }
    let head = made.slots.head(of: hash)
    if let known = find(keyword, from: head, made.keywords) { return known }
    keyword.next = head
    made.keywords.append(keyword)
    made.slots.setHead(of: hash, to: UInt32(made.keywords.count - 1))
    return UInt32(made.keywords.count - 1)
  }

  private func find(_ keyword: Keyword, from head: UInt32, _ keywords: [Keyword]) -> UInt32? {
    var next = head
    while next != Keyword.none {
      let other = keywords[Int(next)]
      if other.length == keyword.length, arena[other.bytes].elementsEqual(arena[keyword.bytes]) {
        return next
      }
      next = other.next
    }
    return nil
  }

  /// Writes the owners of each keyword side by side, in the order in which they were added.
  private func setOwners(_ number: [UInt32], _ made: inout Made) {
    made.ownersStart = [UInt32](repeating: 0, count: made.keywords.count + 1)
    for keyword in number { made.ownersStart[Int(keyword) + 1] += 1 }
    for index in made.keywords.indices { made.ownersStart[index + 1] += made.ownersStart[index] }
    var next = made.ownersStart
    made.owners = [UInt32](repeating: 0, count: number.count)
    for (item, keyword) in zip(added, number) {
      made.owners[Int(next[Int(keyword)])] = item.owner
      next[Int(keyword)] += 1
    }
  }
}
