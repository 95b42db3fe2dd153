extension Shape {
  /// The fields of the object, in their order.
  var fields: [Field] {
    switch self {
    case .alert, .alerts, .alertPortrait, .clause, .trouble: alertFields
    case .article, .articles, .articlePortrait, .search: articleFields
    case .feed, .feeds, .site: feedFields
    case .rule, .rules, .trial, .tried: ruleFields
    default: newsFields
    }
  }

  private var alertFields: [Field] {
    switch self {
    case .alerts:
      [
        .must("alerts", .list(.one(.alert))), .must("feeds_in_trouble", .list(.one(.trouble))),
        .may("before", .text),
      ]
    case .alertPortrait:
      [.must("lines", .list(.one(.alert))), .may("mark", .text), .may("acknowledged", .map)]
    case .clause:
      [
        .must("clause", .text), .may("field", .text), .may("start", .integer),
        .may("end", .integer), .may("text", .text), .may("via", .text),
      ]
    case .trouble: [.must("feed", .text), .must("message", .text)]
    default:
      [
        .must("v", .integer), .must("alert_id", .text), .may("cursor", .text),
        .must("rule", .text), .must("rule_revision", .text), .must("severity", .text),
        .must("state", .text), .must("at", .time), .must("reason", .text), .may("story", .text),
        .may("article", .one(.article)), .must("why", .list(.one(.clause))), .must("also", .map),
        .must("held", .map), .must("coverage", .map), .must("n", .integer), .must("group", .map),
        .may("measure", .map), .may("articles", .list(.text)), .may("flags", .list(.text)),
        .may("note", .text),
      ]
    }
  }

  private var articleFields: [Field] {
    switch self {
    case .articles: [.must("articles", .list(.one(.article)))]
    case .search: [.must("words", .text), .must("articles", .list(.one(.article)))]
    case .articlePortrait:
      [.must("revisions", .list(.one(.article))), .may("withdrawn", .text), .may("story", .text)]
    default:
      [
        .must("id", .text), .must("revision", .integer), .must("feed", .text), .may("url", .text),
        .must("title", .text), .may("text", .text), .may("summary", .text),
        .may("authors", .list(.text)), .may("publisher", .text), .may("language", .text),
        .may("published", .time), .may("published_given", .time), .may("updated", .time),
        .must("seen", .time), .may("date_source", .text), .may("categories", .list(.text)),
        .may("image", .text), .may("enclosures", .list(.map)), .may("truncated", .flag),
        .may("text_source", .text), .may("content_hash", .text), .may("edit", .map),
      ]
    }
  }

  private var feedFields: [Field] {
    switch self {
    case .feeds:
      [
        .must("feeds", .list(.one(.feed))), .must("sites", .list(.one(.site))),
        .must("count", .integer),
      ]
    case .site:
      [
        .must("site", .text), .must("day", .time), .must("requests", .integer),
        .must("bytes", .integer), .must("not_modified", .integer), .must("limited", .integer),
        .may("longest_retry_after_seconds", .integer), .may("paused_until", .time),
        .may("last_request", .time),
      ]
    default:
      [
        .must("feed", .text), .must("url", .text), .may("title", .text), .must("state", .text),
        .may("failure", .text), .may("kind", .text), .may("message", .text),
        .may("failing_since", .time), .may("last_success", .time), .may("next_due", .time),
        .may("next_due_why", .text), .must("failures", .integer), .may("entries_per_day", .number),
        .must("published", .integer), .must("revised", .integer), .may("identity", .text),
        .must("polls", .integer), .must("not_modified", .integer), .must("bytes", .integer),
        .may("status", .integer), .may("moved_to", .text), .may("notes", .list(.text)),
        .must("site", .text), .may("websub", .map),
      ]
    }
  }

  private var ruleFields: [Field] {
    switch self {
    case .rules: [.must("rules", .list(.one(.rule)))]
    case .trial:
      [
        .must("match", .text), .may("since", .time), .may("articles", .integer),
        .may("cut", .flag), .may("rule", .one(.tried)),
      ]
    case .tried:
      [
        .must("rule", .text), .must("alerts", .integer), .must("lines", .integer),
        .must("known", .integer), .must("days", .map), .must("held", .map),
        .must("samples", .list(.one(.alert))),
      ]
    default:
      [
        .must("rule", .text), .must("revision", .text), .must("mode", .text),
        .must("severity", .text), .may("match", .text), .must("kind", .text),
        .must("alerts", .integer), .must("noise", .integer), .may("last", .time),
        .may("cooling_until", .time),
      ]
    }
  }

  private static let countFields: [Field] = [
    .must("id", .text), .must("name", .text), .must("type", .text), .must("articles", .integer),
    .must("mentions", .integer), .may("source", .text), .may("first_seen", .time),
    .may("last", .time), .must("last_day", .integer), .must("usual_day", .number),
    .may("last_hour_sources", .integer), .may("usual_hour_sources", .number),
    .may("burst_since", .time),
  ]

  private static let storyFields: [Field] = [
    .must("id", .text), .must("title", .text), .must("articles", .integer),
    .must("sources", .integer), .must("last", .time), .may("continues", .text),
  ]

  private var newsFields: [Field] {
    switch self {
    case .count: Self.countFields
    case .day: [.must("day", .text), .must("articles", .integer)]
    case .entities:
      [.must("rising", .list(.one(.count))), .must("entities", .list(.one(.count)))]
    case .entityPortrait:
      Self.countFields + [
        .must("aliases", .any), .must("days", .list(.one(.day))),
        .must("written", .list(.one(.form))), .must("together", .list(.one(.count))),
        .must("sources", .list(.one(.teller))), .must("stories", .list(.one(.told))),
        .must("latest", .list(.one(.place))), .must("said", .list(.one(.word))),
      ]
    case .form:
      [
        .must("text", .text), .must("source", .text), .must("first_seen", .time),
        .must("articles", .integer),
      ]
    case .teller: [.must("source", .text), .must("articles", .integer)]
    case .told: [.must("story", .text), .must("title", .text), .must("articles", .integer)]
    case .place:
      [
        .must("article", .text), .must("title", .text), .must("seen", .time),
        .must("text", .text), .must("via", .text), .may("model", .text),
      ]
    case .word:
      [
        .must("word", .text), .must("other", .text), .must("by", .text), .may("note", .text),
        .must("at", .time),
      ]
    case .topics: [.must("topics", .list(.one(.count)))]
    case .topicPortrait:
      Self.countFields + [
        .must("days", .list(.one(.day))), .must("newest", .list(.one(.article))),
      ]
    case .stories: [.must("stories", .list(.one(.story)))]
    case .story: Self.storyFields
    case .storyPortrait: Self.storyFields + [.must("members", .list(.one(.member)))]
    case .member:
      [
        .must("article", .text), .must("title", .text), .may("url", .text), .must("feed", .text),
        .must("source", .text), .must("published", .time), .must("lag_seconds", .integer),
        .may("duplicate_of", .text),
      ]
    default: [.must("status", .text), .must("checks", .map)]
    }
  }
}
