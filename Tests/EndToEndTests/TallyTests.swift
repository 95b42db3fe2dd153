import Core
import EventLog
import Fetching
import Foundation
import Testing

@testable import Serving
@testable import tidings

@Suite("A tally") struct TallyTests {
  static func text(_ state: TallyState) -> String {
    var metrics = Metrics()
    state.tell(&metrics)
    return metrics.text
  }

  static func record(_ fact: Event.Fact) -> NewRecord {
    let event = Event(at: Date(timeIntervalSince1970: 100), fact)
    return NewRecord(id: 1, kind: event.kind.rawValue, payload: event.json)
  }

  static func alert(_ rule: String) -> Alert {
    Alert(
      id: Alert.ID("x"), rule: rule, ruleRevision: "0", severity: .warning, state: .fired,
      at: Date(timeIntervalSince1970: 0), reason: "new", article: nil)
  }

  @Test func `counts polls by what came of them`() {
    var state = TallyState()
    state.count(.failed(FetchFailure(.timeout, "slow")), .unchanged)
    state.count(
      .notModified(NotModified(address: "http://a/", validators: Validators())), .unchanged)
    state.count(
      .notModified(NotModified(status: 200, address: "http://a/", validators: Validators())),
      .unchanged)
    let document = Document(body: [], address: "http://a/", isFirst: false, hash: 0)
    state.count(.document(document), .taken(new: 2, overlap: 0))
    state.count(.document(document), .taken(new: 0, overlap: 1))
    state.count(.document(document), .notAFeed("html"))
    let text = Self.text(state)
    for line in [
      "tidings_polls_total{outcome=\"failed\"} 2", "tidings_polls_total{outcome=\"new\"} 1",
      "tidings_polls_total{outcome=\"not_modified\"} 1",
      "tidings_polls_total{outcome=\"unchanged\"} 2",
      "tidings_poll_failures_total{kind=\"notAFeed\"} 1",
      "tidings_poll_failures_total{kind=\"timeout\"} 1",
    ] { #expect(text.contains(line + "\n"), "\(line) not in\n\(text)") }
  }

  @Test func `counts facts as they are recorded`() {
    var article = Article(
      id: Article.ID("a"), feed: Feed.ID("f"), url: nil, title: "x",
      seen: Date(timeIntervalSince1970: 100))
    article.published = Date(timeIntervalSince1970: 80)
    article.dateSource = .feed
    let delivery = Delivery(
      alert: Alert.ID("x"), number: 1, state: .fired, outlet: "desk", attempts: 1)
    var passed = delivery
    passed.attempts = 0
    var state = TallyState()
    state.count(
      [
        .articlePublished(article, .live), .articlePublished(article, .backlog),
        .alertRaised(Self.alert("quake"), cause: 1),
        .alertHeld(AlertHold(rule: "quake", hold: "cooldown"), cause: 1),
        .alertDelivered(delivery), .alertDelivered(passed), .alertUndeliverable(delivery),
        .clockTicked,
      ].map(Self.record))
    let text = Self.text(state)
    for line in [
      "tidings_articles_total{change=\"new\"} 2", "tidings_articles_total{change=\"gone\"} 0",
      // Backlog was not detected late.
      "tidings_detection_delay_seconds_bucket{le=\"10\"} 0",
      "tidings_detection_delay_seconds_bucket{le=\"30\"} 1",
      "tidings_detection_delay_seconds_count 1",
      "tidings_alerts_total{rule=\"quake\",severity=\"warning\",state=\"fired\"} 1",
      "tidings_alerts_held_total{rule=\"quake\",reason=\"cooldown\"} 1",
      "tidings_deliveries_total{outlet=\"desk\",result=\"delivered\"} 1",
      "tidings_deliveries_total{outlet=\"desk\",result=\"passed\"} 1",
      "tidings_deliveries_total{outlet=\"desk\",result=\"dead\"} 1", "tidings_deliveries_dead 1",
    ] { #expect(text.contains(line + "\n"), "\(line) not in\n\(text)") }
  }

  @Test func `names no more rules than a database of figures bears`() {
    var state = TallyState()
    let rules = (0..<TallyState.ruleLimit + 2).map { "r\($0)" }
    state.count(rules.map { Self.record(.alertRaised(Self.alert($0), cause: 1)) })
    let text = Self.text(state)
    #expect(text.contains("rule=\"other\",severity=\"warning\",state=\"fired\"} 2\n"))
    #expect(text.contains("rule=\"r999\"") && !text.contains("rule=\"r1000\""))
  }
}
