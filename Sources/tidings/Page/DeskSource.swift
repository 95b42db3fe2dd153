import Core
import EventLog
import FoundationEssentials
import Projections
import Serving

/// Reads for the page what the commands read, beside the loops of the daemon.
struct DeskSource: PageSource {
  let paths: Paths
  let readers: ViewReaders
  let log: SegmentedLog
  let projector: Projector
  let trials = Trials()
  /// What is in force.
  let configuration: @Sendable () async -> Configuration

  init(
    _ paths: Paths, log: SegmentedLog, projector: Projector,
    configuration: @escaping @Sendable () async -> Configuration
  ) {
    (self.paths, self.log, self.projector) = (paths, log, projector)
    self.configuration = configuration
    readers = ViewReaders { try Reading.views(paths) }
  }

  var now: Date { WallClock.now() }

  func position() async throws -> Position {
    try await readers.read { try $0.position }
  }

  // MARK: Alerts

  func coverage() async throws -> Alert.Coverage {
    let now = now
    return try await readers.read { try $0.coverage(at: now) }
  }

  func troubles(limit: Int) async throws -> [FeedHealth] {
    try await readers.read { try $0.failingFeeds(limit: limit) }
  }

  func alerts(_ filter: AlertFilter, limit: Int) async throws -> [PlacedAlert] {
    try await readers.read { try $0.alerts(filter, limit: limit) }
  }

  func alert(_ id: Alert.ID) async throws -> AlertPortrait? {
    try await readers.read { views in
      let lines = try views.lines(of: id)
      guard let told = lines.first?.alert else { return nil }
      let history = try told.article.map { try views.history(of: $0.id) } ?? []
      return AlertPortrait(
        lines: lines, words: try views.words(of: id),
        article: history.first { $0.article.revision == told.article?.revision }?.article)
    }
  }

  func newAlerts(after position: Position, limit: Int) async throws -> [PlacedAlert] {
    for await folded in await projector.advances() where folded > position {
      let new = try await readers.read { try $0.alerts(after: position, limit: limit) }
      if !new.isEmpty { return new }
    }
    throw CancellationError()
  }

  // MARK: Words

  func entities(
    since: Date?, limit: Int
  ) async throws -> (rising: [MentionCount], most: [MentionCount]) {
    try await readers.read { views in
      (
        try views.entities(since: since, order: .rising, limit: limit),
        try views.entities(since: since, limit: limit)
      )
    }
  }

  func entity(_ name: String, since: Date?) async throws -> EntityPortrait? {
    try await readers.read { try $0.entity(name, since: since) }
  }

  func topics(since: Date?) async throws -> [MentionCount] {
    try await readers.read { try $0.topics(since: since) }
  }

  func topic(
    _ name: String, since: Date?, limit: Int
  ) async throws -> (TopicPortrait, [Article])? {
    try await readers.read { views in
      try views.topic(name, since: since).map { topic in
        let filter = ArticleFilter(since: since, topic: Topic.ID(topic.count.id))
        return (topic, try views.articles(filter, limit: limit))
      }
    }
  }

  // MARK: Articles

  func stories(since: Date?, limit: Int) async throws -> [StorySummary] {
    try await readers.read { try $0.stories(since: since, limit: limit) }
  }

  func story(_ id: Story.ID, edited: Int) async throws -> (StoryPortrait, [ArticlePortrait])? {
    try await readers.read { views in
      let found = try views.stories(idPrefix: id.rawValue)
      guard let summary = found.first, found.count == 1 else { return nil }
      let story = try views.story(summary)
      let changed = story.members.map(\.article).filter { $0.revision > 1 }.prefix(edited)
      return (story, try changed.compactMap { try Self.portrait($0.id, views) })
    }
  }

  func articles(_ filter: ArticleFilter, limit: Int) async throws -> [Article] {
    try await readers.read { try $0.articles(filter, limit: limit) }
  }

  func article(_ id: Article.ID) async throws -> ArticlePortrait? {
    try await readers.read { try Self.portrait(id, $0) }
  }

  private static func portrait(_ id: Article.ID, _ views: Views) throws -> ArticlePortrait? {
    let history = try views.history(of: id)
    guard !history.isEmpty else { return nil }
    return ArticlePortrait(
      history: history, withdrawal: try views.withdrawal(of: id),
      story: try views.place(of: id)?.story)
  }

  func search(_ words: String, limit: Int) async throws -> [Article] {
    try await readers.read { try $0.search(words, limit: limit) }
  }

  // MARK: What is watched

  func feeds(
    skip: Int, limit: Int
  ) async throws -> (feeds: [FeedStatus], count: Int, sites: [SiteStatus]) {
    let (access, now) = (await configuration().access, now)
    return try await readers.read { [paths] views in
      let state = try Reading.state(paths)
      let sites = try state.loadSites()
      let feeds = try FeedStatus.read(
        views.feedHealth(skip: skip, limit: limit), state, sites, access, now: now)
      let names = Set(feeds.map(\.site))
      return (
        feeds, try views.coverage(at: now).feeds,
        SiteStatus.list(sites.filter { names.contains($0.key) })
      )
    }
  }

  func rules() async throws -> [RuleStatus] {
    let rules = await configuration().rules
    return try await readers.read { try RuleStatus.read(rules, $0) }
  }

  func trial(_ query: String, since: Date) async throws -> Trial {
    try await trials.run(query, since: since, in: await configuration().rules, log, paths)
  }
}
