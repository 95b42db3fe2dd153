import Core
import EventLog
import Foundation

@testable import Projections
@testable import Serving

/// A page's source with one of everything; every text from outside holds the given title.
struct SampleSource: PageSource {
  var title = "Gempa di Palu"
  /// What every answer is broken by; nil for none.
  var fault: (any Error)?
  var now = SampleSource.time
  /// Lines that come after those that are there.
  var coming = AsyncStream<PlacedAlert> { $0.finish() }

  static let time = Date(timeIntervalSince1970: 1_780_000_000)

  func position() async throws -> Position {
    if let fault { throw fault }
    return Position(rawValue: 7)
  }

  var article: Article {
    var article = Article(
      id: Article.ID("a1"), revision: 2, feed: Feed.ID("wire"),
      url: "https://wire.example/1?a=1&b=2",
      title: title, text: "Sebuah \(title) terjadi.\nDua.", summary: title, authors: [title],
      language: "id", published: Self.time, seen: Self.time)
    article.categories = [title]
    return article
  }

  var line: PlacedAlert {
    let alert = Alert(
      id: Alert.ID("x1"), rule: "quake", ruleRevision: "0123", severity: .warning, state: .fired,
      at: Self.time, reason: "new", story: Story.ID("s1"),
      article: Alert.ArticleSummary(article),
      why: [
        Alert.Clause(
          clause: "gempa~id", field: "title", start: 0, end: 5, text: title, via: "affix")
      ], alsoArticles: 2, alsoSources: 1, held: Alert.Held(cooldown: 3),
      coverage: Alert.Coverage(feedsOK: 1, feeds: 2, gaps: 1))
    return PlacedAlert(alert: alert, position: Position(rawValue: 7))
  }

  var health: FeedHealth {
    FeedHealth(
      feed: Feed(id: Feed.ID("wire"), url: "https://wire.example/feed"), failingSince: Self.time,
      failure: "http", message: title, lastNews: nil, fetched: 1, published: 3, revised: 1,
      title: title, identity: nil)
  }

  var count: MentionCount {
    MentionCount(
      id: "Q1/x", name: title, type: "place", articles: 3, mentions: 5, last: Self.time,
      burst: Self.time)
  }

  var summary: StorySummary {
    StorySummary(
      id: Story.ID("s1"), title: title, articles: 2, sources: 1, last: Self.time,
      continues: Story.ID("s0"))
  }

  var portrait: ArticlePortrait {
    var first = article
    first.revision = 1
    first.text = "Sebuah \(title) besar terjadi.\nDua."
    let edit = Revision(previous: 1, changed: ["text"], classes: ["number"], isDeclared: false)
    return ArticlePortrait(
      history: [(first, nil), (article, edit)], withdrawal: .notice, story: Story.ID("s1"))
  }

  func coverage() async throws -> Alert.Coverage { line.alert.coverage }
  func troubles(limit: Int) async throws -> [FeedHealth] { [health] }
  func alerts(_ filter: AlertFilter, limit: Int) async throws -> [PlacedAlert] {
    filter.rule == "silent" ? [] : [line]
  }
  func alert(_ id: Alert.ID) async throws -> AlertPortrait? {
    let words = AlertWords(
      acknowledgedBy: title, acknowledgedAt: Self.time, note: title, mark: .good, markedBy: title)
    return id.rawValue == "x1" ? AlertPortrait(lines: [line], words: words, article: article) : nil
  }
  func newAlerts(after position: Position, limit: Int) async throws -> [PlacedAlert] {
    for await line in coming where line.position > position { return [line] }
    return []
  }

  func entities(
    since: Date?, limit: Int
  ) async throws -> (rising: [MentionCount], most: [MentionCount]) { ([count], [count]) }
  func entity(_ name: String, since: Date?) async throws -> EntityPortrait? {
    name == "Q1/x" ? SampleEntity.portrait(count, titled: title, in: article) : nil
  }
  func topics(since: Date?) async throws -> [MentionCount] { [count] }
  func topic(
    _ name: String, since: Date?, limit: Int
  ) async throws -> (TopicPortrait, [Article])? {
    let days = [DayCount(day: "2026-05-01", articles: 1)]
    return name == "Q1/x" ? (TopicPortrait(count: count, days: days), [article]) : nil
  }
  func stories(since: Date?, limit: Int) async throws -> [StorySummary] { [summary] }
  func story(_ id: Story.ID, edited: Int) async throws -> (StoryPortrait, [ArticlePortrait])? {
    let members = [0.0, 3_720].map { lag in
      StoryPortrait.Member(
        article: article, published: Self.time.addingTimeInterval(lag), lag: lag,
        original: lag > 0 ? article.id : nil, source: title)
    }
    return id.rawValue == "s1"
      ? (StoryPortrait(summary: summary, members: members), [portrait]) : nil
  }
  func articles(_ filter: ArticleFilter, limit: Int) async throws -> [Article] { [article] }
  func article(_ id: Article.ID) async throws -> ArticlePortrait? {
    id.rawValue == "a1" ? portrait : nil
  }
  func search(_ words: String, limit: Int) async throws -> [Article] { [article] }

  func feeds(
    skip: Int, limit: Int
  ) async throws -> (feeds: [FeedStatus], count: Int, sites: [SiteStatus]) {
    let feed = FeedStatus(
      health, PollState(url: "https://wire.example/feed"), site: "wire.example", state: "failing",
      due: Self.time, dueWords: "its share of the polls", notes: [title], hub: nil)
    return ([feed], 60, [SiteStatus(name: "wire.example", state: SiteState())])
  }
  func rules() async throws -> [RuleStatus] {
    [
      RuleStatus(
        id: "quake", revision: "0123", mode: "shadow", severity: .critical, match: title,
        kind: "match", activity: RuleActivity(alerts: 2, last: Self.time), noise: 1,
        coolingUntil: Self.time)
    ]
  }
  func trial(_ query: String, since: Date) async throws -> Trial {
    guard query != "gempa AND OR" else { throw PageError.unclear("match: no \(title)") }
    var rule = TriedRule(id: "try")
    rule.noteRaised(line.alert)
    rule.noteHeld("cooldown")
    return Trial(rule: rule, articles: 9, since: since, isCut: true)
  }
}
