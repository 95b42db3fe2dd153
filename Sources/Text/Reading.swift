/// What the words of an article say: its words, and the names and subjects found in them.
///
/// A pure function of an article and a vocabulary; made once and used by every view and rule.
public struct Reading: Hashable, Sendable {
  /// Raised whenever equal words, lists and models would name others: part of the id of all models.
  public static let version = 1

  /// A place in an article where an entity is mentioned.
  public struct Mention: Hashable, Sendable {
    /// A Wikidata id, or another that stays.
    public var entity: String
    /// What the entity is called, however it is written here.
    public var name: String
    public var kind: NameKind
    /// title, summary or text.
    public var field: String
    /// In Unicode scalars of the field, end exclusive.
    public var start: Int
    public var end: Int
    /// As the source has it.
    public var text: String
    /// How it was found: an alias and its source, the tagger, a clue, a vote of the article.
    public var via: String

    public init(
      entity: String, name: String = "", kind: NameKind = .person, field: String, start: Int,
      end: Int, text: String, via: String = "alias"
    ) {
      self.entity = entity
      self.name = name
      self.kind = kind
      self.field = field
      self.start = start
      self.end = end
      self.text = text
      self.via = via
    }
  }

  /// The primary language code, as far as known.
  public var language: String?
  /// What its letters, words and declarations say of it; nil where only what is declared was looked at.
  public var languageAnswer: LanguageAnswer?
  /// The folded words of title, summary and text, for full-text search.
  public var titleWords: String
  public var bodyWords: String
  /// Of the operator's entities, by his words; rules count these alone.
  public var mentions: [Mention]
  /// Of whom lists and models find beside them.
  public var names: [Mention] = []
  /// Names the lists and models that were asked; nil where none were.
  public var models: String?
  /// Ids of the topics it belongs to, sorted.
  public var topics: [String]
  /// How strong those are that its words tell of, beside the strongest, which has 1.
  public var topicScores: [String: Double] = [:]

  public init(
    language: String? = nil, titleWords: String = "", bodyWords: String = "",
    mentions: [Mention] = [], topics: [String] = []
  ) {
    self.language = language
    self.titleWords = titleWords
    self.bodyWords = bodyWords
    self.mentions = mentions
    self.topics = topics
  }

  /// What the operator's words and lists and models name, by field and place.
  public var allMentions: [Mention] {
    (mentions + names).sorted { ($0.field, $0.start, $0.entity) < ($1.field, $1.start, $1.entity) }
  }
}
