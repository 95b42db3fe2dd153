import Core
import Text

/// An article with the words of its fields and the phrases found in them.
public struct ScannedArticle: Sendable {
  struct Scanned: Sendable {
    let field: Query.Field
    let source: String
    let words: Words
    /// Places of each phrase found, in order.
    var places: [Int: [Range<Int>]] = [:]
  }

  let article: Article
  private(set) var fields: [Scanned] = []
  /// The primary code of its language, as far as known.
  var language: String?
  /// Ids of the topics that it belongs to.
  var topics: Set<String> = []
  /// The story that it is told in, where that is known.
  var told: ArticleStory?

  init(_ article: Article, _ matcher: PhraseMatcher) {
    self.article = article
    for field in Query.Field.allCases {
      let source =
        switch field {
        case .title: article.title
        case .summary: article.summary ?? ""
        case .text: article.text
        }
      fields.append(Scanned(field: field, source: source, words: Words(source)))
    }
    dropDoubledSummary()
    for index in fields.indices {
      for match in matcher.matches(in: fields[index].words, of: fields[index].source) {
        fields[index].places[match.phrase, default: []].append(match.words)
      }
    }
  }

  /// The topics that its words tell of, beside those that are configured.
  var builtInTopics: [TopicSeeds.Score] {
    let body = fields[2].words.words.isEmpty ? fields[1].words : fields[2].words
    return TopicSeeds.scores(title: fields[0].words, text: body, language: language)
  }

  /// A summary whose words stand in the text as one run is not looked at: nothing counts twice.
  private mutating func dropDoubledSummary() {
    let summary = fields[1].words.words.map(\.hash)
    guard !summary.isEmpty, fields[2].words.words.map(\.hash).holds(run: summary) else { return }
    fields[1] = Scanned(field: .summary, source: "", words: Words(""))
  }

  /// Takes out the phrases that do not count in this article.
  mutating func drop(_ conditions: [Int: PhraseCondition]) {
    guard !conditions.isEmpty else { return }
    let hits = Set(fields.flatMap(\.places.keys))
    for hit in hits where conditions[hit].map({ !$0.holds(at: article.seen, among: hits) }) == true
    {
      for index in fields.indices { fields[index].places[hit] = nil }
    }
  }

  /// The characters of the source that a span covers, and where they are.
  func clause(_ span: Span) -> Alert.Clause {
    let scanned = fields[span.field]
    let first = scanned.words.words[span.words.lowerBound]
    let last = scanned.words.words[span.words.upperBound - 1]
    let start = first.bytes.lowerBound
    let bytes = scanned.source.utf8.dropFirst(start).prefix(last.bytes.upperBound - start)
    return Alert.Clause(
      clause: span.clause, field: scanned.field.rawValue, start: first.start, end: last.end,
      text: String(decoding: bytes, as: UTF8.self), via: span.via)
  }
}

/// Words of one field that made a clause hold.
struct Span: Hashable, Sendable {
  var field: Int
  var words: Range<Int>
  var clause: String
  var via: String
}
