import Core
import EventLog
import Fetching
import FoundationEssentials
import Logging
import Parsing
import Projections

/// Takes what a poll brought: reads the document, has its news recorded, and tells of failures.
actor Ingest {
  private let views: Views
  private let recorder: Recorder
  private let followUp: FollowUp
  private let logger: Logger
  private let log: any EventLog
  private let clock: @Sendable () -> Date
  private var firstPoll: Configuration.FirstPoll
  private var options: [Feed.ID: PollOptions] = [:]
  /// Feeds that fail: since when, how, how often.
  private var failing: [Feed.ID: (since: Date, kind: String, count: Int)] = [:]

  init(
    _ views: Views, _ state: StateStore, log: any EventLog, projector: Projector,
    firstPoll: Configuration.FirstPoll, logger: Logger, clock: @escaping @Sendable () -> Date
  ) {
    let archive = Archive(views)
    recorder = Recorder(archive, log: log, projector: projector)
    followUp = FollowUp(
      recorder, archive, state, log: log, projector: projector, logger: logger, clock: clock)
    (self.views, self.log, self.logger) = (views, log, logger)
    (self.firstPoll, self.clock) = (firstPoll, clock)
  }

  /// Goes on with what is followed now: a feed may have failed already when it was followed before.
  func use(
    _ firstPoll: Configuration.FirstPoll, _ options: [Feed.ID: PollOptions]
  ) async throws {
    self.firstPoll = firstPoll
    self.options = options
    await followUp.use(options)
    for health in try views.failingFeeds() where failing[health.feed.id] == nil {
      guard let since = health.failingSince else { continue }
      failing[health.feed.id] = (since, health.failure ?? "", 1)
    }
  }

  /// What became of a poll's outcome; returns once its facts are durable.
  ///
  /// - Throws: `PollPaused` where the disk is full; nothing is lost, the feed is asked again.
  func accept(
    _ feed: Feed, _ outcome: FetchOutcome, after before: PollState
  ) async throws -> Verdict {
    try await pausing {
      switch outcome {
      case .failed(let failure):
        try await fail(feed, failure.logClass, failure.status, failure.message)
        return .unchanged
      case .notModified:
        try await recover(feed)
        return .unchanged
      case .document(let document): return try await take(document, of: feed, before)
      }
    }
  }

  /// What came of an errand; returns once its facts are durable.
  ///
  /// - Throws: as `accept` does.
  func visit(
    _ feed: Feed, _ errand: Errand, _ outcome: FetchOutcome
  ) async throws -> [Errand] {
    try await pausing { try await followUp.visit(feed, errand, outcome) }
  }

  private func pausing<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch let error as EventLogError {
      guard error.isPassing else { throw error }
      throw PollPaused(fullDisk: error, now: clock())
    } catch ViewsError.full(let file) {
      // What was appended stays; the next poll finds it in the log.
      throw PollPaused(fullDisk: ViewsError.full(file), now: clock())
    }
  }

  /// What became of a document that a hub pushed; returns once its news are durable.
  ///
  /// It says nothing of how the feed answers when it is asked, so a run of failures goes on.
  ///
  /// - Throws: what log and views throw; then nothing may be recorded, and the feed is to be asked.
  func accept(pushed document: Document, of feed: Feed) async throws -> Verdict {
    let parsed: ParsedFeed
    do {
      parsed = try ParsedFeed(document)
    } catch {
      return .notAFeed(error.description)
    }
    let news = try await recorder.record(
      ReadDocument(
        document, parsed, of: feed, pace: Archive.Pace(), firstPoll: firstPoll, now: clock()))
    var taken = Taken(new: news.new, overlap: 1)
    // Its topic is what the feed says; only at its own address is it at home.
    taken.errands = try await followUp.errands(after: news, in: parsed, from: feed.url, of: feed)
    return parsed.isTruncated ? .unreadable("the document ends early") : .taken(taken)
  }

  // MARK: Documents

  private func take(
    _ document: Document, of feed: Feed, _ before: PollState
  ) async throws -> Verdict {
    let parsed: ParsedFeed
    do {
      parsed = try ParsedFeed(document)
    } catch {
      let kind = error.isUnreadable ? "unreadable" : "not_a_feed"
      try await fail(feed, kind, document.status, error.description)
      return error.isUnreadable ? .unreadable(error.description) : .notAFeed(error.description)
    }
    let pace = Archive.Pace(lastSeen: before.lastSuccess, rate: before.entriesPerDay)
    let news = try await recorder.record(
      ReadDocument(
        document, parsed, of: feed, pace: pace, firstPoll: firstPoll,
        asksAbsent: options[feed.id]?.verifiesGone ?? false, now: clock()))
    if parsed.isTruncated {
      try await fail(feed, "truncated", document.status, "the document ends early")
      // Its entries are kept, but no validator may be: the rest must come with the next poll.
      return .unreadable("the document ends early")
    }
    try await recover(feed)
    let entries = parsed.entries.count
    let overlap = entries == 0 ? 1 : Double(max(0, entries - news.new)) / Double(entries)
    let dates = parsed.entries.compactMap { $0.published ?? $0.updated }
    var taken = Taken(
      new: news.new, overlap: overlap, entries: entries, interval: parsed.hints.interval,
      skip: parsed.hints.skip, recent: Recent(dates, now: clock()))
    taken.isPartial = document.isPartial
    taken.errands = try await followUp.errands(
      after: news, in: parsed, from: document.address, of: feed)
    taken.hub = HubOffer(hub: parsed.hub, topic: parsed.selfAddress)
    return .taken(taken)
  }

  // MARK: Health

  /// A fact where a run of failures begins, or goes on in another way.
  private func fail(_ feed: Feed, _ kind: String, _ status: Int?, _ message: String) async throws {
    let now = clock()
    if let known = failing[feed.id], known.kind == kind {
      failing[feed.id]?.count += 1
      return
    }
    let failure = FeedFailure(feed: feed.id, failureClass: kind, status: status, message: message)
    try await log.append(
      [Event(at: now, .feedFailed(failure))], to: .feed(feed.id.rawValue), at: now)
    logger.info(
      "Feed fails", metadata: ["feed.id": "\(feed.id)", "failure": "\(kind)", "why": "\(message)"])
    let before = failing[feed.id]
    failing[feed.id] = (before?.since ?? now, kind, (before?.count ?? 0) + 1)
  }

  private func recover(_ feed: Feed) async throws {
    guard let known = failing[feed.id] else { return }
    let now = clock()
    let fact = Event.Fact.feedRecovered(feed.id, since: known.since, failures: known.count)
    try await log.append([Event(at: now, fact)], to: .feed(feed.id.rawValue), at: now)
    failing[feed.id] = nil
    logger.info("Feed answers again", metadata: ["feed.id": "\(feed.id)"])
  }
}

extension PollPaused {
  /// Nothing can be recorded for want of room, which is looked for every ten seconds.
  init(fullDisk error: any Error, now: Date) {
    self.init(reason: "\(error)", until: now.addingTimeInterval(10))
  }
}

extension FeedParseError {
  /// Whether it claims to be a feed and cannot be read, rather than being something else.
  fileprivate var isUnreadable: Bool {
    switch self {
    case .json, .encoding, .compressed, .tooLarge: true
    case .empty, .notAFeed: false
    }
  }
}

extension FetchFailure {
  /// The coarser class that the log keeps.
  fileprivate var logClass: String {
    switch kind {
    case .client, .unauthorised, .blocked, .notFound, .gone, .rateLimited, .serverError: "http"
    case .tooLarge: "too_big"
    case .notAFeed: "not_a_feed"
    case .refusedAddress: "refused_address"
    default: kind.rawValue
    }
  }
}
