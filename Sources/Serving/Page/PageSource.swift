public import Core
public import EventLog
public import FoundationEssentials
public import Projections

/// An alert with everything that is known of it.
public struct AlertPortrait: Sendable {
  /// Oldest first, at least one.
  public var lines: [PlacedAlert]
  public var words: AlertWords
  /// The article as the alert was told of it.
  public var article: Article?

  public init(lines: [PlacedAlert], words: AlertWords, article: Article?) {
    (self.lines, self.words, self.article) = (lines, words, article)
  }
}

/// An article with all its revisions.
public struct ArticlePortrait: Sendable {
  /// First to last, at least one, each with the edit that led to it.
  public var history: [(article: Article, edit: Revision?)]
  public var withdrawal: Withdrawal?
  public var story: Story.ID?

  public init(
    history: [(article: Article, edit: Revision?)], withdrawal: Withdrawal?, story: Story.ID?
  ) {
    (self.history, self.withdrawal, self.story) = (history, withdrawal, story)
  }
}

/// A query held against the past.
public struct Trial: Sendable {
  public var rule: TriedRule
  /// Articles that were looked at.
  public var articles: Int
  /// From when on: later than was asked for where there is more than may be looked at.
  public var since: Date
  public var isCut: Bool

  public init(rule: TriedRule, articles: Int, since: Date, isCut: Bool) {
    (self.rule, self.articles, self.since, self.isCut) = (rule, articles, since, isCut)
  }
}

/// Where the page reads; each answer is of one moment, and none changes anything.
///
/// What is not there is nil. All may throw `PageError`, and whatever else keeps it from reading.
public protocol PageSource: Sendable {
  var now: Date { get }

  /// The position up to which the views are folded.
  func position() async throws -> Position

  func coverage() async throws -> Alert.Coverage
  /// At most `limit` feeds that fail.
  func troubles(limit: Int) async throws -> [FeedHealth]
  /// Newest first.
  func alerts(_ filter: AlertFilter, limit: Int) async throws -> [PlacedAlert]
  func alert(_ id: Alert.ID) async throws -> AlertPortrait?
  /// Waits until there are lines behind `position`; at most `limit`, oldest first.
  func newAlerts(after position: Position, limit: Int) async throws -> [PlacedAlert]

  func entities(since: Date?, limit: Int) async throws -> (
    rising: [MentionCount], most: [MentionCount]
  )
  func entity(_ name: String, since: Date?) async throws -> EntityPortrait?
  func topics(since: Date?) async throws -> [MentionCount]
  func topic(_ name: String, since: Date?, limit: Int) async throws -> (TopicPortrait, [Article])?
  func stories(since: Date?, limit: Int) async throws -> [StorySummary]
  /// With the histories of those of its articles that were edited, at most `edited`.
  func story(_ id: Story.ID, edited: Int) async throws -> (StoryPortrait, [ArticlePortrait])?

  func articles(_ filter: ArticleFilter, limit: Int) async throws -> [Article]
  func article(_ id: Article.ID) async throws -> ArticlePortrait?
  func search(_ words: String, limit: Int) async throws -> [Article]

  /// Feeds in trouble first, then by id, behind the first `skip`; how many there are, and the sites of those given.
  func feeds(skip: Int, limit: Int) async throws -> (
    feeds: [FeedStatus], count: Int, sites: [SiteStatus]
  )
  func rules() async throws -> [RuleStatus]
  /// Holds a query against what came at `since` or later, as far as time and size allow.
  func trial(_ query: String, since: Date) async throws -> Trial
}
