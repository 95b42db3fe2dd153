public import Core
public import Text

/// Rules with the entities, topics and lists they use, ready to be held against articles.
public struct RuleSet: Sendable {
  /// The keys of a configuration that it reads.
  public static let keys = [
    "lists", "entities", "topics", "rules", "defaults", "owners", "max_age", "filters", "affixes",
    "timezone", "find_names",
  ]

  public internal(set) var rules: [Rule] = []
  /// What is wrong; with an error among them nothing should be taken.
  public internal(set) var faults: [Fault] = []
  public internal(set) var entities: [Entity] = []
  public internal(set) var topics: [Topic] = []

  /// A phrase of the matcher, and by what it is found.
  struct FiledPhrase: Hashable, Sendable {
    var index: Int
    var via: String
  }

  var lists: [String: [Query.Term]] = [:]
  var topicQueries: [(topic: Topic, query: Query)] = []
  var listPhrases: [String: [FiledPhrase]] = [:]
  var termPhrases: [Query.Term: FiledPhrase] = [:]
  /// By entity id.
  var entityPhrases: [String: [FiledPhrase]] = [:]
  /// Entity ids by the index of a phrase that names them, so that an article asks only for what it holds.
  var phraseEntities: [Int: [String]] = [:]
  /// Entity ids by folded name and by id.
  var entityIDs: [String: String] = [:]
  var filters: [Filter] = []
  /// When phrases count that do not always, by their index.
  var conditions: [Int: PhraseCondition] = [:]
  /// Entries of lists, aliases and filters that end.
  var expiring: [Expiring] = []
  /// By which the desk tells hours and days.
  public internal(set) var zone = RuleZone.utc
  /// Of each entity, by id.
  var kindOfEntity: [String: Entity.Kind] = [:]
  var nameOfEntity: [String: String] = [:]
  /// Who owns a publisher, by its folded name.
  var owners: [String: String] = [:]
  /// Published longer than this before it was seen, an article is late.
  var maxAge = Duration.seconds(7 * 86_400)
  /// Makes out the language of articles; asked for when the first article wants it.
  public typealias Languages = @Sendable () -> LanguageReader
  /// Nil: what articles declare counts.
  var languages: Languages?
  /// Whether a query looks at language or topics, which cost more than words do.
  var asksLanguage = false
  /// Whether names that nobody configured are looked for.
  public internal(set) var findsNames = true
  var matcher = PhraseMatcher([])
  var index = RuleIndex()
  /// The configuration of the vocabulary's parts, as JSON by key.
  public internal(set) var vocabulary: [String: String] = [:]

  /// Reads the keys it knows of `node`; all faults at once are in `faults`.
  ///
  /// `languages` makes out which language an article is of; `hasBuiltIns`: with the rules that come with the program, where none of their ids changes them;
  /// `hasWarnings`: `faults` also tell of what can be taken and is hardly meant; `zones` knows the zones that
  /// have names.
  public init(
    reading node: ConfigNode, file: String, hasBuiltIns: Bool = false, hasWarnings: Bool = false,
    zones: @escaping RuleZone.Zones = { _, _ in nil }, languages: Languages? = nil
  ) {
    var reading = RuleSetReading()
    (reading.hasBuiltIns, reading.hasWarnings) = (hasBuiltIns, hasWarnings)
    reading.zones = zones
    self = reading.take(node)
    self.languages = languages
  }

  /// The rules and words that the log has in force.
  ///
  /// Both come from definitions that were checked when they were recorded.
  public init(
    vocabulary: [String: String], definitions: [RuleDefinition],
    zones: @escaping RuleZone.Zones = { _, _ in nil }, languages: Languages? = nil
  ) {
    let start = Place(file: "log", line: 1, column: 1)
    var entries: [ConfigNode.Entry] = []
    for (key, text) in vocabulary.sorted(by: { $0.key < $1.key }) {
      guard let node = try? ConfigNode(json: Array(text.utf8), file: "log") else { continue }
      entries.append(ConfigNode.Entry(key: key, keyPlace: start, value: node))
    }
    let rules = definitions.compactMap { try? ConfigNode(json: Array($0.text.utf8), file: "log") }
    entries.append(
      ConfigNode.Entry(key: "rules", keyPlace: start, value: ConfigNode(.list(rules), at: start)))
    self.init(
      reading: ConfigNode(.map(entries), at: start), file: "log", zones: zones,
      languages: languages)
    let revisions = Dictionary(definitions.map { ($0.rule, $0.revision) }) { $1 }
    for index in self.rules.indices {
      self.rules[index].revision = revisions[self.rules[index].id] ?? self.rules[index].revision
    }
  }

  init() {}

  /// What the log is told of the rules.
  public var definitions: [RuleDefinition] {
    rules.map {
      RuleDefinition(rule: $0.id, revision: $0.revision, mode: $0.mode.rawValue, text: $0.text)
    }
  }

  /// The rules that an operator wrote.
  public var written: [Rule] { rules.filter { $0.place != RuleSetReading.builtInPlace } }

  // MARK: Looking up

  func phrases(of term: Query.Term) -> [FiledPhrase] {
    termPhrases[term].map { [$0] } ?? []
  }

  func phrases(ofList name: String) -> [FiledPhrase] { listPhrases[name] ?? [] }

  /// The phrases of entities given by id or name; `*` means all.
  func phrases(ofEntities values: [String]) -> [FiledPhrase] {
    values.flatMap { value in
      value == "*"
        ? entities.flatMap { entityPhrases[$0.id.rawValue] ?? [] }
        : entityID(value).flatMap { entityPhrases[$0] } ?? []
    }
  }

  func entityID(_ value: String) -> String? {
    entityIDs[value] ?? entityIDs[Words(value).joined]
  }

  /// The id of a topic given by id, name, or the name's first part.
  public func topicID(_ value: String) -> String? {
    let folded = Words(value).joined
    return topics.first { topic in
      topic.id.rawValue == value || Words(topic.name).joined == folded
        || Words(String(topic.name.prefix { $0 != "," })).joined == folded
    }?.id.rawValue ?? Self.builtInTopics[value] ?? Self.builtInTopics[folded]
  }

  /// The ids of built-in topics by id, folded name, and the name up to the first comma or `and`.
  private static let builtInTopics: [String: String] = {
    var ids: [String: String] = [:]
    for topic in BuiltInTopic.allCases {
      let first = Words(String(topic.name.prefix { $0 != "," })).joined
      let word = first.split(separator: " ").prefix { $0 != "and" }.joined(separator: " ")
      for name in [topic.id, Words(topic.name).joined, word] { ids[name] = topic.id }
    }
    return ids
  }()
}
