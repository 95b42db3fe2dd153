/// A word, or a mark between two words, as names are looked for among them.
struct NameToken: Hashable, Sendable {
  /// How the letters of a word are written.
  enum Letters: UInt8, Sendable {
    /// No letters that have two cases: digits, Han, Arabic.
    case uncased
    case lower
    /// The first letter is a capital, and a small one follows, or it is the only one.
    case capitalised
    /// Two capitals or more, and nothing else.
    case upper
    /// Small letters first, capitals behind: `iPhone`.
    case mixed
  }

  /// Of the folded word; of a mark, by the kind of mark.
  var hash: UInt64
  /// The word's place in ``NameText/words``; nil for a mark.
  var word: Int?
  /// In bytes of the source, end exclusive.
  var start: Int
  var end: Int
  var letters: Letters
  /// How it is written, in classes of characters: four bits each, runs cut to two, at most ten.
  var shape: UInt64
  /// Whether white space stands before it.
  var isSpaced: Bool
  /// Whether it is the first word of a sentence.
  var isFirst = false
  /// How the sentence around it is written.
  var style = SentenceStyle.plain

  /// Whether it begins with a capital, as it counts in its sentence.
  var isCapitalised: Bool { letters == .capitalised || letters == .upper }
}

/// How the words of a sentence are written.
enum SentenceStyle: UInt8, Sendable {
  /// Names have capitals.
  case plain
  /// Nearly every longer word has one: a headline.
  case title
  /// None has one.
  case lower
  /// All is in capitals, which say as little as none.
  case capitals
}
