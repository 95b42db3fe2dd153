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

  static let resolved: Alert = {
    var line = alert
    (line.state, line.reason, line.number) = (.resolved, "quiet", 1)
    return line
  }()

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
    .feedGapped(feed.id, from: at, to: at + 3_600, missedEstimate: 12),
    .feedRekeyed(feed.id, from: "guid", to: "url", evidence: "3 of 20 guids changed in a day"),
    .articlePublished(article, .live),
    .articleRevised(
      article, Revision(previous: 1, changed: ["title"], classes: ["headline"], isDeclared: true)),
    .articleWithdrawn(article.id, revision: 2, .tombstone),
    .articleSighted(article.id, in: feed.id),
    .ruleDefined(RuleDefinition(rule: "quake", revision: "0123", mode: "live", text: "{}")),
    .ruleRemoved(rule: "quake"),
    .vocabularyDefined(VocabularyDefinition(part: "topics", text: "{}")),
    .alertRaised(alert, cause: 7), .alertChanged(resolved, cause: 9),
    .alertHeld(
      AlertHold(rule: "quake", article: article.id, hold: "cooldown", until: at, why: alert.why),
      cause: 8),
    .rulesEvaluated(through: 9, engine: "1"),
    .alertDelivered(
      Delivery(alert: alert.id, number: 0, state: .fired, outlet: "file", attempts: 1)),
    .alertUndeliverable(
      Delivery(
        alert: alert.id, number: 0, state: .fired, outlet: "desk", attempts: 9, detail: "gone")),
    .outletFailed("desk", reason: "401"), .outletRemoved("desk"),
    .alertAcknowledged(alert.id, Judgement(by: "rina", note: "dibaca")),
    .alertMarked(alert.id, .noise, by: "rina"),
    .silenceSet(
      Silence(
        id: Silence.ID("s1"), rules: ["quake", "flood"], scope: ["feed": "wire"], until: at + 7_200,
        reason: "latihan", by: "rina")),
    .silenceLifted(Silence.ID("s1"), by: "budi"),
    .deliveryRequested(outlet: "desk", alerts: [alert.id, Alert.ID("x2")], by: "rina"),
    .entityMerged([Entity.ID("Q7747"), Entity.ID("e_12")], Judgement(by: "rina")),
    .entitySplit(
      Entity.ID("Q7747"), aliases: ["Vladimir"], Judgement(by: "rina", note: "orang lain")),
    .aliasJudged(Entity.ID("Q7747"), alias: "Путин", same: true, Judgement(by: "rina")),
    .storyMerged([Story.ID("s_1"), Story.ID("s_2")], Judgement(by: "budi")),
    .storySplit(Story.ID("s_1"), articles: [article.id], Judgement(by: "budi")),
    .topicJudged(
      article.id, Topic.ID("energy"), right: false, Judgement(by: "rina", note: "olahraga")),
    .clockTicked, .daemonStarted(version: "1"), .daemonStopped(reason: "signal"),
    .networkLost(hosts: ["news.example", "wire.example"]), .networkReturned(since: at - 60),
    .configurationReread(faults: ["rules.yaml:3:5: unknown key"]),
    .recordRedacted(
      Redaction(positions: [7, 4_294_967_296], reason: "permintaan", by: "rina")),
    .logRepaired(segment: "00000000000000081920.seg", lost: 3),
    .logArchived(through: 81_919, folder: "/srv/archive"),
  ]

  /// Fields that joined their kinds later, which no fixture has.
  @Test(
    arguments: [
      .feedFollowed(
        Feed(id: feed.id, url: feed.url, identity: .addressAndTitle), by: "configuration"),
      .feedFetched(
        FeedFetch(
          feed: feed.id, url: feed.url, bytes: 10, sha256: "ab", format: "rss2", entries: 3,
          published: 2, revised: 1, identity: .idAndAddress)),
      .articleRevised(
        article, Revision(previous: 1, changed: ["title"], isDeclared: false, passedOver: 3)),
      .articlePublished(
        Article(id: article.id, feed: feed.id, seen: at, isTruncated: true), .live),
      .alertHeld(
        AlertHold(rule: "quake", hold: "silence", until: at, reason: "latihan"), cause: 8),
      .silenceSet(
        Silence(
          id: Silence.ID("s1"), rules: ["quake"], until: at, reason: "latihan", by: "rina",
          expireIfIdle: .seconds(86_400))),
      .alertRaised(
        Alert(
          id: alert.id, rule: "quake", ruleRevision: "0", severity: .info, state: .fired, at: at,
          reason: "new", held: Alert.Held(cooldown: 3, silence: 2)), cause: 7),
    ] as [Event.Fact])
  func `reads back what was added to its kind`(fact: Event.Fact) throws {
    let event = Event(at: Self.at, fact)
    #expect(try Event(kind: event.kind.rawValue, json: event.json) == event)
  }

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

  @Test func `is read whatever order its fields have`() throws {
    let line = #"{"by":"rina","mark":"good","alert":"x1","at":"2024-05-16T05:27:00Z","v":1}"#
    let event = try Event(kind: 502, json: Array(line.utf8))
    #expect(event == Event(at: Self.at, .alertMarked(Alert.ID("x1"), .good, by: "rina")))
  }

  @Test(arguments: [
    (#"{"v":1,"at":"2024-05-16T05:27:00Z"}"#, "daemon.stopped has no readable field reason"),
    (#"{"v":1,"reason":"signal"}"#, "daemon.stopped has no readable field at"),
    (#"{"at":"2024-05-16T05:27:00Z","reason":"signal"}"#, "daemon.stopped has no readable field v"),
    (
      #"{"v":0,"at":"2024-05-16T05:27:00Z","reason":"signal"}"#,
      "event is not readable JSON: line 1, column 7: expected a version from 1"
    ),
    (
      #"{"v":1,"at":"yesterday","reason":"signal"}"#, "daemon.stopped has no readable field at"
    ),
    (
      #"{"v":1}, "#, "event is not readable JSON: line 1, column 8: unexpected text after the value"
    ),
  ])
  func `that is not whole is refused with what is wrong`(line: String, message: String) {
    #expect {
      try Event(kind: 603, json: Array(line.utf8))
    } throws: { error in
      "\(error)" == message
    }
  }

  @Test func `of an unknown kind is refused as newer`() {
    #expect(throws: EventFormatError.unknownKind(999)) {
      try Event(kind: 999, json: Array("{}".utf8))
    }
  }

  @Test(
    arguments: [
      (999, false), (0x83E7, true), (0x8000, true), (201, false), (0x7FFF, false),
    ] as [(UInt16, Bool)])
  func `may be passed over only if unknown and marked so`(kind: UInt16, maySkip: Bool) {
    #expect(EventKind.maySkip(kind) == maySkip)
  }
}

