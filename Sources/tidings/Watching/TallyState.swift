import Core
import EventLog
import Fetching
import FoundationEssentials
import Serving

/// What was counted since the start.
struct TallyState: Sendable {
  /// Rules that are counted by name; more share one.
  static let ruleLimit = 1_000

  private typealias Labels = [String]

  /// The names of the labels, in the order of the values in the keys below.
  private static let names: [Metric: [String]] = [
    .polls: ["outcome"], .pollFailures: ["kind"], .fetchBytes: ["part"], .gaps: [],
    .articles: ["change"], .alerts: ["rule", "severity", "state"],
    .alertsHeld: ["rule", "reason"], .deliveries: ["outlet", "result"], .deliveriesDead: [],
    .requests: ["route", "status"],
  ]

  private var counts: [Metric: [Labels: Double]] = [
    .gaps: [[]: 0], .deliveriesDead: [[]: 0], .fetchBytes: [["wire"]: 0, ["decoded"]: 0],
    .articles: [["new"]: 0, ["revised"]: 0, ["gone"]: 0],
    .polls: [["new"]: 0, ["unchanged"]: 0, ["not_modified"]: 0, ["failed"]: 0],
  ]
  private var histograms: [Metric: Histogram] = [
    .pollDuration: Histogram([0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]),
    .detectionDelay: Histogram([10, 30, 60, 300, 900, 1_800, 3_600, 10_800, 43_200, 86_400]),
    .appendDuration: Histogram([0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]),
  ]
  private var rules: Set<String> = []
  /// Names of segments that a scrub found damaged.
  private var damaged: Set<String> = []

  mutating func count(_ metric: Metric, _ labels: String..., by number: Double = 1) {
    counts[metric, default: [:]][labels, default: 0] += number
  }

  mutating func observe(_ metric: Metric, _ seconds: Double) {
    histograms[metric]?.observe(seconds)
  }

  mutating func noteDamage(_ segment: String) {
    damaged.insert(segment)
  }

  /// Counts what came over the wire, of a poll or an errand.
  mutating func count(_ fetched: Fetched, took seconds: Double, isPoll: Bool) {
    count(.fetchBytes, "wire", by: Double(fetched.bytes))
    if case .document(let document) = fetched.outcome {
      count(.fetchBytes, "decoded", by: Double(document.body.count))
    }
    if isPoll { observe(.pollDuration, seconds) }
  }

  /// Counts what a poll brought, and what became of it.
  mutating func count(_ outcome: FetchOutcome, _ verdict: Verdict) {
    switch (outcome, verdict) {
    case (.failed(let failure), _): fail(failure.kind.rawValue)
    case (_, .notAFeed): fail(FetchFailure.Kind.notAFeed.rawValue)
    case (_, .unreadable): fail(FetchFailure.Kind.unreadable.rawValue)
    case (_, .taken(let taken)): count(.polls, taken.new > 0 ? "new" : "unchanged")
    case (.notModified(let answer), _):
      count(.polls, answer.status == 304 ? "not_modified" : "unchanged")
    case (.document, .unchanged): count(.polls, "unchanged")
    }
  }

  private mutating func fail(_ kind: String) {
    count(.polls, "failed")
    count(.pollFailures, kind)
  }

  // MARK: Facts

  /// Counts an append that took so many seconds.
  mutating func count(_ records: [NewRecord], took seconds: Double) {
    observe(.appendDuration, seconds)
    count(records)
  }

  /// Counts what was appended; most kinds are counted by their number alone.
  ///
  /// What cannot be read again, for somebody else wrote it, is not counted: it is recorded all the same.
  mutating func count(_ records: [NewRecord]) {
    for record in records {
      switch EventKind(rawValue: record.kind) {
      case .feedGapped: count(.gaps)
      case .articleRevised: count(.articles, "revised")
      case .articleWithdrawn: count(.articles, "gone")
      case .articlePublished, .alertRaised, .alertChanged, .alertHeld, .alertDelivered,
        .alertUndeliverable:
        if let event = try? Event(kind: record.kind, json: record.payload) { count(event.fact) }
      default: break
      }
    }
  }

  private mutating func count(_ fact: Event.Fact) {
    switch fact {
    case .articlePublished(let article, let origin):
      count(.articles, "new")
      guard origin == .live, article.dateSource == .feed, let published = article.published else {
        return
      }
      observe(.detectionDelay, max(0, article.seen.timeIntervalSince(published)))
    case .alertRaised(let alert, _), .alertChanged(let alert, _):
      count(.alerts, named(alert.rule), alert.severity.rawValue, alert.state.rawValue)
    case .alertHeld(let hold, _): count(.alertsHeld, named(hold.rule), hold.hold)
    case .alertDelivered(let delivery):
      // What is not for an outlet is settled there without an attempt.
      count(.deliveries, delivery.outlet, delivery.attempts > 0 ? "delivered" : "passed")
    case .alertUndeliverable(let delivery):
      count(.deliveries, delivery.outlet, "dead")
      count(.deliveriesDead)
    default: break
    }
  }

  private mutating func named(_ rule: String) -> String {
    if rules.contains(rule) { return rule }
    guard rules.count < Self.ruleLimit else { return "other" }
    rules.insert(rule)
    return rule
  }

  // MARK: Telling

  /// Adds all of it to `metrics`.
  func tell(_ metrics: inout Metrics) {
    for (metric, values) in counts {
      let names = Self.names[metric] ?? []
      for (labels, value) in values {
        metrics.add(metric, value, zip(names, labels).map { (name: $0, value: $1) })
      }
    }
    for (metric, histogram) in histograms { metrics.add(metric, histogram) }
    metrics.add(.logDamage, Double(damaged.count))
  }
}
