import Core
import EventLog
import FoundationEssentials
import Projections
import Rules

/// Puts what the operator configured into the log, where it differs from what the log has.
///
/// From these events on articles are read and judged by the new words; a replay meets them in the
/// same place and decides the same.
struct Definitions {
  let configuration: Configuration
  let views: Views
  let now: Date

  /// The events to append, by stream; none where nothing changed.
  ///
  /// Rules and their words go in together: an article that came between would be judged by old rules
  /// with new words, and the new rules never look back.
  func events() throws -> [(stream: StreamName, events: [Event])] {
    try feeds().map { (.feed($0.0.rawValue), [$0.1]) }
      + (try (vocabulary() + rules()).parts).map { (.definitions, $0) }
      + [(.people, try silences() + beginnings.events()), (.daemon, try outlets())]
  }

  /// Of outlets that took no lines and are gone: nobody is left to say that they do.
  private func outlets() throws -> [Event] {
    let configured = configuration.outlets.map(\.name)
    return try views.failingOutlets().filter { !configured.contains($0) }
      .map { Event(at: now, .outletRemoved($0)) }
  }

  private var beginnings: OutletBeginnings {
    OutletBeginnings(outlets: configuration.outlets, rules: configuration.rules, views: views)
  }

  /// Silences that are configured and were not set, and those that were and are configured no more.
  ///
  /// One that a person lifted stays lifted as long as the configuration keeps it.
  private func silences() throws -> [Event] {
    let known = try views.configuredSilences()
    let wanted = configuration.silences
    let set = wanted.filter { silence in
      silence.until > now && !known.contains { $0.silence.id == silence.id && $0.isInTheWay }
    }
    let lifted = known.filter { old in
      old.liftedBy == nil && old.silence.until > now
        && !wanted.contains { $0.id == old.silence.id }
    }
    return set.map { Event(at: now, .silenceSet($0)) }
      + lifted.map {
        Event(at: now, .silenceLifted($0.silence.id, by: PeopleView.configuration))
      }
  }

  private func vocabulary() throws -> [Event] {
    let known = try views.vocabulary()
    // A part that is configured no more holds no words from now on.
    let wanted = known.mapValues { _ in "{}" }.merging(configuration.rules.vocabulary) { $1 }
    return wanted.sorted { $0.key < $1.key }.compactMap { part, text in
      let definition = VocabularyDefinition(part: part, text: text)
      return known[part] == text ? nil : Event(at: now, .vocabularyDefined(definition))
    }
  }

  /// Words stand before the rules that use them, so vocabulary is appended first.
  private func rules() throws -> [Event] {
    let known = try views.ruleDefinitions()
    let wanted = configuration.rules.definitions
    let defined = wanted.filter { !known.contains($0) }
    let removed = known.filter { old in !wanted.contains { $0.rule == old.rule } }
    return defined.map { Event(at: now, .ruleDefined($0)) }
      + removed.map { Event(at: now, .ruleRemoved(rule: $0.rule)) }
  }

  private func feeds() throws -> [(Feed.ID, Event)] {
    let known = try views.followedFeeds()
    let changed: [(Feed.ID, Event)] = configuration.feeds.compactMap { feed in
      guard let old = known[feed.id] else {
        return (feed.id, Event(at: now, .feedFollowed(feed, by: "configuration")))
      }
      return old == feed ? nil : (feed.id, Event(at: now, .feedChanged(feed)))
    }
    let followed = Set(configuration.feeds.map(\.id))
    let removed = known.keys.filter { !followed.contains($0) }.sorted().map { feed in
      (feed, Event(at: now, .feedUnfollowed(feed, by: "configuration")))
    }
    return changed + removed
  }
}
