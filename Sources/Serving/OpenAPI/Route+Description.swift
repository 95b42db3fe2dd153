/// What each address is for, what it takes, and what it gives.
extension Route {
  var summary: String {
    switch self {
    case .now: "The newest alerts and the feeds in trouble"
    case .alerts: "Alerts, newest first"
    case .alertsJSON: "What `/` gives, always in JSON"
    case .alert: "One alert: each of its lines, why it fired, what people said of it"
    case .stories: "Stories, those of the most independent sources first"
    case .story: "One story with its articles in order of time"
    case .entities: "Entities by how many articles mention them, and those that rise"
    case .entity: "One entity by id, name or alias"
    case .topics: "Topics by how many articles belong to them"
    case .topic: "One topic by id or name, with its newest articles"
    case .articles: "Articles, newest first"
    case .article: "One article with all its revisions"
    case .feeds:
      "Feeds and how they are, those in trouble first; how politely their sites are asked"
    case .rules: "Rules and what they did"
    case .trial: "What a query would have told of the past"
    case .search: "Articles that hold all words, best first"
    case .events: "Alerts as they come, as server-sent events; ids are cursors"
    case .description: "This document"
    case .style: "The stylesheet"
    case .script: "The script"
    case .icon: "The icon"
    case .metrics: "Figures, for Prometheus"
    case .health: "Whether the process may go on"
    case .readiness: "Whether it does its work now"
    }
  }

  /// Media types, the usual one first.
  var types: [String] {
    switch self {
    case .alertsJSON, .description, .health, .readiness: ["application/json"]
    case .events: ["text/event-stream"]
    case .style: ["text/css"]
    case .script: ["text/javascript"]
    case .icon: ["image/svg+xml"]
    case .metrics: ["text/plain"]
    case .now, .alerts, .stories, .story, .topic, .articles, .search:
      ["text/html", "application/json", "application/atom+xml"]
    default: ["text/html", "application/json"]
    }
  }

  var parameters: [Parameter] {
    let id = Parameter(name: "id", words: "As the lists have it", isPath: true)
    let form = Parameter(name: "format", words: "html, json or atom, whatever is accepted")
    let rows = Parameter(
      name: "n", words: "Rows, at most \(PageLimits.mostRows)", isNumber: true)
    let since = Parameter(
      name: "since", words: "Only from then on: 24h, a date, a time of RFC 3339, or all")
    switch self {
    case .now, .alerts, .alertsJSON:
      return [
        Parameter(name: "rule", words: "Only of this rule"),
        Parameter(name: "severity", words: "This one or above"),
        Parameter(name: "before", words: "Only before this cursor"), since, rows, form,
      ]
    case .alert, .story, .article: return [id, form]
    case .stories, .entities: return [since, rows, form]
    case .entity: return [id, since, form]
    case .topics: return [since, form]
    case .topic: return [id, since, rows, form]
    case .articles:
      return ["feed", "entity", "topic", "story", "lang"].map {
        Parameter(name: $0, words: "Only of this one")
      } + [since, rows, form]
    case .feeds:
      return [Parameter(name: "skip", words: "Feeds to pass over", isNumber: true), rows, form]
    case .rules: return [form]
    case .trial: return [Parameter(name: "match", words: "A query as rules have it"), since, form]
    case .search: return [Parameter(name: "q", words: "Words that must all be there"), rows, form]
    case .events:
      return [
        Parameter(name: "from", words: "Go on behind this cursor", isNumber: true),
        Parameter(name: "Last-Event-ID", words: "The same, as browsers say it", isNumber: true),
      ]
    case .description, .style, .script, .icon, .metrics, .health, .readiness: return []
    }
  }

  /// What else may be said.
  var refusals: [(status: String, words: String)] {
    switch self {
    case .health, .readiness: [("503", "Something does not hold; it is named")]
    case .description, .style, .script, .icon: [("304", "It has not changed")]
    case .metrics: [("503", "The figures cannot be read")]
    default:
      (rawValue.hasSuffix("{id}") ? [("404", "Nothing has this id")] : [])
        + (parameters.isEmpty
          ? [] : [("400", "The question makes no sense; it says what to write")])
        + [("503", "Too much is asked at once, or it took too long")]
    }
  }

  /// What its JSON looks like.
  var shape: Shape? {
    switch self {
    case .now, .alerts, .alertsJSON: .alerts
    case .alert: .alertPortrait
    case .stories: .stories
    case .story: .storyPortrait
    case .entities: .entities
    case .entity: .entityPortrait
    case .topics: .topics
    case .topic: .topicPortrait
    case .articles: .articles
    case .article: .articlePortrait
    case .feeds: .feeds
    case .rules: .rules
    case .trial: .trial
    case .search: .search
    case .health, .readiness: .checks
    default: nil
    }
  }
}
