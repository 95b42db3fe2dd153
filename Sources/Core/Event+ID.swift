extension Event {
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
    case .feedGapped(let feed, _, let to, _): [feed.rawValue, Timestamp.text(to)]
    case .feedRekeyed(let feed, _, _, _): [feed.rawValue, time]
    case .articlePublished(let article, _): [article.id.rawValue]
    case .articleRevised(let article, _): [article.id.rawValue, String(article.revision)]
    case .articleWithdrawn(let article, let revision, _): [article.rawValue, String(revision)]
    case .articleSighted(let article, let feed): [article.rawValue, feed.rawValue]
    case .ruleDefined(let rule): [rule.rule, rule.revision, time]
    case .ruleRemoved(let rule): [rule, time]
    case .vocabularyDefined(let part): [part.part, part.digest, time]
    case .alertRaised(let alert, _): [alert.id.rawValue]
    case .alertChanged(let alert, _): [alert.id.rawValue, String(alert.number)]
    case .alertHeld(let hold, let cause):
      [hold.rule, JSONWriter.canonical(hold.group), hold.hold, String(cause)]
    case .rulesEvaluated(let through, _): [String(through)]
    case .alertDelivered(let delivery), .alertUndeliverable(let delivery):
      [delivery.alert.rawValue, String(delivery.number), delivery.outlet]
        + (delivery.request.map { [String($0)] } ?? [])
    case .alertAcknowledged(let alert, let judgement): [alert.rawValue, judgement.by, time]
    case .alertMarked(let alert, _, let person): [alert.rawValue, person, time]
    case .silenceSet(let silence): [silence.id.rawValue, silence.by, time]
    case .silenceLifted(let silence, let person): [silence.rawValue, person, time]
    case .deliveryRequested(let outlet, _, let person): [outlet, person, time]
    case .entityMerged, .entitySplit, .aliasJudged, .storyMerged, .storySplit, .topicJudged:
      correctionKey
    case .outletFailed(let outlet, _), .outletRemoved(let outlet): [outlet, time]
    case .clockTicked, .daemonStarted, .daemonStopped, .networkLost, .networkReturned,
      .configurationReread:
      [time]
    case .logRepaired(let segment, _): [segment, time]
    case .recordRedacted, .logArchived: [time]
    }
  }

  /// What was corrected, by whom, and when.
  private var correctionKey: [String] {
    switch fact {
    case .entityMerged(let entities, let judgement):
      entities.map(\.rawValue) + [judgement.by, time]
    case .entitySplit(let entity, let aliases, let judgement):
      [entity.rawValue] + aliases + [judgement.by, time]
    case .aliasJudged(let entity, let alias, let isSame, let judgement):
      [entity.rawValue, alias, isSame ? "same" : "other", judgement.by, time]
    case .storyMerged(let stories, let judgement): stories.map(\.rawValue) + [judgement.by, time]
    case .storySplit(let story, let articles, let judgement):
      [story.rawValue] + articles.map(\.rawValue) + [judgement.by, time]
    case .topicJudged(let article, let topic, _, let judgement):
      [article.rawValue, topic.rawValue, judgement.by, time]
    default: [time]
    }
  }

  private var time: String { Timestamp.text(at) }
}
