import Core
import FoundationEssentials

/// What a line would say.
struct Telling {
  var reason: String
  var article: Article?
  var summary: Alert.ArticleSummary?
  var why: [Alert.Clause] = []
  var measure: Alert.Measure?
  /// Those counted, some of them.
  var articles: [String] = []
  var articleCount = 0
  var sourceCount = 0
  var source: String?
  var story: String?
  var pool: Alert.Hold?
  var flags: [String] = []

  init(reason: String) {
    self.reason = reason
  }

  /// What a cooldown held.
  init(_ cooled: GroupState.Cooled) {
    self.init(reason: "after_cooldown")
    (summary, why) = (cooled.article, cooled.why)
    (articles, articleCount) = (cooled.articles, cooled.count)
  }

  /// To be made where a line is due or held: it says where the clauses held.
  init(reason: String, _ sighting: Sighting, _ rules: RuleSet) {
    self.init(reason: reason)
    article = sighting.article
    summary = Alert.ArticleSummary(sighting.article)
    why = rules.why(sighting.rule, sighting.scanned)
    (source, story) = (sighting.item.source, sighting.item.story)
    (pool, flags) = (sighting.pool, sighting.flags)
    articleCount = 1
    sourceCount = 1
  }

  /// Says what was counted in a window.
  mutating func count(_ items: [GroupState.Item], _ counted: RuleKind.Counted, isSaturated: Bool) {
    articles = items.suffix(Limits.named).map(\.article)
    articleCount = Set(items.map(\.article)).count
    sourceCount = items.count(.sources)
    if isSaturated { flags.append("saturated") }
  }
}

extension [GroupState.Item] {
  /// How many different ones there are.
  func count(_ counted: RuleKind.Counted) -> Int {
    switch counted {
    case .articles: Set(map(\.article)).count
    case .stories: Set(map(\.story)).count
    case .entities: Set(flatMap(\.entities)).count
    case .sources: sources
    }
  }

  /// Independent publishers: of copies of one text only the first counts.
  private var sources: Int {
    var first: [String: String] = [:]
    for item in self where first[item.copy] == nil { first[item.copy] = item.source }
    return Set(first.values).count
  }
}
