/// Finds who and what an article names: by lists, by a trained tagger where its language has one, else by
/// capitals and clues; then once more over the article as a whole.
public struct NameFinder: Sendable {
  let gazetteer: Gazetteer
  let words: NameWords
  /// By language.
  private let taggers: [String: NameTagger]
  private let guideline: NameGuideline

  public init(
    _ gazetteer: Gazetteer, _ words: NameWords, taggers: [String: NameTagger],
    guideline: NameGuideline = .own
  ) {
    (self.gazetteer, self.words, self.taggers) = (gazetteer, words, taggers)
    self.guideline = guideline
  }

  /// A field of an article, and what in it is named for sure.
  public struct Field: Sendable {
    var source: String
    var words: Words
    /// What the operator's aliases name, as words; wins over everything.
    var given: [Given]

    public init(_ source: String, words: Words, given: [Given] = []) {
      (self.source, self.words, self.given) = (source, words, given)
    }
  }

  public struct Given: Hashable, Sendable {
    public var words: Range<Int>
    public var entity: String
    public var name: String
    public var kind: NameKind

    public init(words: Range<Int>, entity: String, name: String, kind: NameKind) {
      (self.words, self.entity, self.name, self.kind) = (words, entity, name, kind)
    }
  }

  /// A name that was found.
  public struct Found: Hashable, Sendable {
    /// The place of its field in the list given.
    public var field: Int
    /// In Unicode scalars of the field, end exclusive.
    public var start: Int
    public var end: Int
    public var text: String
    public var entity: String
    public var name: String
    public var kind: NameKind
    /// How it was found: alias and its source, tagger, clue, vote.
    public var via: String
    /// Whether the operator's aliases gave it.
    public var isGiven: Bool
  }

  /// The names of an article in `language`, by field and place; longest only, none inside another.
  public func names(in fields: [Field], language: String?) -> [Found] {
    let texts = fields.map { NameText($0.source, words: $0.words) }
    var document = NameDocument(gazetteer, words, language: language)
    for (field, text) in zip(fields, texts) {
      document.add(text, given: field.given, tagger: language.flatMap { taggers[$0] }, guideline)
    }
    return document.found
  }
}

/// What counts as a name.
public enum NameGuideline: Hashable, Sendable {
  /// Countries are places also where they only say whose government is meant; kota and kabupaten stand
  /// outside.
  case own
  /// As the corpus has it that the tagger follows, which leaves both to its weights.
  case corpus
}
