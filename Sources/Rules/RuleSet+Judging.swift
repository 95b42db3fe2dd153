import Core
import Text

extension RuleSet {
  /// The source that a publisher is: its owner, where one is known.
  func owner(of publisher: String) -> String {
    owners.isEmpty ? publisher : owners[Words(publisher).joined] ?? publisher
  }

  /// The entities that a rule's query asks for; nil where it asks for none by name.
  func entities(of rule: Rule) -> Set<String>? {
    var asked: Set<String> = []
    for case .filter(.entity, let values) in rule.match?.all ?? [] {
      if values.contains("*") { return nil }
      asked.formUnion(values.compactMap(entityID))
    }
    return asked.isEmpty ? nil : asked
  }

  func holds(_ query: Query, _ article: Article, in told: ArticleStory? = nil) -> Bool {
    Evaluation(rules: self, scanned: scan(article, in: told)).holds(query)
  }

  /// Whether a rule, topic or filter asks for the story of an article.
  public var asksForStories: Bool {
    let queries = rules.compactMap(\.match) + filters.map(\.exclude)
    return topicsAskForStories || queries.contains(where: \.asksForStory)
  }

  /// Whether a rule asks for the story of an article, itself or by a topic.
  public func asksForStory(_ rule: Rule) -> Bool {
    guard let match = rule.match else { return false }
    return match.asksForStory || (topicsAskForStories && match.asksForTopic)
  }

  private var topicsAskForStories: Bool { topicQueries.contains { $0.query.asksForStory } }

  /// The first clause of a query that does not hold for an article; the query itself where all do.
  func failing(_ query: Query, _ article: Article, in told: ArticleStory? = nil) -> String {
    let evaluation = Evaluation(rules: self, scanned: scan(article, in: told))
    var query = query
    while case .all(let parts) = query,
      let failed = parts.first(where: { !evaluation.holds($0) })
    {
      query = failed
    }
    return query.description
  }
}

extension Query {
  fileprivate var asksForStory: Bool {
    all.contains { if case .filter(.story, _) = $0 { true } else { false } }
  }

  fileprivate var asksForTopic: Bool {
    all.contains { if case .filter(.topic, _) = $0 { true } else { false } }
  }
}
