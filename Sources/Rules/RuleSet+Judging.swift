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

  /// Whether a rule, topic or filter asks for the story of an article.
  public var asksForStories: Bool {
    let queries = rules.compactMap(\.match) + filters.map(\.exclude)
    return topicsAskForStories || queries.contains { $0.asks(for: .story) }
  }

  /// Whether a rule asks for the story of an article, itself or by a topic.
  public func asksForStory(_ rule: Rule) -> Bool {
    guard let match = rule.match else { return false }
    return match.asks(for: .story) || (topicsAskForStories && match.asks(for: .topic))
  }

  private var topicsAskForStories: Bool { topicQueries.contains { $0.query.asks(for: .story) } }

  /// The first clause of a query that does not hold for an article; the query itself where all do.
  func failing(_ query: Query, _ scanned: ScannedArticle) -> String {
    let evaluation = Evaluation(rules: self, scanned: scanned)
    var query = query
    while case .all(let parts) = query,
      let failed = parts.first(where: { !evaluation.holds($0) })
    {
      query = failed
    }
    return query.description
  }
}