@Suite("The id of an event") struct EventIDTests {
  /// The first 26 characters of base32 of SHA-256 over `tidings/1`, type and key, joined by NUL.
  @Test(
    arguments: [
      (.articlePublished(EventTests.article, .live), ["article.published", "a1"]),
      (.articleWithdrawn(Article.ID("a1"), revision: 2, .gone), ["article.withdrawn", "a1", "2"]),
      (
        .feedGapped(Feed.ID("wire"), from: EventTests.at, to: EventTests.at + 1, missedEstimate: 3),
        ["feed.gapped", "wire", "2024-05-16T05:27:01Z"]
      ),
      (
        .feedRekeyed(Feed.ID("wire"), from: "guid", to: "url", evidence: ""),
        ["feed.rekeyed", "wire", "2024-05-16T05:27:00Z"]
      ),
      (.alertChanged(EventTests.resolved, cause: 9), ["alert.changed", "x1", "1"]),
      (
        .alertAcknowledged(Alert.ID("x1"), Judgement(by: "rina")),
        ["alert.acknowledged", "x1", "rina", "2024-05-16T05:27:00Z"]
      ),
      (
        .silenceLifted(Silence.ID("s1"), by: "budi"),
        ["silence.lifted", "s1", "budi", "2024-05-16T05:27:00Z"]
      ),
      (
        .deliveryRequested(outlet: "desk", alerts: [], by: "rina"),
        ["delivery.requested", "desk", "rina", "2024-05-16T05:27:00Z"]
      ),
      (
        .entityMerged([Entity.ID("Q1"), Entity.ID("Q2")], Judgement(by: "rina")),
        ["entity.merged", "Q1", "Q2", "rina", "2024-05-16T05:27:00Z"]
      ),
      (
        .topicJudged(Article.ID("a1"), Topic.ID("t"), right: true, Judgement(by: "rina")),
        ["topic.judged", "a1", "t", "rina", "2024-05-16T05:27:00Z"]
      ),
      (.logRepaired(segment: "x", lost: 1), ["log.repaired", "x", "2024-05-16T05:27:00Z"]),
    ] as [(Event.Fact, [String])])
  func `is made of its type and key`(fact: Event.Fact, key: [String]) {
    #expect(Event(at: EventTests.at, fact).id == Digest(of: ["tidings/1"] + key))
  }
}
