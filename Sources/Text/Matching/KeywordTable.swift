/// Finds any number of keywords in one pass over the words of a text.
///
/// News needs one decision a word, and the usual answer, «in no keyword», is one bit. So a word's hash
/// asks a bitmap of the keywords of one word, and the hash of two words side by side a bitmap of one
/// pair of each longer keyword; only what both let through is looked up and compared byte by byte. A
/// keyword of three words and more is filed under its rarest pair.
struct KeywordTable: Sendable {
  private let arena: [UInt8]
  private let keywords: [Keyword]
  private let slots: KeywordSlots
  private let singles: Bitmap
  private let pairs: Bitmap
  private let hasPairs: Bool
  /// The owners of keyword n stand in `owners` from `ownersStart[n]` to the next.
  private let ownersStart: [UInt32]
  private let owners: [UInt32]

  init(_ builder: consuming KeywordBuilder) {
    let made = builder.build()
    (arena, keywords, slots) = (made.arena, made.keywords, made.slots)
    (singles, pairs, hasPairs) = (made.singles, made.pairs, made.hasPairs)
    (ownersStart, owners) = (made.ownersStart, made.owners)
  }

  /// All places where keywords stand, in no order.
  func hits(in words: Words) -> [KeywordHit] {
    guard !keywords.isEmpty else { return [] }
    var hits: [KeywordHit] = []
    unsafe words.words.withUnsafeBufferPointer { list in
      unsafe withUnsafeTemporaryAllocation(of: Candidate.self, capacity: 2 * Self.block) { found in
        for start in stride(from: 0, to: list.count, by: Self.block) {
          let end = min(start + Self.block, list.count)
          let count = unsafe candidates(start..<end, of: list, into: found)
          for index in 0..<count { unsafe verify(found[index], words, &hits) }
        }
      }
    }
    return hits
  }

  /// A word whose hash, or that of it and the next one, may be that of a keyword.
  private struct Candidate {
    var hash: UInt64
    var word: Int
  }

  /// Words looked at before any is compared: so the misses of memory overlap.
  private static let block = 1_024

  /// Writes every candidate without a branch; the next one takes the place of what was none.
  private func candidates(
    _ range: Range<Int>, of list: UnsafeBufferPointer<Words.Word>,
    into found: UnsafeMutableBufferPointer<Candidate>
  ) -> Int {
    var count = 0
    for index in range {
      let hash = unsafe list[index].hash
      unsafe found[count] = Candidate(hash: hash, word: index)
      count += singles.mayHold(hash) ? 1 : 0
      guard hasPairs, index + 1 < list.count else { continue }
      // The last word of a block looks at the first of the next, so no pair is cut.
      let pair = WordHash.pair(hash, unsafe list[index + 1].hash)
      unsafe found[count] = Candidate(hash: pair, word: index)
      count += pairs.mayHold(pair) ? 1 : 0
    }
    return count
  }

  private func verify(_ candidate: Candidate, _ words: Words, _ hits: inout [KeywordHit]) {
    var next = slots.head(of: candidate.hash)
    while next != Keyword.none {
      let keyword = keywords[Int(next)]
      if let range = place(keyword, at: candidate.word, words) {
        let index = Int(next)
        for owner in owners[Int(ownersStart[index])..<Int(ownersStart[index + 1])] {
          hits.append(KeywordHit(owner: Int(owner), words: range))
        }
      }
      next = keyword.next
    }
  }

  /// The words that `keyword` covers if the one it is filed under is word `index`.
  private func place(_ keyword: Keyword, at index: Int, _ words: Words) -> Range<Int>? {
    let first = index - Int(keyword.wordsBefore)
    let last = first + Int(keyword.words) - 1
    guard first >= 0, last < words.words.count else { return nil }
    let start = Int(words.words[first].foldedStart)
    guard Int(words.words[last].foldedEnd) - start == Int(keyword.length) else { return nil }
    let isEqual = unsafe words.folded.withUnsafeBytes { folded in
      unsafe arena.withUnsafeBytes { arena in
        unsafe folded[start..<start + Int(keyword.length)].elementsEqual(arena[keyword.bytes])
      }
    }
    return isEqual ? first..<last + 1 : nil
  }
}
