extension Event {
  /// The payload of the event's record: one line of JSON, the type and its version first.
  ///
  /// The stored form is written by hand: it is a file format and must not follow renames. Kinds that
  /// were written first call an article `article_id` and an alert `alert_id` (204, 403, 405, 406), the
  /// later ones `article` and `alert`; both stay, as a stored form does not change for its looks.
  public var json: [UInt8] {
    var writer = JSONWriter(capacity: 2_048)
    let kind = kind
    writer.object { writer in
      writer.field("type", kind.type)
      writer.field("v", Upcasts.current.version(of: kind))
      writer.field("id", id)
      writer.field("at", at)
      writeFact(to: &writer)
    }
    return writer.bytes
  }

  /// One switch for all kinds, so that the compiler names the one that was forgotten.
  private func writeFact(to writer: inout JSONWriter) {
    switch fact {
    case .feedFollowed(let feed, let person):
      feed.writeFields(to: &writer)
      writer.field("by", person)
    case .feedChanged(let feed): feed.writeFields(to: &writer)
    case .feedUnfollowed(let feed, let person):
      writer.field("feed", feed.rawValue)
      writer.field("by", person)
    case .feedMoved(let feed, let from, let to, let answers):
      writer.field("feed", feed.rawValue)
      writer.field("from", from)
      writer.field("to", to)
      writer.field("answers", answers)
    case .feedGone(let feed, let status, let answers):
      writer.field("feed", feed.rawValue)
      writer.field("status", status)
      writer.field("answers", answers)
    case .feedFailed(let failure): failure.writeFields(to: &writer)
    case .feedRecovered(let feed, let since, let failures):
      writer.field("feed", feed.rawValue)
      writer.field("since", since)
      writer.field("failures", failures)
    case .feedFetched(let fetch): fetch.writeFields(to: &writer)
    case .feedGapped(let feed, let from, let to, let missed):
      writer.field("feed", feed.rawValue)
      writer.field("from", from)
      writer.field("to", to)
      writer.field("missed_estimate", missed)
    case .feedRekeyed(let feed, let from, let to, let evidence):
      writer.field("feed", feed.rawValue)
      writer.field("from", from)
      writer.field("to", to)
      writer.field("evidence", evidence)

    case .articlePublished(let article, let origin):
      writer.key("article")
      article.write(to: &writer)
      writer.field("origin", origin.rawValue)
    case .articleRevised(let article, let revision):
      writer.key("article")
      article.write(to: &writer)
      revision.writeFields(to: &writer)
    case .articleWithdrawn(let article, let revision, let withdrawal):
      writer.field("article", article.rawValue)
      writer.field("revision", revision)
      writer.field("reason", withdrawal.rawValue)
    case .articleSighted(let article, let feed):
      writer.field("article_id", article.rawValue)
      writer.field("feed", feed.rawValue)

    case .ruleDefined(let rule): rule.writeFields(to: &writer)
    case .ruleRemoved(let rule): writer.field("rule", rule)
    case .vocabularyDefined(let part): part.writeFields(to: &writer)

    case .alertRaised(let alert, let cause), .alertChanged(let alert, let cause):
      writer.field("alert") { writer in
        alert.writeFields(to: &writer, cursor: nil)
        writer.field("outlets", alert.outlets)
      }
      writer.field("cause", cause)
    case .alertHeld(let hold, let cause):
      hold.writeFields(to: &writer)
      writer.field("cause", cause)
    case .rulesEvaluated(let through, let engine):
      writer.field("through", through)
      writer.field("engine", engine)
    case .outletFailed(let outlet, let reason):
      writer.field("outlet", outlet)
      writer.field("reason", reason)
    case .outletRemoved(let outlet): writer.field("outlet", outlet)
    case .alertDelivered(let delivery), .alertUndeliverable(let delivery):
      delivery.writeFields(to: &writer)

    case .alertAcknowledged(let alert, let judgement):
      writer.field("alert", alert.rawValue)
      judgement.writeFields(to: &writer)
    case .alertMarked(let alert, let mark, let person):
      writer.field("alert", alert.rawValue)
      writer.field("mark", mark.rawValue)
      writer.field("by", person)
    case .silenceSet(let silence): silence.writeFields(to: &writer)
    case .silenceLifted(let silence, let person):
      writer.field("silence", silence.rawValue)
      writer.field("by", person)
    case .deliveryRequested(let outlet, let alerts, let person):
      writer.field("outlet", outlet)
      writer.field("alerts", alerts.map(\.rawValue))
      writer.field("by", person)

    case .entityMerged(let entities, let judgement):
      writer.field("entities", entities.map(\.rawValue))
      judgement.writeFields(to: &writer)
    case .entitySplit(let entity, let aliases, let judgement):
      writer.field("entity", entity.rawValue)
      writer.field("aliases", aliases)
      judgement.writeFields(to: &writer)
    case .aliasJudged(let entity, let alias, let isSame, let judgement):
      writer.field("entity", entity.rawValue)
      writer.field("alias", alias)
      writer.field("same", isSame)
      judgement.writeFields(to: &writer)
    case .storyMerged(let stories, let judgement):
      writer.field("stories", stories.map(\.rawValue))
      judgement.writeFields(to: &writer)
    case .storySplit(let story, let articles, let judgement):
      writer.field("story", story.rawValue)
      writer.field("articles", articles.map(\.rawValue))
      judgement.writeFields(to: &writer)
    case .topicJudged(let article, let topic, let isRight, let judgement):
      writer.field("article", article.rawValue)
      writer.field("topic", topic.rawValue)
      writer.field("right", isRight)
      judgement.writeFields(to: &writer)

    case .clockTicked: break
    case .daemonStarted(let version): writer.field("version", version)
    case .daemonStopped(let reason): writer.field("reason", reason)
    case .networkLost(let hosts): writer.field("hosts", hosts)
    case .networkReturned(let since): writer.field("since", since)
    case .configurationReread(let faults): writer.field("faults", faults)
    case .recordRedacted(let redaction): redaction.writeFields(to: &writer)
    case .logRepaired(let segment, let lost):
      writer.field("segment", segment)
      writer.field("lost", lost)
    case .logArchived(let through, let folder):
      writer.field("through", through)
      writer.field("folder", folder)
    }
  }
}
