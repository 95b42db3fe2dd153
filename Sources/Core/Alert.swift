public import FoundationEssentials

/// One line of an alert: an episode of a rule and group took a state.
public struct Alert: Hashable, Sendable {
  public struct ID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var rawValue: String

    public init(_ rawValue: String) {
      self.rawValue = rawValue
    }

    public var description: String { rawValue }

    public static func < (a: ID, b: ID) -> Bool { a.rawValue < b.rawValue }
  }

  public enum Severity: String, Hashable, Comparable, Sendable, CaseIterable {
    case info, notice, warning, critical

    public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  public enum State: String, Hashable, Sendable, CaseIterable {
    case fired, updated, resolved, amended, retracted
  }

  /// What a person thinks of an alert.
  public enum Mark: String, Hashable, Sendable, CaseIterable {
    case good, noise
  }

  /// What an alert tells of the article it is about.
  public struct ArticleSummary: Hashable, Sendable {
    public var id: Article.ID
    public var revision: Int
    public var feed: Feed.ID
    public var url: String?
    public var title: String
    public var language: String?
    public var published: Date?
    public var seen: Date

    public init(_ article: Article) {
      id = article.id
      revision = article.revision
      feed = article.feed
      url = article.url
      title = article.title
      language = article.language
      published = article.published
      seen = article.seen
    }
  }

  /// A clause of the rule that held, and where.
  public struct Clause: Hashable, Sendable {
    /// As the rule has it.
    public var clause: String
    /// title, summary or text; nil for what has no place.
    public var field: String?
    /// In Unicode scalars of the field, from 0.
    public var start: Int?
    /// In Unicode scalars, exclusive.
    public var end: Int?
    public var text: String?
    /// By what it was found: word, phrase, prefix, exact, affix, list, alias, value.
    public var via: String?

    public init(
      clause: String, field: String? = nil, start: Int? = nil, end: Int? = nil,
      text: String? = nil, via: String? = nil
    ) {
      self.clause = clause
      self.field = field
      self.start = start
      self.end = end
      self.text = text
      self.via = via
    }
  }

  /// How much of what is watched could be seen.
  public struct Coverage: Hashable, Sendable {
    public var feedsOK: Int
    public var feeds: Int
    public var gaps: Int

    public init(feedsOK: Int, feeds: Int, gaps: Int) {
      self.feedsOK = feedsOK
      self.feeds = feeds
      self.gaps = gaps
    }
  }

  public var id: ID
  public var rule: String
  /// 12 hexadecimal digits.
  public var ruleRevision: String
  public var severity: Severity
  public var state: State
  /// Log time of the record that caused it.
  public var at: Date
  public var reason: String
  public var story: Story.ID?
  public var article: ArticleSummary?
  public var why: [Clause]
  /// Counted beside the article itself.
  public var alsoArticles: Int
  public var alsoSources: Int
  public var held: Held
  public var coverage: Coverage
  /// Counts the lines of the alert: 0 for fired, then 1, 2 and so on.
  public var number: Int
  /// The values of the rule's `by`, under their names.
  public var group: [String: String]
  /// What the rule measured; nil where it measures nothing.
  public var measure: Measure?
  /// Those that were counted or are told together, some of them; empty for one alone.
  public var articles: [Article.ID] = []
  /// What is to be known of it: `saturated`, `late`, `assumed_time`.
  public var flags: [String] = []
  public var note: String?
  /// The outlets its rule names; not part of the line.
  public var outlets: [String]

  public init(
    id: ID, rule: String, ruleRevision: String, severity: Severity, state: State, at: Date,
    reason: String, story: Story.ID? = nil, article: ArticleSummary? = nil, why: [Clause] = [],
    alsoArticles: Int = 0, alsoSources: Int = 0, held: Held = Held(),
    coverage: Coverage = Coverage(feedsOK: 0, feeds: 0, gaps: 0), number: Int = 0,
    group: [String: String] = [:], note: String? = nil, outlets: [String] = ["file"]
  ) {
    self.id = id
    self.rule = rule
    self.ruleRevision = ruleRevision
    self.severity = severity
    self.state = state
    self.at = at
    self.reason = reason
    self.story = story
    self.article = article
    self.why = why
    self.alsoArticles = alsoArticles
    self.alsoSources = alsoSources
    self.held = held
    self.coverage = coverage
    self.number = number
    self.group = group
    self.note = note
    self.outlets = outlets
  }
}
