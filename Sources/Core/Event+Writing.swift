extension Event {
  /// The payload of the event's record: one line of JSON, the type first.
  ///
  /// The stored form is written by hand: it is a file format and must not follow renames.
  public var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("type", kind.type)
      writer.field("v", 1)
      writer.field("id", id.description)
      writer.field("at", at)
      writeFact(to: &writer)
    }
    return writer.bytes
  }

  private func writeFact(to writer: inout JSONWriter) {
    switch fact {
    case .feedFollowed(let feed, let by):
      feed.writeFields(to: &writer)
      writer.field("by", by)
    case .feedChanged(let feed): feed.writeFields(to: &writer)
    case .feedUnfollowed(let feed, let by):
      writer.field("feed", feed.rawValue)
      writer.field("by", by)
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
    case .articlePublished, .articleRevised, .articleSighted: writeArticle(to: &writer)
    case .ruleDefined, .ruleRemoved, .vocabularyDefined: writeDefinition(to: &writer)
    case .alertRaised, .alertHeld, .rulesEvaluated, .alertDelivered, .alertUndeliverable:
      writeAlert(to: &writer)
    case .clockTicked: break
    case .daemonStarted(let version): writer.field("version", version)
    case .daemonStopped(let reason): writer.field("reason", reason)
    }
  }

  private func writeArticle(to writer: inout JSONWriter) {
    switch fact {
    case .articlePublished(let article, let origin):
      writer.key("article")
      article.write(to: &writer)
      writer.field("origin", origin.rawValue)
    case .articleRevised(let article, let revision):
      writer.key("article")
      article.write(to: &writer)
      writer.field("previous", revision.previous)
      writer.field("changed", revision.changed)
      writer.field("classes", revision.classes)
      writer.field("declared", revision.isDeclared)
    case .articleSighted(let article, let feed):
      writer.field("article_id", article.rawValue)
      writer.field("feed", feed.rawValue)
    default: break
    }
  }

  private func writeDefinition(to writer: inout JSONWriter) {
    switch fact {
    case .ruleDefined(let rule):
      writer.field("rule", rule.rule)
      writer.field("revision", rule.revision)
      writer.field("mode", rule.mode)
      writer.field("text", rule.text)
    case .ruleRemoved(let rule): writer.field("rule", rule)
    case .vocabularyDefined(let part):
      writer.field("part", part.part)
      writer.field("digest", part.digest)
      writer.field("text", part.text)
    default: break
    }
  }

  private func writeAlert(to writer: inout JSONWriter) {
    switch fact {
    case .alertRaised(let alert, let cause):
      writer.key("alert")
      writer.object { writer in
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
    case .alertDelivered(let delivery), .alertUndeliverable(let delivery):
      delivery.writeFields(to: &writer)
    default: break
    }
  }
}

extension Feed {
  fileprivate func writeFields(to writer: inout JSONWriter) {
    writer.field("feed", id.rawValue)
    writer.field("url", url)
    writer.field("every_seconds", every.map { Int($0.components.seconds) })
    writer.field("private_network", privateNetwork)
    writer.field("publisher", publisher)
    writer.field("language", language)
    writer.field("tags", tags)
    writer.field("timezone", timezone)
  }
}

extension FeedFailure {
  fileprivate func writeFields(to writer: inout JSONWriter) {
    writer.field("feed", feed.rawValue)
    writer.field("class", failureClass)
    writer.field("status", status)
    writer.field("message", message)
  }
}

extension FeedFetch {
  fileprivate func writeFields(to writer: inout JSONWriter) {
    writer.field("feed", feed.rawValue)
    writer.field("url", url)
    writer.field("bytes", bytes)
    writer.field("sha256", sha256)
    writer.field("format", format)
    writer.field("entries", entries)
    writer.field("published", published)
    writer.field("revised", revised)
    writer.field("title", title)
    writer.field("home", home)
    writer.field("language", language)
  }
}

extension AlertHold {
  fileprivate func writeFields(to writer: inout JSONWriter) {
    writer.field("rule", rule)
    writer.key("group")
    writer.strings(group)
    writer.field("article_id", article?.rawValue)
    writer.field("hold", hold)
    writer.field("until", until)
    writer.field("alert_id", alert?.rawValue)
    guard !why.isEmpty else { return }
    writer.key("why")
    writer.array(why) { $1.write(to: &$0) }
  }
}

extension Delivery {
  fileprivate func writeFields(to writer: inout JSONWriter) {
    writer.field("alert_id", alert.rawValue)
    writer.field("n", number)
    writer.field("state", state.rawValue)
    writer.field("outlet", outlet)
    writer.field("attempts", attempts)
    writer.field("detail", detail)
  }
}
