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
  case feedGapped = 109
  case feedRekeyed = 110
  case articlePublished = 201
  case articleRevised = 202
  case articleWithdrawn = 203
  case articleSighted = 204
  case ruleDefined = 301
  case ruleRemoved = 302
  case vocabularyDefined = 303
  case alertRaised = 401
  case alertChanged = 402
  case alertHeld = 403
  case rulesEvaluated = 404
  case alertDelivered = 405
  case alertUndeliverable = 406
  case outletFailed = 407
  case outletRemoved = 408
  case alertAcknowledged = 501
  case alertMarked = 502
  case silenceSet = 503
  case silenceLifted = 504
  case deliveryRequested = 505
  case entityMerged = 511
  case entitySplit = 512
  case aliasJudged = 513
  case storyMerged = 514
  case storySplit = 515
  case topicJudged = 516
  case clockTicked = 601
  case daemonStarted = 602
  case daemonStopped = 603
  case networkLost = 604
  case networkReturned = 605
  case configurationReread = 606
  case recordRedacted = 701
  case logRepaired = 702
  case logArchived = 703

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
    case .feedGapped: "feed.gapped"
    case .feedRekeyed: "feed.rekeyed"
    case .articlePublished: "article.published"
    case .articleRevised: "article.revised"
    case .articleWithdrawn: "article.withdrawn"
    case .articleSighted: "article.sighted"
    case .ruleDefined: "rule.defined"
    case .ruleRemoved: "rule.removed"
    case .vocabularyDefined: "vocabulary.defined"
    case .alertRaised: "alert.raised"
    case .alertChanged: "alert.changed"
    case .alertHeld: "alert.held"
    case .rulesEvaluated: "rules.evaluated"
    case .alertDelivered: "alert.delivered"
    case .alertUndeliverable: "alert.undeliverable"
    case .outletFailed: "outlet.failed"
    case .outletRemoved: "outlet.removed"
    case .alertAcknowledged: "alert.acknowledged"
    case .alertMarked: "alert.marked"
    case .silenceSet: "silence.set"
    case .silenceLifted: "silence.lifted"
    case .deliveryRequested: "delivery.requested"
    case .entityMerged: "entity.merged"
    case .entitySplit: "entity.split"
    case .aliasJudged: "alias.judged"
    case .storyMerged: "story.merged"
    case .storySplit: "story.split"
    case .topicJudged: "topic.judged"
    case .clockTicked: "clock.ticked"
    case .daemonStarted: "daemon.started"
    case .daemonStopped: "daemon.stopped"
    case .networkLost: "network.lost"
    case .networkReturned: "network.returned"
    case .configurationReread: "configuration.reread"
    case .recordRedacted: "record.redacted"
    case .logRepaired: "log.repaired"
    case .logArchived: "log.archived"
    }
  }

  /// Whether a record with this code may be passed over by a version that does not know it.
  ///
  /// Its writer sets the top bit where views stay right without it; any other unknown kind must stop
  /// the reading.
  public static func maySkip(_ code: UInt16) -> Bool {
    code & 0x8000 != 0 && EventKind(rawValue: code) == nil
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
    case .feedGapped: .feedGapped
    case .feedRekeyed: .feedRekeyed
    case .articlePublished: .articlePublished
    case .articleRevised: .articleRevised
    case .articleWithdrawn: .articleWithdrawn
    case .articleSighted: .articleSighted
    case .ruleDefined: .ruleDefined
    case .ruleRemoved: .ruleRemoved
    case .vocabularyDefined: .vocabularyDefined
    case .alertRaised: .alertRaised
    case .alertChanged: .alertChanged
    case .alertHeld: .alertHeld
    case .rulesEvaluated: .rulesEvaluated
    case .alertDelivered: .alertDelivered
    case .alertUndeliverable: .alertUndeliverable
    case .outletFailed: .outletFailed
    case .outletRemoved: .outletRemoved
    case .alertAcknowledged: .alertAcknowledged
    case .alertMarked: .alertMarked
    case .silenceSet: .silenceSet
    case .silenceLifted: .silenceLifted
    case .deliveryRequested: .deliveryRequested
    case .entityMerged: .entityMerged
    case .entitySplit: .entitySplit
    case .aliasJudged: .aliasJudged
    case .storyMerged: .storyMerged
    case .storySplit: .storySplit
    case .topicJudged: .topicJudged
    case .clockTicked: .clockTicked
    case .daemonStarted: .daemonStarted
    case .daemonStopped: .daemonStopped
    case .networkLost: .networkLost
    case .networkReturned: .networkReturned
    case .configurationReread: .configurationReread
    case .recordRedacted: .recordRedacted
    case .logRepaired: .logRepaired
    case .logArchived: .logArchived
    }
  }
}
