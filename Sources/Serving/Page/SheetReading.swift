import Core
import EventLog
import FoundationEssentials
import Projections

/// Reads what a view shows; nil where nothing has the id that is asked for.
struct SheetReading: Sendable {
  let source: any PageSource
  let position: Position
  let items: QueryItems

  /// Edited articles of a story whose edits it shows.
  private static let edited = 10
  /// How far back views look that are about what is new.
  private static let recent = "7d"

  func view(_ route: Route, _ id: String) async throws -> (any Sheet)? {
    switch route {
    case .now, .alerts, .alertsJSON: try await now(route)
    case .alert: try await source.alert(Alert.ID(id)).map(AlertSheet.init)
    case .stories: try await stories()
    case .story:
      try await source.story(Story.ID(id), edited: Self.edited).map {
        StorySheet(story: $0, edited: $1)
      }
    case .entities: try await entities()
    case .entity: try await entity(id)
    case .topics: try await topics()
    case .topic: try await topic(id)
    case .articles: try await articles()
    case .article: try await source.article(Article.ID(id)).map(ArticleSheet.init)
    case .feeds: try await feeds()
    case .rules: RulesSheet(rules: try await source.rules())
    case .trial: try await trial()
    case .search: try await search()
    case .events, .description, .style, .script, .icon, .metrics, .health, .readiness: nil
    }
  }

  private func now(_ route: Route) async throws -> NowSheet {
    var filter = AlertFilter(rule: items["rule"], since: try items.since(now: source.now))
    if let text = items["severity"] {
      guard let severity = Alert.Severity(rawValue: text) else {
        let known = Alert.Severity.allCases.map(\.rawValue).joined(separator: ", ")
        throw PageError.unclear("severity: '\(text)' is none; write one of \(known)")
      }
      filter.severity = severity
    }
    if let text = items["before"] {
      guard let place = UInt64(text) else {
        throw PageError.unclear("before: '\(text)' is no cursor; take one of an alert")
      }
      filter.before = Position(rawValue: place)
    }
    let rows = try items.rows()
    let isNow = route != .alerts
    return NowSheet(
      isNow: isNow, filter: filter, alerts: try await source.alerts(filter, limit: rows),
      rows: rows,
      troubles: isNow ? try await source.troubles(limit: PageLimits.mostRows) : [],
      coverage: isNow ? try await source.coverage() : nil, position: position)
  }

  private func stories() async throws -> StoriesSheet {
    let span = items["since"] ?? Self.recent
    return StoriesSheet(
      span: span,
      stories: try await source.stories(
        since: try items.since(now: source.now, orElse: span), limit: try items.rows()))
  }

  private func entities() async throws -> EntitiesSheet {
    let counts = try await source.entities(
      since: try items.since(now: source.now), limit: try items.rows())
    return EntitiesSheet(span: items["since"] ?? "all", rising: counts.rising, most: counts.most)
  }

  private func entity(_ id: String) async throws -> EntitySheet? {
    try await source.entity(id, since: try items.since(now: source.now)).map {
      EntitySheet(span: items["since"] ?? "all", entity: $0)
    }
  }

  private func topics() async throws -> TopicsSheet {
    TopicsSheet(
      span: items["since"] ?? "all",
      topics: try await source.topics(since: try items.since(now: source.now)))
  }

  private func topic(_ id: String) async throws -> TopicSheet? {
    let since = try items.since(now: source.now)
    return try await source.topic(id, since: since, limit: try items.rows()).map {
      TopicSheet(span: items["since"] ?? "all", topic: $0, articles: $1)
    }
  }

  private func articles() async throws -> ArticlesSheet {
    let filter = ArticleFilter(
      since: try items.since(now: source.now), feed: items["feed"].map(Feed.ID.init),
      entity: items["entity"].map(Entity.ID.init), topic: items["topic"].map(Topic.ID.init),
      story: items["story"].map(Story.ID.init), language: items["lang"])
    return ArticlesSheet(
      filter: filter, articles: try await source.articles(filter, limit: try items.rows()))
  }

  private func feeds() async throws -> FeedsSheet {
    let (skip, rows) = (items["skip"].flatMap { Int($0) } ?? 0, try items.rows())
    guard skip >= 0 else { throw PageError.unclear("skip: takes 0 or more") }
    let read = try await source.feeds(skip: skip, limit: rows)
    return FeedsSheet(
      feeds: read.feeds, sites: read.sites, count: read.count, skip: skip, rows: rows)
  }

  private func trial() async throws -> TrialSheet {
    let span = items["since"] ?? Self.recent
    guard let query = items["match"] else { return TrialSheet(query: "", span: span, trial: nil) }
    try limit(query, "match")
    let since = try items.since(now: source.now, orElse: span) ?? source.now
    return TrialSheet(
      query: query, span: span, trial: try await source.trial(query, since: since))
  }

  private func search() async throws -> SearchSheet {
    guard let words = items["q"] else { return SearchSheet(words: "", articles: []) }
    try limit(words, "q")
    return SearchSheet(
      words: words, articles: try await source.search(words, limit: try items.rows()))
  }

  private func limit(_ words: String, _ name: String) throws(PageError) {
    guard words.utf8.count <= PageLimits.words else {
      throw .unclear("\(name): is over \(PageLimits.words) bytes; shorten it")
    }
  }
}
