/// Whole words side by side that are looked for, as they lie in a ``KeywordTable``.
struct Keyword: Sendable {
  /// Stands for no further keyword.
  static let none = UInt32.max

  /// Where its folded bytes lie in the arena, a blank between two words.
  var offset: UInt32
  var length: UInt16
  /// Its words, and how many of them stand before the one it is filed under.
  var words: UInt16
  var wordsBefore: UInt16
  /// The next keyword filed under the same hash.
  var next = Keyword.none

  var bytes: Range<Int> { Int(offset)..<Int(offset) + Int(length) }
}

/// A keyword found: whose it is, and which words of the text it covers.
struct KeywordHit {
  var owner: Int
  var words: Range<Int>
}
