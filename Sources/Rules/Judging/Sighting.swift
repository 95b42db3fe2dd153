import Core
import FoundationEssentials
import Text

/// An article that meets a rule, as the kinds look at it.
struct Sighting {
  var rule: Rule
  var scanned: ScannedArticle
  var item: GroupState.Item
  var mentions: [Reading.Mention]
  /// Old or late: it is remembered, and neither counted nor told.
  var isLearned: Bool
  /// Why it is told in one line with others: surge or catchup; nil for a line of its own.
  var pool: Alert.Hold?
  /// Whether an edit made it match.
  var isEdit: Bool
  var flags: [String]

  var article: Article { scanned.article }
  var reason: String { isEdit ? "became_match" : "new" }
}

/// Makes sightings of an article: what is the same for all rules that it meets.
struct Beholding {
  let scanned: ScannedArticle
  let article: Article
  let origin: Origin?
  let reading: Reading
  let rules: RuleSet
  let now: Double
  /// Whether its feed caught up after a time without records.
  let isCatchup: Bool
  /// The story that it is told in; itself where nobody tells stories.
  let story: String
  /// What copies of one text share; nil where there is too little text to say so.
  let copy: String?

  init(
    _ scanned: ScannedArticle, _ origin: Origin?, _ reading: Reading, _ rules: RuleSet,
    now: Double, isCatchup: Bool, told: ArticleStory?
  ) {
    (self.scanned, article) = (scanned, scanned.article)
    (self.origin, self.reading, self.rules) = (origin, reading, rules)
    (self.now, self.isCatchup) = (now, isCatchup)
    story = told?.story.rawValue ?? article.id.rawValue
    copy = told?.original.rawValue ?? Self.copy(article)
  }

  func sighting(_ rule: Rule) -> Sighting {
    let isLate = rules.isLate(article, seen: now)
    let isOld = origin == .backlog || origin == .import
    var item = GroupState.Item(
      at: now, article: article.id.rawValue, story: story, source: source,
      copy: copy ?? article.id.rawValue)
    if rule.kind.counted == .entities {
      item.entities = Set(reading.mentions.map(\.entity)).sorted()
    }
    let isAssumed = [.seen, .clamped].contains(article.dateSource)
    return Sighting(
      rule: rule, scanned: scanned, item: item, mentions: reading.mentions,
      isLearned: (isLate && !rule.late) || (isOld && !rule.backlog),
      pool: origin == .surge ? .surge : isCatchup ? .catchup : nil, isEdit: origin == nil,
      flags: (isLate ? ["late"] : []) + (isAssumed ? ["assumed_time"] : []))
  }

  /// Who is behind it: the owner of its publisher, the publisher, else its feed.
  private var source: String {
    guard let publisher = article.publisher else { return article.feed.rawValue }
    return rules.owner(of: publisher)
  }

  private static func copy(_ article: Article) -> String? {
    guard article.text.utf8.count >= Limits.copied else { return nil }
    let key = ContentKey.of(title: "", text: article.text)
    return String(Digest(of: ["tidings/1", "copies", key]).description.prefix(13))
  }

  // MARK: Groups

  /// The groups of a rule that the article belongs to, most mentioned first.
  ///
  /// No group where it has no value for one of them; for terms of their own `entities` are the ones meant.
  func groups(_ by: [Grouping], entities: [String]? = nil) -> [[String: String]] {
    var groups: [[String: String]] = [[:]]
    for grouping in by {
      let values = values(grouping, entities)
      let all = groups.lazy.flatMap { group in
        values.lazy.map { value in group.merging([grouping.rawValue: value]) { $1 } }
      }
      groups = Array(all.prefix(Limits.groups))
    }
    return groups
  }

  private func values(_ grouping: Grouping, _ entities: [String]?) -> [String] {
    switch grouping {
    case .story: [story]
    case .article: [article.id.rawValue]
    case .copies: [copy ?? article.id.rawValue]
    case .entity: Array((entities ?? named).prefix(Limits.groups))
    case .entityPair: entities.map { [$0.joined(separator: "+")] } ?? pairs
    case .place: named.filter { rules.kindOfEntity[$0] == .place }
    case .feed: [article.feed.rawValue]
    case .publisher: article.publisher.map { [$0] } ?? []
    case .topic: reading.topics
    case .lang: reading.language.map { [$0] } ?? []
    }
  }

  /// The entities that it mentions, most mentioned first.
  var named: [String] { reading.named }

  private var pairs: [String] {
    let named = Array(named.prefix(Limits.groups))
    return named.indices.flatMap { first in
      named[(first + 1)...].map { [named[first], $0].sorted().joined(separator: "+") }
    }
  }
}

extension Reading {
  /// The entities mentioned, most mentioned first.
  var named: [String] {
    let counts = Dictionary(mentions.map { ($0.entity, 1) }, uniquingKeysWith: +)
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }
}
