public import Core
public import FoundationEssentials
public import Logging

/// The loop that asks feeds when they are due: claim, fetch, accept, settle.
///
/// A claim is stored before the first byte is sent, so that no restart asks a feed twice in its interval.
/// Validators are stored after what a poll brought is durable, so that no crash loses an entry.
public actor Poller {
  /// Takes what a poll brought; returns once it is durable.
  ///
  /// Throws `PollPaused` while nothing can be kept.
  public typealias Accept = @Sendable (Feed, FetchOutcome) async throws -> Verdict?

  public struct Limits: Hashable, Sendable {
    public var inFlight = 64
    /// Starts a second; 0 for no limit.
    public var rate = 50
    /// How long to wait until what could not be kept is tried again.
    public var pause = Duration.seconds(10)

    public init() {}
  }

  private let fetcher: FeedFetcher
  private let memory: PollMemory
  private let limits: Limits
  private let clock: @Sendable () -> Date
  private let accept: Accept
  private let logger: Logger
  private var feeds: [Feed.ID: Feed] = [:]
  private var schedule = Schedule()
  private var random = SystemRandomNumberGenerator()
  private var states: [Feed.ID: PollState] = [:]
  private var pausedUntil: Date?
  private var waiter: CheckedContinuation<Void, Never>?
  /// Whether something changed while nobody waited.
  private var isSignalled = false

  public init(
    fetcher: FeedFetcher, memory: PollMemory, limits: Limits = Limits(), logger: Logger,
    clock: @escaping @Sendable () -> Date, accept: @escaping Accept
  ) {
    (self.fetcher, self.memory, self.limits) = (fetcher, memory, limits)
    (self.logger, self.clock, self.accept) = (logger, clock, accept)
  }

  /// Polls these feeds from now on; what is remembered of them stays.
  ///
  /// `isPrivate` says of a feed whether its site needs no manners.
  public func follow(_ wanted: [Feed], isPrivate: (Feed) -> Bool) throws {
    let known = try memory.load(wanted.map(\.id))
    for old in feeds.keys where !wanted.contains(where: { $0.id == old }) { schedule.remove(old) }
    feeds = Dictionary(wanted.map { ($0.id, $0) }) { $1 }
    let now = clock()
    let late = wanted.count { (known[$0.id]?.nextDue ?? now) <= now }
    for feed in wanted {
      // A state belongs to an address; another one starts anew.
      var state = known[feed.id] ?? PollState(url: feed.url)
      if state.url != feed.url { state = PollState(url: feed.url) }
      states[feed.id] = state
      let site = SiteKey(feed.url, isPrivate: isPrivate(feed))
      schedule.set(feed.id, due: due(state, site, late: late, now), site: site)
    }
    signal()
  }

  /// When a feed is first asked: those that fell due while we were stopped are spread.
  private func due(_ state: PollState, _ site: SiteKey, late: Int, _ now: Date) -> Date {
    if let due = state.nextDue, due > now { return due }
    guard !site.isPrivate, late > 1 else { return now }
    return now.addingTimeInterval(Double.random(in: 0...Double(late) / 20, using: &random))
  }

  /// Polls until cancelled.
  ///
  /// - Throws: what `accept` threw beside `PollPaused`; then nothing more is asked.
  public func run() async throws {
    try await withThrowingDiscardingTaskGroup { group in
      while !Task.isCancelled {
        let now = clock()
        let isPaused = pausedUntil.map { $0 > now } ?? false
        let due = isPaused ? [] : try claim(at: now)
        for feed in due { group.addTask { try await self.poll(feed) } }
        var next = isPaused ? pausedUntil : schedule.next(after: now)
        // With a limit of starts, a second passes before the next ones.
        if limits.rate > 0, due.count >= limits.rate {
          next = max(next ?? now, now.addingTimeInterval(1))
        }
        await waitForChange(until: next)
      }
    }
  }

  /// Polls every feed that is due now one time.
  public func runOnce() async throws {
    let end = clock()
    try await withThrowingTaskGroup(of: Void.self) { group in
      while !Task.isCancelled {
        let due = try claim(at: end, sitesAt: clock())
        for feed in due { group.addTask { try await self.poll(feed) } }
        guard due.isEmpty else { continue }
        if schedule.isIdle {
          // Only the gaps of sites are in the way, or nothing is due any more.
          guard let next = schedule.next(after: end), schedule.hasDue(at: end) else { break }
          try await Task.sleep(for: .seconds(max(0.001, next.timeIntervalSince(clock()))))
        } else {
          try await group.next()
        }
      }
    }
  }

  /// Takes the feeds that may be asked now and stores that they are.
  private func claim(at now: Date, sitesAt moment: Date? = nil) throws -> [Feed.ID] {
    let room = limits.inFlight - schedule.running
    let most = limits.rate > 0 ? min(room, limits.rate) : room
    let taken = schedule.take(max(0, most), due: now, at: moment ?? now)
    var claimed: [Feed.ID: PollState] = [:]
    for id in taken {
      guard let feed = feeds[id], var state = states[id] else { continue }
      state.lastAttempt = now
      state.polls += 1
      state.nextDue = now.addingTimeInterval((feed.every ?? NextDue.floor).seconds)
      states[id] = state
      claimed[id] = state
    }
    if !claimed.isEmpty { try memory.save(claimed) }
    return taken
  }

  private func poll(_ id: Feed.ID) async throws {
    defer { signal() }
    guard let feed = feeds[id], let state = states[id] else {
      return schedule.finished(id, due: clock())
    }
    guard let outcome = await fetcher.fetch(feed, state, now: clock()) else {
      return schedule.finished(id, due: state.nextDue ?? clock())
    }
    do {
      let verdict = try await accept(feed, outcome)
      try settle(feed, state, outcome, verdict)
    } catch let pause as PollPaused {
      let until = clock().addingTimeInterval(limits.pause.seconds)
      if pausedUntil.map({ $0 < clock() }) ?? true {
        logger.warning("Polling paused", metadata: ["reason": "\(pause.reason)"])
      }
      pausedUntil = until
      schedule.finished(id, due: until)
    } catch is CancellationError {
      schedule.finished(id, due: state.nextDue ?? clock())
    }
  }

  /// Stores what the poll taught; validators only now, when its news is durable.
  private func settle(
    _ feed: Feed, _ before: PollState, _ outcome: FetchOutcome, _ verdict: Verdict?
  ) throws {
    let now = clock()
    if let until = pausedUntil, until <= now {
      pausedUntil = nil
      logger.notice("Polling goes on")
    }
    let state = after(feed, before, outcome, verdict, now)
    schedule.finished(feed.id, due: state.nextDue ?? now)
    if case .failed(let failure) = outcome, failure.kind == .rateLimited,
      let wait = failure.retryAfter
    {
      schedule.pause(siteOf: feed.id, until: now.addingTimeInterval(wait.seconds))
    }
    guard feeds[feed.id]?.url == feed.url else { return }
    states[feed.id] = state
    try memory.save([feed.id: state])
  }

  private func after(
    _ feed: Feed, _ before: PollState, _ outcome: FetchOutcome, _ verdict: Verdict?, _ now: Date
  ) -> PollState {
    var state = before
    switch (outcome, verdict) {
    case (.document(let document), .taken(let new, let entries, let ttl)):
      state.take(document)
      return NextDue.succeeded(
        state, feed, answer: document.answer, new: new, entries: entries, ttl: ttl, now: now,
        using: &random)
    case (.notModified(let answer), _):
      state.take(answer)
      return NextDue.succeeded(
        state, feed, answer: answer, new: 0, entries: nil, ttl: nil, now: now, using: &random)
    case (.document(let document), _):
      state.bytes += document.answer.wireBytes
      let failure = Self.failure(of: verdict)
      return NextDue.failed(state, feed, failure, now: now, using: &random)
    case (.failed(let failure), _):
      return NextDue.failed(state, feed, failure, now: now, using: &random)
    }
  }

  private static func failure(of verdict: Verdict?) -> FetchFailure {
    switch verdict {
    case .notAFeed(let message): FetchFailure(.notAFeed, status: 200, message)
    case .truncated: FetchFailure(.truncated, status: 200, "the document ends early")
    case .unreadable(let message): FetchFailure(.unreadable, status: 200, message)
    case .taken, nil: FetchFailure(.unreadable, status: 200, "the document was not taken")
    }
  }

  // MARK: Waiting

  private func signal() {
    guard let waiting = waiter else {
      isSignalled = true
      return
    }
    waiter = nil
    waiting.resume()
  }

  /// Returns at `next`, when a poll ends or the feeds change, or when the task is cancelled.
  private func waitForChange(until next: Date?) async {
    let seconds = next.map { max(0.001, $0.timeIntervalSince(clock())) } ?? 3_600
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        try? await Task.sleep(for: .seconds(seconds))
        await self.signal()
      }
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          if isSignalled || Task.isCancelled {
            isSignalled = false
            continuation.resume()
          } else {
            waiter = continuation
          }
        }
      } onCancel: {
        Task { await self.signal() }
      }
      group.cancelAll()
    }
    isSignalled = false
  }
}

extension PollState {
  /// Takes what a document's answer says; both validators come from one answer or are dropped.
  fileprivate mutating func take(_ document: Document) {
    finalURL = document.answer.address
    etag = document.answer.validators.etag
    lastModified = document.answer.validators.lastModified
    lastStatus = document.status
    notModifiedStreak = 0
    bytes += document.answer.wireBytes
  }

  /// Takes what came with a 304; what it does not name stays.
  fileprivate mutating func take(_ answer: Answer) {
    etag = answer.validators.etag ?? etag
    lastModified = answer.validators.lastModified ?? lastModified
    lastStatus = 304
    notModifiedStreak += 1
    notModified += 1
    bytes += answer.wireBytes
  }
}
