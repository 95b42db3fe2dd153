/// The types of events: a number in the record's header, a name in its payload.
///
/// Both are a file format: they never change, and a number is never given twice.
public enum EventKind: UInt16, Hashable, Sendable, CaseIterable {
  case feedFollowed = 101
  case feedChanged = 102
  case feedUnfollowed = 103
  case feedMoved = 104
  case feedGone = 105
  case feedFailed = 106
  case feedRecovered = 107
  case feedFetched = 108
  case articlePublished = 201
  case articleRevised = 202
  case articleSighted = 204
  case ruleDefined = 301
  case ruleRemoved = 302
  case vocabularyDefined = 303
  case alertRaised = 401
  case alertHeld = 403
  case rulesEvaluated = 404
  case alertDelivered = 405
  case alertUndeliverable = 406
  case clockTicked = 601
  case daemonStarted = 602
  case daemonStopped = 603

  /// The name in the payload.
  public var type: String {
    switch self {
    case .feedFollowed: "feed.followed"
    case .feedChanged: "feed.changed"
    case .feedUnfollowed: "feed.unfollowed"
    case .feedMoved: "feed.moved"
    case .feedGone: "feed.gone"
    case .feedFailed: "feed.failed"
    case .feedRecovered: "feed.recovered"
    case .feedFetched: "feed.fetched"
    case .articlePublished: "article.published"
    case .articleRevised: "article.revised"
    case .articleSighted: "article.sighted"
    case .ruleDefined: "rule.defined"
    case .ruleRemoved: "rule.removed"
    case .vocabularyDefined: "vocabulary.defined"
    case .alertRaised: "alert.raised"
    case .alertHeld: "alert.held"
    case .rulesEvaluated: "rules.evaluated"
    case .alertDelivered: "alert.delivered"
    case .alertUndeliverable: "alert.undeliverable"
    case .clockTicked: "clock.ticked"
    case .daemonStarted: "daemon.started"
    case .daemonStopped: "daemon.stopped"
    }
  }

  /// The kind that has `type` as its name.
  public init?(type: String) {
    guard let kind = Self.allCases.first(where: { $0.type == type }) else { return nil }
    self = kind
  }
}

extension Event {
  public var kind: EventKind {
    switch fact {
    case .feedFollowed: .feedFollowed
    case .feedChanged: .feedChanged
    case .feedUnfollowed: .feedUnfollowed
    case .feedMoved: .feedMoved
    case .feedGone: .feedGone
    case .feedFailed: .feedFailed
    case .feedRecovered: .feedRecovered
    case .feedFetched: .feedFetched
    case .articlePublished: .articlePublished
    case .articleRevised: .articleRevised
    case .articleSighted: .articleSighted
    case .ruleDefined: .ruleDefined
    case .ruleRemoved: .ruleRemoved
    case .vocabularyDefined: .vocabularyDefined
    case .alertRaised: .alertRaised
    case .alertHeld: .alertHeld
    case .rulesEvaluated: .rulesEvaluated
    case .alertDelivered: .alertDelivered
    case .alertUndeliverable: .alertUndeliverable
    case .clockTicked: .clockTicked
    case .daemonStarted: .daemonStarted
    case .daemonStopped: .daemonStopped
    }
  }

  /// The same for the same fact, on every machine and in every replay.
  public var id: Digest {
    Digest(of: ["tidings/1", kind.type] + key)
  }

  /// What tells this fact from others of its kind.
  private var key: [String] {
    switch fact {
    case .feedFollowed(let feed, _), .feedChanged(let feed): [feed.id.rawValue, time]
    case .feedUnfollowed(let feed, _), .feedGone(let feed, _, _): [feed.rawValue, time]
    case .feedMoved(let feed, _, let to, _): [feed.rawValue, to]
    case .feedFailed(let failure): [failure.feed.rawValue, failure.failureClass, time]
    case .feedRecovered(let feed, let since, _): [feed.rawValue, Timestamp.text(since)]
    case .feedFetched(let fetch): [fetch.feed.rawValue, fetch.sha256, time]
    case .articlePublished(let article, _): [article.id.rawValue]
    case .articleRevised(let article, _): [article.id.rawValue, String(article.revision)]
    case .articleSighted(let article, let feed): [article.rawValue, feed.rawValue]
    case .ruleDefined(let rule): [rule.rule, rule.revision, time]
    case .ruleRemoved(let rule): [rule, time]
    case .vocabularyDefined(let part): [part.part, part.digest, time]
    case .alertRaised(let alert, _): [alert.id.rawValue]
    case .alertHeld(let hold, let cause):
      [hold.rule, JSONWriter.canonical(hold.group), hold.hold, String(cause)]
    case .rulesEvaluated(let through, _): [String(through)]
    case .alertDelivered(let delivery), .alertUndeliverable(let delivery):
      [delivery.alert.rawValue, String(delivery.number), delivery.outlet]
    case .clockTicked, .daemonStarted, .daemonStopped: [time]
    }
  }

  private var time: String { Timestamp.text(at) }
}
