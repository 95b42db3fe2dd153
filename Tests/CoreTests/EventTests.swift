import Core
import Foundation
import Testing

@Suite("An event") struct EventTests {
  static let at = Date(timeIntervalSince1970: 1_715_837_220)

  static let article = Article(
    id: Article.ID("a1"), revision: 2, feed: Feed.ID("wire"), url: "https://news.example/1",
    title: "Judul",
    text: "Isi", summary: "Ringkas", authors: ["Rina"], publisher: "Wire", language: "id",
    published: at,
    updated: at, seen: at, dateSource: .feed, categories: ["Dunia"],
    image: "https://news.example/1.jpg",
    enclosures: [Enclosure(url: "https://news.example/1.mp3", type: "audio/mpeg", length: 9)],
    contentHash: "h")

  static let alert = Alert(
    id: Alert.ID("x1"), rule: "quake", ruleRevision: "0123456789ab", severity: .warning,
    state: .fired, at: at,
    reason: "new", article: Alert.ArticleSummary(article),
    why: [
      Alert.Clause(clause: "gempa", field: "title", start: 0, end: 5, text: "Gempa", via: "word")
    ],
    held: Alert.Held(cooldown: 3), coverage: Alert.Coverage(feedsOK: 4, feeds: 5, gaps: 0),
    group: ["article": "a1"], note: "catatan", outlets: ["file", "journal"])

  static let feed = Feed(
    id: Feed.ID("wire"), url: "https://news.example/feed", every: .seconds(60),
    privateNetwork: true,
    publisher: "Wire", language: "id", tags: ["dunia"], timezone: "+07:00")

  static let facts: [Event.Fact] = [
    .feedFollowed(feed, by: "configuration"), .feedChanged(feed),
    .feedUnfollowed(feed.id, by: "configuration"),
    .feedMoved(feed.id, from: "https://a.example", to: "https://b.example", answers: 5),
    .feedGone(feed.id, status: 410, answers: 2),
    .feedFailed(FeedFailure(feed: feed.id, failureClass: "http", status: 500, message: "fault")),
    .feedRecovered(feed.id, since: at, failures: 3),
    .feedFetched(
      FeedFetch(
        feed: feed.id, url: feed.url, bytes: 10, sha256: "ab", format: "rss2", entries: 3,
        published: 2,
        revised: 1, title: "Wire", home: "https://news.example", language: "id")),
    .articlePublished(article, .live),
    .articleRevised(
      article, Revision(previous: 1, changed: ["title"], classes: ["headline"], isDeclared: true)),
    .articleSighted(article.id, in: feed.id),
    .ruleDefined(RuleDefinition(rule: "quake", revision: "0123", mode: "live", text: "{}")),
    .ruleRemoved(rule: "quake"),
    .vocabularyDefined(VocabularyDefinition(part: "topics", text: "{}")),
    .alertRaised(alert, cause: 7),
    .alertHeld(
      AlertHold(rule: "quake", article: article.id, hold: "cooldown", until: at, why: alert.why),
      cause: 8),
    .rulesEvaluated(through: 9, engine: "1"),
    .alertDelivered(
      Delivery(alert: alert.id, number: 0, state: .fired, outlet: "file", attempts: 1)),
    .alertUndeliverable(
      Delivery(
        alert: alert.id, number: 0, state: .fired, outlet: "desk", attempts: 9, detail: "gone")),
    .clockTicked, .daemonStarted(version: "1"), .daemonStopped(reason: "signal"),
  ]

  @Test(arguments: facts)
  func `reads back as it was written`(fact: Event.Fact) throws {
    let event = Event(at: Self.at, fact)
    let read = try Event(kind: event.kind.rawValue, json: event.json)
    #expect(read == event)
    #expect(read.id == event.id)
    #expect(!event.json.contains { $0 < 0x20 })
  }

  @Test func `of each kind is among those that are tested`() {
    let kinds = Set(Self.facts.map { Event(at: Self.at, $0).kind })
    #expect(kinds == Set(EventKind.allCases))
  }

  /// Lines that were stored once must be read for ever.
  @Test(arguments: [
    (
      201,
      #"{"type":"article.published","v":1,"id":"x","at":"2024-05-16T05:27:00Z","article":{"id":"a","revision":1,"feed":"f","title":"t","text":"x","authors":[],"seen":"2024-05-16T05:27:00Z","date_source":"seen","categories":[],"enclosures":[],"content_hash":"h","later":{"a":[1]}},"origin":"backlog","unknown":null}"#
    ),
    (
      404,
      #"{"type":"rules.evaluated","v":1,"id":"x","at":"2024-05-16T05:27:00Z","through":12,"engine":"1"}"#
    ),
    (601, #"{"type":"clock.ticked","v":1,"id":"x","at":"2024-05-16T05:27:00Z"}"#),
  ])
  func `is read from a line of an earlier day`(kind: Int, line: String) throws {
    let event = try Event(kind: UInt16(kind), json: Array(line.utf8))
    #expect(event.at == Self.at)
    #expect(event.kind.rawValue == UInt16(kind))
  }

  @Test func `of an unknown kind is refused as newer`() {
    #expect(throws: EventFormatError.unknownKind(999)) {
      try Event(kind: 999, json: Array("{}".utf8))
    }
  }
}

@Suite("Configuration text") struct ConfigurationTextTests {
  @Test(arguments: [("30s", 30), ("10m", 600), ("2h", 7_200), ("3d", 259_200), ("4w", 2_419_200)])
  func `gives a duration`(text: String, seconds: Int) {
    #expect(DurationText.duration(text) == .seconds(seconds))
  }

  @Test(arguments: ["", "m", "fast", "-1s", "1.5h", "99999w"])
  func `that is no duration gives none`(text: String) {
    #expect(DurationText.duration(text) == nil)
  }

  @Test func `suggests the word that was meant`() {
    #expect(Suggestion.nearest(to: "titel", in: ["title", "text", "tag"]) == "title")
    #expect(Suggestion.nearest(to: "zebra", in: ["title", "text"]) == nil)
  }

  @Test func `in a block knows line and column of each character`() {
    let scalar = ConfigNode.Scalar(
      text: "a AND\nb OR c\n", isQuoted: true, block: .init(line: 5, indent: 6))
    let node = ConfigNode(.scalar(scalar), at: Place(file: "r.yaml", line: 4, column: 12))
    #expect(node.place(atScalar: 8).description == "r.yaml:6:9")
  }
}
