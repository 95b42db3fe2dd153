/// Looks for many phrases in one pass over the words of a text.
///
/// Phrases of whole words are keywords (``KeywordTable``). Those with marks are filed under one of their
/// words too, else under the beginning of a prefix or a piece of an infix, and held word by word.
public struct PhraseMatcher: Sendable {
  /// A phrase was found.
  public struct Match: Hashable, Sendable {
    /// The phrase's place in the list given.
    public var phrase: Int
    /// Of the words of the text.
    public var words: Range<Int>

    public init(phrase: Int, words: Range<Int>) {
      self.phrase = phrase
      self.words = words
    }
  }

  /// Where a phrase that is held word by word begins: so many words before the one it is filed under.
  struct Anchor: Hashable, Sendable {
    var phrase: Int
    var part: Int
  }

  private let count: Int
  private let keywords: KeywordTable
  private let filing: PhraseFiling

  public init(_ phrases: [Phrase]) {
    var (filing, builder) = (PhraseFiling(), KeywordBuilder())
    for (index, phrase) in phrases.enumerated() {
      filing.file(phrase, index, of: phrases.count, &builder)
    }
    count = phrases.count
    keywords = KeywordTable(builder)
    self.filing = filing
  }

  // MARK: Finding

  /// All places where phrases stand, by place, then phrase.
  public func matches(in words: Words, of source: String) -> [Match] {
    var matches: [Match] = []
    for hit in keywords.hits(in: words) {
      if hit.owner >= count {
        hold(filing.anchors[hit.owner - count], at: hit.words.lowerBound, words, source, &matches)
      } else if filing.exact[hit.owner]?.stands(at: hit.words, in: words, source) ?? true {
        matches.append(Match(phrase: hit.owner, words: hit.words))
      }
    }
    if filing.asksEveryWord {
      for index in words.words.indices {
        for anchor in filing.anchors(of: words.folded[words.words[index].folded]) {
          hold(anchor, at: index, words, source, &matches)
        }
      }
    }
    return matches.sorted {
      ($0.words.lowerBound, $0.phrase) < ($1.words.lowerBound, $1.phrase)
    }
  }

  /// Adds a phrase whose part `anchor.part` may be word `index`, if it is.
  private func hold(
    _ anchor: Anchor, at index: Int, _ words: Words, _ source: String, _ matches: inout [Match]
  ) {
    let start = index - anchor.part
    guard start >= 0, let phrase = filing.held[anchor.phrase] else { return }
    let range = start..<start + phrase.parts.count
    guard phrase.holds(range, of: words),
      phrase.exact?.stands(at: range, in: words, source) ?? true
    else { return }
    matches.append(Match(phrase: anchor.phrase, words: range))
  }
}
