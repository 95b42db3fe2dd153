import Glibc

/// The terms of an article: how much each weighs before it is known how common it is.
///
/// Terms are folded words of two letters or more; of scripts that write no spaces pairs of characters.
public struct StoryTerms: Hashable, Sendable {
  public struct Term: Hashable, Sendable {
    public var hash: UInt64
    /// 1 + ln(count).
    public var weight: Float
    /// The same in the title alone; 0 where it is not there.
    public var titleWeight: Float
  }

  /// Scalars of a text that are looked at, and those that count twice: news say first what happened.
  private static let reach = 4_000
  private static let lead = 600

  /// Ascending by hash, each once.
  public let terms: [Term]
  /// Words of the text.
  public let length: Int
  /// Words of the title.
  public let titleLength: Int

  public init(title: Words, text: Words) {
    var counts: [UInt64: (all: Int, title: Int)] = [:]
    Self.each(of: title) { term, _ in
      let count = counts[term] ?? (0, 0)
      counts[term] = (count.all + 1, count.title + 1)
    }
    Self.each(of: text) { term, start in
      guard start < Self.reach else { return }
      let count = counts[term] ?? (0, 0)
      counts[term] = (count.all + (start < Self.lead ? 2 : 1), count.title)
    }
    (length, titleLength) = (text.words.count, title.words.count)
    terms = counts.map { hash, count in
      Term(hash: hash, weight: Self.damped(count.all), titleWeight: Self.damped(count.title))
    }.sorted { $0.hash < $1.hash }
  }

  private static func damped(_ count: Int) -> Float {
    count == 0 ? 0 : Float(1 + log(Double(count)))
  }

  /// Gives `body` every term with the place of its first scalar.
  private static func each(of words: Words, _ body: (_ term: UInt64, _ start: Int) -> Void) {
    var last: Words.Word?
    for word in words.words {
      if !words.isSpaceless(word) {
        if word.folded.count >= 2 { body(word.hash, word.start) }
        last = nil
      } else {
        if let last, last.end == word.start {
          body(WordHash.pair(last.hash, word.hash), last.start)
        }
        last = word
      }
    }
  }
}

extension StoryTerms {
  /// One number for a term of a language, to count it by.
  public static func key(_ term: UInt64, _ language: String) -> UInt64 {
    WordHash.pair(term, WordHash.hash(language))
  }

  /// How much a term weighs that stands in `share` of `documents`: ln((N + 1) / (df + 0.5)), never below 0.
  static func rarity(_ share: Double, of documents: Double) -> Float {
    Float(max(0, log((documents + 1) / (share + 0.5))))
  }

  /// The vectors of the article and of its title alone; `shares` says how common its terms are.
  public func vectors(_ shares: TermShares, language: String) -> StoryVectors {
    var (all, title): ([(term: UInt64, weight: Float)], [(term: UInt64, weight: Float)]) = ([], [])
    for (term, share) in zip(terms, shares.terms) {
      let rarity = Self.rarity(share, of: shares.documents)
      guard rarity > 0 else { continue }
      all.append((term.hash, term.weight * rarity))
      if term.titleWeight > 0 { title.append((term.hash, term.titleWeight * rarity)) }
    }
    return StoryVectors(text: TermVector(all), title: TermVector(title), language: language)
  }
}

/// In how many documents of a language terms stand.
public struct TermShares: Hashable, Sendable {
  public var documents: Double
  /// One for each term that was asked for, in their order.
  public var terms: [Double]

  public init(documents: Double, terms: [Double]) {
    (self.documents, self.terms) = (documents, terms)
  }
}
