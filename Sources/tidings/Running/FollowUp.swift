import Core
import EventLog
import Fetching
import FoundationEssentials
import Logging
import Parsing
import Projections

/// What a document gives reason to ask for beside it, and what comes of the answers.
///
///     a gap ──▶ older entries, a document at a time, until they reach what was seen
///     an article that left the feed before older ones ──▶ its page: twice 404 or 410, it is withdrawn
///     an article of which the feed has the beginning ──▶ its page: the text, as its next revision
///
/// A page that cannot be had changes nothing.
actor FollowUp {
  /// What the sites of pages allow us.
  struct Robots {
    /// Nil while they are asked for.
    var rules: RobotsRules?
    var until: Date
    var waiting: [Errand] = []
  }

  let recorder: Recorder
  let archive: Archive
  let projector: Projector
  let log: any EventLog
  let logger: Logger
  let clock: @Sendable () -> Date
  let state: StateStore
  var options: [Feed.ID: PollOptions] = [:]
  /// Articles that are not in their feeds by now, of feeds whose articles are looked for.
  var absent: [Feed.ID: Set<Article.ID>] = [:]
  /// By the origins of pages.
  var robots: [String: Robots] = [:]

  init(
    _ recorder: Recorder, _ archive: Archive, _ state: StateStore, log: any EventLog,
    projector: Projector, logger: Logger, clock: @escaping @Sendable () -> Date
  ) {
    (self.recorder, self.archive, self.state, self.log) = (recorder, archive, state, log)
    (self.projector, self.logger, self.clock) = (projector, logger, clock)
  }

  /// Goes by what operators say of their feeds now.
  func use(_ options: [Feed.ID: PollOptions]) {
    self.options = options
    absent = absent.filter { options[$0.key]?.verifiesGone == true }
  }

  /// What the news of a document of `feed`, which came from `address`, give reason to ask for.
  ///
  /// - Throws: `ViewsError.full` where there is no room to remember what is asked for.
  func errands(
    after news: Archive.News, in parsed: ParsedFeed, from address: String, of feed: Feed
  ) throws -> [Errand] {
    older(after: news, in: parsed, from: address, of: feed)
      + allowed(
        texts(of: news, from: address, in: feed) + (try presence(of: news.absent, in: feed)))
  }

  /// Reads what an errand brought, records what is news in it, and says what it gives reason for.
  ///
  /// - Throws: as `Recorder` does.
  func visit(
    _ feed: Feed, _ errand: Errand, _ outcome: FetchOutcome
  ) async throws -> [Errand] {
    switch errand.purpose {
    case .older(let gap): return try await takeOlder(outcome, of: feed, errand, in: gap)
    case .presence(let article, let revision):
      try await takePresence(outcome, of: article, revision, in: feed)
    case .text(let article, let revision):
      try await takeText(outcome, of: article, revision, from: errand.address, in: feed)
    case .robots: return takeRobots(outcome, from: errand.address)
    }
    return []
  }
}
