/// Finds the built-in topics of an article by words that tell of them.
///
/// Two different words of a topic in title and beginning say that an article belongs to it, or four in all
/// of it. So a language has topics from the first day on, learned from nothing.
public enum TopicSeeds {
  /// Raised whenever equal articles would get other topics.
  public static let version = 1

  /// Scalars of a text that say most.
  private static let lead = 600
  private static let (leastInLead, leastInAll) = (2, 4)
  /// Topics of an article at most, the strongest.
  private static let most = 3
  /// What a topic must have of the strongest one's words.
  private static let leastShare = 0.5
  /// Words of a phrase at most.
  private static let longest = 3

  /// A topic of an article, and how strong it is beside the strongest, which has 1.
  public struct Score: Hashable, Sendable {
    public var topic: BuiltInTopic
    public var score: Double
  }

  /// The topics of an article, the strongest first; none in a language without words of its own.
  public static func scores(title: Words, text: Words, language: String?) -> [Score] {
    guard let table = tables[language ?? ""] else { return [] }
    var found: [BuiltInTopic: (lead: Set<UInt64>, all: Set<UInt64>)] = [:]
    for (words, isTitle) in [(title, true), (text, false)] {
      eachPhrase(of: words) { phrase, start in
        for topic in table[phrase] ?? [] {
          var seeds = found[topic] ?? ([], [])
          seeds.all.insert(phrase)
          if isTitle || start < lead { seeds.lead.insert(phrase) }
          found[topic] = seeds
        }
      }
    }
    return ranked(
      found.filter {
        $0.value.lead.count >= leastInLead || $0.value.all.count >= leastInAll
      })
  }

  /// What stands at the beginning counts twice.
  private static func ranked(
    _ found: [BuiltInTopic: (lead: Set<UInt64>, all: Set<UInt64>)]
  ) -> [Score] {
    let weights = found.map { (topic: $0.key, weight: $0.value.lead.count + $0.value.all.count) }
    let strongest = Double(weights.map(\.weight).max() ?? 1)
    return weights.sorted { ($1.weight, $0.topic.id) < ($0.weight, $1.topic.id) }
      .map { Score(topic: $0.topic, score: Double($0.weight) / strongest) }
      .prefix(most).filter { $0.score >= leastShare }
  }

  // MARK: Words

  /// Topics by the hash of a phrase, by language.
  private static let tables: [String: [UInt64: [BuiltInTopic]]] = {
    let malay = table(indonesian)
    return ["id": malay, "ms": malay, "en": table(english)]
  }()

  private static func table(
    _ seeds: [(topic: BuiltInTopic, words: String)]
  ) -> [UInt64: [BuiltInTopic]] {
    var table: [UInt64: [BuiltInTopic]] = [:]
    for (topic, words) in seeds {
      for seed in words.split(separator: ",") {
        let words = Words(String(seed)).words
        guard let first = words.first, words.count <= longest else { continue }
        let phrase = words.dropFirst().reduce(first.hash) { WordHash.pair($0, $1.hash) }
        table[phrase, default: []].append(topic)
      }
    }
    return table
  }

  /// Gives `body` every run of words up to the longest phrase, and the place of its first scalar.
  private static func eachPhrase(
    of words: Words, _ body: (_ phrase: UInt64, _ start: Int) -> Void
  ) {
    for place in words.words.indices {
      let first = words.words[place]
      var phrase = first.hash
      body(phrase, first.start)
      for next in words.words[(place + 1)...].prefix(longest - 1) {
        phrase = WordHash.pair(phrase, next.hash)
        body(phrase, first.start)
      }
    }
  }
}
