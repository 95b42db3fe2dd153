extension Event {
  /// Reads what `json` wrote, whatever order its fields have; unknown fields are ignored.
  ///
  /// A line of an older version goes through the steps of its kind first, which costs several times
  /// as much.
  ///
  /// - Throws: `unknownKind` and `newerVersion` where a newer program is needed.
  public init(
    kind code: UInt16, json: [UInt8], upcasts: Upcasts = .current
  ) throws(EventFormatError) {
    guard let kind = EventKind(rawValue: code) else { throw .unknownKind(code) }
    let today = upcasts.version(of: kind)
    var fields = EventFields(of: kind)
    try fields.read(json, today: today)
    if fields.version < today {
      let version = fields.version
      fields = EventFields(of: kind)
      try fields.read(upcasts.lift(json, kind, from: version), today: today)
    }
    self.init(at: try fields.time("at"), try fields.takeFact(of: kind))
  }
}

extension EventFields {
  /// One switch for all kinds, so that the compiler names the one that was forgotten.
  fileprivate mutating func takeFact(of kind: EventKind) throws(EventFormatError) -> Event.Fact {
    switch kind {
    case .feedFollowed: .feedFollowed(try Feed(self), by: try text("by"))
    case .feedChanged: .feedChanged(try Feed(self))
    case .feedUnfollowed: .feedUnfollowed(try feed(), by: try text("by"))
    case .feedMoved:
      .feedMoved(
        try feed(), from: try text("from"), to: try text("to"), answers: try number("answers"))
    case .feedGone:
      .feedGone(try feed(), status: try number("status"), answers: try number("answers"))
    case .feedFailed: .feedFailed(try FeedFailure(self))
    case .feedRecovered:
      .feedRecovered(try feed(), since: try time("since"), failures: try number("failures"))
    case .feedFetched: .feedFetched(try FeedFetch(self))
    case .feedGapped:
      .feedGapped(
        try feed(), from: try time("from"), to: try time("to"),
        missedEstimate: try number("missed_estimate"))
    case .feedRekeyed:
      .feedRekeyed(
        try feed(), from: try text("from"), to: try text("to"), evidence: try text("evidence"))

    case .articlePublished:
      .articlePublished(try need(takeArticle(), "article"), try oneOf("origin"))
    case .articleRevised: .articleRevised(try need(takeArticle(), "article"), try Revision(self))
    case .articleWithdrawn:
      .articleWithdrawn(
        Article.ID(try text("article")), revision: try number("revision"), try oneOf("reason"))
    case .articleSighted: .articleSighted(Article.ID(try text("article_id")), in: try feed())

    case .ruleDefined: .ruleDefined(try RuleDefinition(self))
    case .ruleRemoved: .ruleRemoved(rule: try text("rule"))
    case .vocabularyDefined: .vocabularyDefined(try VocabularyDefinition(self))

    case .alertRaised: .alertRaised(try need(takeAlert(), "alert"), cause: try position("cause"))
    case .alertChanged: .alertChanged(try need(takeAlert(), "alert"), cause: try position("cause"))
    case .alertHeld: .alertHeld(try AlertHold(self), cause: try position("cause"))
    case .rulesEvaluated:
      .rulesEvaluated(through: try position("through"), engine: try text("engine"))
    case .alertDelivered: .alertDelivered(try Delivery(self))
    case .alertUndeliverable: .alertUndeliverable(try Delivery(self))
    case .outletFailed: .outletFailed(try text("outlet"), reason: try text("reason"))
    case .outletRemoved: .outletRemoved(try text("outlet"))

    case .alertAcknowledged: .alertAcknowledged(Alert.ID(try text("alert")), try Judgement(self))
    case .alertMarked:
      .alertMarked(Alert.ID(try text("alert")), try oneOf("mark"), by: try text("by"))
    case .silenceSet: .silenceSet(try Silence(self))
    case .silenceLifted: .silenceLifted(Silence.ID(try text("silence")), by: try text("by"))
    case .deliveryRequested:
      .deliveryRequested(
        outlet: try text("outlet"), alerts: try list("alerts").map(Alert.ID.init),
        by: try text("by"))

    case .entityMerged:
      .entityMerged(try list("entities").map(Entity.ID.init), try Judgement(self))
    case .entitySplit: .entitySplit(try entity(), aliases: try list("aliases"), try Judgement(self))
    case .aliasJudged:
      .aliasJudged(
        try entity(), alias: try text("alias"), same: try flag("same"), try Judgement(self))
    case .storyMerged: .storyMerged(try list("stories").map(Story.ID.init), try Judgement(self))
    case .storySplit:
      .storySplit(
        Story.ID(try text("story")), articles: try list("articles").map(Article.ID.init),
        try Judgement(self))
    case .topicJudged:
      .topicJudged(
        Article.ID(try text("article")), Topic.ID(try text("topic")), right: try flag("right"),
        try Judgement(self))

    case .clockTicked: .clockTicked
    case .daemonStarted: .daemonStarted(version: try text("version"))
    case .daemonStopped: .daemonStopped(reason: try text("reason"))
    case .networkLost: .networkLost(hosts: try list("hosts"))
    case .networkReturned: .networkReturned(since: try time("since"))
    case .configurationReread: .configurationReread(faults: try list("faults"))
    case .recordRedacted: .recordRedacted(try Redaction(self))
    case .logRepaired: .logRepaired(segment: try text("segment"), lost: try number("lost"))
    case .logArchived: .logArchived(through: try position("through"), folder: try text("folder"))
    }
  }

  private func entity() throws(EventFormatError) -> Entity.ID { Entity.ID(try text("entity")) }
}
