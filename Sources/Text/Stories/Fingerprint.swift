/// What tells copies of one text from other texts: the hashes of its shingles, runs of folded words.
///
/// A shingle is four words side by side, of scripts that write no spaces eight characters. Two texts are
/// held against each other by how many they share (Broder, "On the resemblance and containment of
/// documents", 1997).
public struct Fingerprint: Hashable, Sendable {
  /// Hashes that are kept of a text, the smallest: a fair sample of all.
  static let limit = 1_000
  static let wordsOfShingle = 4
  static let charactersOfShingle = 8
  /// With fewer shingles in the shorter of two, that it is contained in the other says nothing.
  static let leastContained = 60

  /// Distinct and ascending.
  public let shingles: [UInt64]
  /// How many distinct ones the text has, kept or not.
  public let count: Int

  public init(_ words: Words) {
    var hashes: [UInt64] = []
    hashes.reserveCapacity(words.words.count)
    for start in words.words.indices {
      if let hash = Self.shingle(words, from: start) { hashes.append(hash) }
    }
    self.init(hashes)
  }

  /// Of hashes in any order.
  init(_ hashes: [UInt64]) {
    var distinct: [UInt64] = []
    distinct.reserveCapacity(hashes.count)
    for hash in hashes.sorted() where distinct.last != hash { distinct.append(hash) }
    count = distinct.count
    shingles = Array(distinct.prefix(Self.limit))
  }

  /// Of what was kept of one.
  public init(shingles: [UInt64], count: Int) {
    (self.shingles, self.count) = (shingles, count)
  }

  /// The shingle that begins with a word; nil where too few follow.
  private static func shingle(_ words: Words, from start: Int) -> UInt64? {
    let first = words.words[start]
    let length = words.isSpaceless(first) ? charactersOfShingle : wordsOfShingle
    guard start + length <= words.words.count else { return nil }
    return words.words[(start + 1)..<(start + length)].reduce(first.hash) {
      WordHash.pair($0, $1.hash)
    }
  }
}

extension Fingerprint {
  /// How much two texts have in common.
  public struct Likeness: Hashable, Sendable {
    /// The share of all shingles of both that both have.
    public var jaccard: Double
    /// The share of the shorter's shingles that the longer has.
    public var containment: Double
    /// Shingles of the shorter one.
    public var shorter: Int

    /// Whether one is a copy of the other, cut or reworded a little.
    public var isCopy: Bool {
      jaccard >= 0.4 || containment >= 0.6 && shorter >= Fingerprint.leastContained
    }

    /// Whether both tell one story for what they share, copies or not.
    public var isOneStory: Bool { jaccard >= 0.3 || isCopy }
  }

  /// Exact where both are kept whole, else an estimate by the hashes that both samples cover.
  public func likeness(to other: Fingerprint) -> Likeness {
    let end = min(reach, other.reach)
    var (shared, own, others) = (0, 0, 0)
    var (a, b) = (0, 0)
    while a < shingles.count || b < other.shingles.count {
      let left = a < shingles.count ? shingles[a] : .max
      let right = b < other.shingles.count ? other.shingles[b] : .max
      let next = min(left, right)
      if next > end { break }
      if left == next, a < shingles.count { (a, own) = (a + 1, own + 1) }
      if right == next, b < other.shingles.count { (b, others) = (b + 1, others + 1) }
      if left == right { shared += 1 }
    }
    let (all, least) = (own + others - shared, min(own, others))
    return Likeness(
      jaccard: all == 0 ? 0 : Double(shared) / Double(all),
      containment: least == 0 ? 0 : Double(shared) / Double(least),
      shorter: min(count, other.count))
  }

  /// Up to here every hash of the text is kept.
  private var reach: UInt64 { count > shingles.count ? shingles.last ?? .max : .max }
}

extension Words {
  /// Whether a word is a character of a script that writes no spaces: Han, Kana, Thai, Lao, Khmer, Burmese.
  func isSpaceless(_ word: Word) -> Bool {
    // All of them take three bytes a character or more.
    guard folded[word.folded.lowerBound] >= 0xE0 else { return false }
    return text(of: word).unicodeScalars.first.map {
      [.single, .unit].contains(FoldTable.entry($0).class)
    } ?? false
  }
}
