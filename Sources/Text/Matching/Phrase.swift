/// A word or phrase to look for, with the marks that say how.
public struct Phrase: Hashable, Sendable {
  public enum Part: Hashable, Sendable {
    /// One whole word, folded.
    case word(String)
    /// A word that begins so.
    case prefix(String)
    /// A word that holds this.
    case infix(String)
    /// Any one of several whole words: the forms of a base word.
    case forms([String])
    /// Exactly one word, whichever.
    case any
  }

  public var parts: [Part]
  /// The source must have exactly these characters; nil where folding decides.
  public var exact: Exact?

  /// Characters as they must stand, also beside the words: the pluses of `C++`.
  public struct Exact: Hashable, Sendable {
    /// In UTF-8.
    public var bytes: [UInt8]
    /// How many bytes of them stand before the first word.
    public var before: Int
    /// How many stand behind the last word.
    public var behind: Int
  }

  public init(parts: [Part]) {
    self.parts = parts
  }

  /// The words of `text` side by side; with `isExact` also its very characters.
  ///
  /// Nil where nothing is left after folding.
  public init?(_ text: String, isExact: Bool = false) {
    let words = Words(text)
    guard !words.words.isEmpty else { return nil }
    let parts = words.words.map { word in
      let folded = words.text(of: word)
      return !isExact && Self.takesSuffixes(folded) ? Part.prefix(folded) : Part.word(folded)
    }
    self.init(parts: parts)
    guard isExact, let first = words.words.first, let last = words.words.last else { return }
    let bytes = Array(text.utf8)
    exact = Exact(
      bytes: bytes, before: first.bytes.lowerBound, behind: bytes.count - last.bytes.upperBound)
  }

  /// Korean particles attach to a word, so a Hangul keyword of two syllables is its beginning.
  private static func takesSuffixes(_ folded: String) -> Bool {
    let scalars = folded.unicodeScalars
    return scalars.count >= 2 && scalars.allSatisfy { (0xAC00...0xD7A3).contains($0.value) }
  }
}
