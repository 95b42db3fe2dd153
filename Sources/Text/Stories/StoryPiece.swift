/// An article on its way into a story.
public struct StoryPiece: Sendable {
  /// Greater than that of any article before it.
  public var number: Int64
  /// When it came, never less than that of the one before; seconds since 1970.
  public var seen: Double
  public var published: Double
  /// Empty where it is not known.
  public var language: String
  public var terms: StoryTerms
  public var fingerprint: Fingerprint

  /// `text` is what there is of it: the text, else the summary.
  public init(
    number: Int64, seen: Double, published: Double, language: String, title: String, text: String
  ) {
    (self.number, self.seen, self.published) = (number, seen, published)
    self.language = language
    let (titleWords, words) = (Words(title), Words(text))
    terms = StoryTerms(title: titleWords, text: words)
    fingerprint = Fingerprint(text.isEmpty ? titleWords : words)
  }

  /// The fingerprint that an article has.
  public static func fingerprint(_ title: String, _ text: String) -> Fingerprint {
    Fingerprint(Words(text.isEmpty ? title : text))
  }
}

/// Where an article came.
public struct StoryPlacement: Hashable, Sendable {
  public var story: Int64
  /// The story that a new one goes on with.
  public var continues: Int64?
  /// The article that it copies, the first published of them; nil where it is that itself.
  public var original: Int64?
}
