public import Core
public import FoundationEssentials
internal import Curl
public import Logging

/// The loop: claim, fetch, accept, settle.
///
/// It decides nothing by itself: ``Schedule`` says who is next, `PollState` when to come again, and
/// whoever accepts an outcome what became of it. Claims are saved before the first byte is sent, so
/// that neither a restart nor a crash polls a feed before its time.
public actor Poller {
  /// Reads and records an outcome; durable when it returns.
  ///
  /// It is given what was remembered before this poll, to tell the first failure of a run from the
  /// next. It throws ``PollPaused`` if nothing can be recorded for now; any other error ends the
  /// loop.
  public typealias Accept = @Sendable (Feed, FetchOutcome, PollState) async throws -> Verdict

  private enum Event: Sendable {
    case polled(Feed, Fetched, Verdict)
    case paused(Feed, PollPaused)
    case dropped(Feed)
    case rang(Date)
    case replaced
  }

  private let fetcher: FeedFetcher
  private let store: PollMemory
  private let clock: @Sendable () -> Date
  private let sleep: @Sendable (Duration) async throws -> Void
  private let logger: Logger
  private let accept: Accept
  private let changes = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

  private var feeds: [Feed.ID: Feed] = [:]
  private var states: [Feed.ID: PollState] = [:]
  private var schedule: Schedule
  private var unsaved: [Feed.ID: PollState] = [:]
  private var unsavedSince: Date?
  private var pausedUntil: Date?
  private var isPaused = false
  private var alarms: Set<Date> = []
  private var random = SystemRandomNumberGenerator()

  /// Creates a poller; nothing is read or sent before it runs.
  public init(
    _ feeds: [Feed], fetcher: FeedFetcher, store: PollMemory,
    schedule: Schedule = Schedule(),
    logger: Logger = Logger(label: "tidings.poller"),
    clock: @escaping @Sendable () -> Date,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    accept: @escaping Accept
  ) {
    self.feeds = Dictionary(feeds.map { ($0.id, $0) }) { _, last in last }
    self.fetcher = fetcher
    self.store = store
    self.schedule = schedule
    self.logger = logger
    self.clock = clock
    self.sleep = sleep
    self.accept = accept
  }

  /// Polls every feed when it is due, until the task is cancelled.
  ///
  /// - Throws: what the store, or whoever accepts outcomes, throws.
  public func run() async throws {
    try enter(Array(feeds.values), spread: true)
    try await loop(isOnce: false)
  }

  /// Polls every feed that is due one time, and returns when all are settled.
  ///
  /// - Throws: as ``run()``, and ``PollPaused``.
  public func runOnce() async throws {
    try enter(Array(feeds.values), spread: false)
    let now = clock()
    for feed in feeds.keys where (states[feed]?.nextDue ?? now) > now { schedule.remove(feed) }
    try await loop(isOnce: true)
  }

  /// Follows `new` from now on; polls under way end as they began.
  ///
  /// - Throws: what the store throws; then nothing has changed.
  public func replace(feeds new: [Feed]) throws {
    let kept = feeds
    let next = Dictionary(new.map { ($0.id, $0) }) { _, last in last }
    let changed = new.filter { kept[$0.id] != $0 && !schedule.isInFlight($0.id) }
    let known = try store.load(changed.map(\.id))
    feeds = next
    for id in kept.keys where next[id] == nil {
      schedule.remove(id)
      // A poll under way still needs it, should the feed come back before the poll ends.
      if !schedule.isInFlight(id) { states[id] = nil }
    }
    place(changed, known, spread: true)
    changes.continuation.yield()
  }
}

extension Poller {
  private func enter(_ new: [Feed], spread: Bool) throws {
    place(new, try store.load(new.map(\.id)), spread: spread)
  }

  /// Gives feeds their places; overdue and new ones are spread, 20 a second, when there are several.
  private func place(_ new: [Feed], _ known: [Feed.ID: PollState], spread: Bool) {
    let now = clock()
    for feed in new {
      let state = states[feed.id] ?? known[feed.id]
      states[feed.id] = state?.url == feed.url ? state : PollState(url: feed.url)
      // What kept it from being asked is mended: the long wait of a refusal has lost its reason.
      let wasRefused = state?.lastFailure == FetchFailure.Kind.refusedAddress.rawValue
      if wasRefused, feed.privateNetwork { states[feed.id]?.nextDue = nil }
    }
    let overdue = new.count { (states[$0.id]?.nextDue ?? now) <= now }
    for feed in new.sorted(by: { $0.id < $1.id }) {
      let due = states[feed.id]?.nextDue ?? now
      let delay = spread && overdue > 1 ? .random(in: 0...Double(overdue) / 20) : 0.0
      enqueue(feed, due: due <= now ? now + delay : due)
    }
    for feed in new {
      if let until = states[feed.id]?.sitePause, until > now {
        pauseSite(of: feed, until: until, isOnce: !spread)
      }
    }
  }

  private func enqueue(_ feed: Feed, due: Date) {
    guard states[feed.id]?.isGone != true else { return }
    guard let site = Self.site(of: feed) else {
      return logger.error("Feed has no usable address", metadata: ["feed.id": "\(feed.id)"])
    }
    schedule.add(feed.id, site: site, due: due)
  }

  private func loop(isOnce: Bool) async throws {
    do {
      try await withThrowingTaskGroup(of: Event.self) { group in
        listen(&group)
        while !Task.isCancelled {
          for (feed, state) in try remembered(claim(), isOnce: isOnce) {
            poll(feed, state, &group)
          }
          if isOnce, schedule.count == 0, schedule.inFlight == 0 { break }
          setAlarm(&group)
          guard let event = try await group.next() else { break }
          try handle(event, isOnce: isOnce, &group)
        }
        group.cancelAll()
        while let result = await group.nextResult() { try end(result) }
      }
    } catch {
      try saveAtEnd()
      throw error
    }
    try saveAtEnd()
  }

  private func claim() -> [(Feed, PollState)] {
    let now = clock()
    if let pausedUntil, pausedUntil > now { return [] }
    pausedUntil = nil
    // One poll tries whether the pause is over: a publisher must not pay for our full disk.
    let limit = !isPaused ? Limits.claims : schedule.inFlight == 0 ? 1 : 0
    var claimed: [(Feed, PollState)] = []
    while claimed.count < limit, let id = schedule.next(at: now) {
      guard let feed = feeds[id], var state = states[id] else {
        schedule.finished(id)
        continue
      }
      claimed.append((feed, state))
      state.claim(every: feed.every, now: now)
      keep(state, for: id)
    }
    return claimed
  }

  private func poll(
    _ feed: Feed, _ state: PollState, _ group: inout ThrowingTaskGroup<Event, any Error>
  ) {
    let now = clock()
    group.addTask { [fetcher, accept] in
      do {
        let fetched = try await fetcher.fetch(feed, state, now: now)
        return .polled(feed, fetched, try await accept(feed, fetched.outcome, state))
      } catch let pause as PollPaused {
        return .paused(feed, pause)
      } catch is CancellationError {
        return .dropped(feed)
      }
    }
  }
}

extension Poller {
  /// Settles what was still under way when the loop ended.
  private func end(_ result: Result<Event, any Error>) throws {
    switch result {
    case .success(.polled(let feed, let fetched, let verdict)):
      settle(feed, fetched, verdict, isOnce: true)
    case .failure(let error) where !(error is CancellationError): throw error
    default: break
    }
  }

  private func handle(
    _ event: Event, isOnce: Bool, _ group: inout ThrowingTaskGroup<Event, any Error>
  ) throws {
    switch event {
    case .rang(let date): alarms.remove(date)
    case .replaced: if !isOnce { listen(&group) }
    case .dropped(let feed): schedule.finished(feed.id)
    case .paused(let feed, let pause):
      schedule.finished(feed.id)
      if isOnce { throw pause }
      askAgain(feed.id)
      begin(pause)
    case .polled(let feed, let fetched, let verdict):
      schedule.finished(feed.id)
      settle(feed, fetched, verdict, isOnce: isOnce)
    }
  }

  private func settle(_ feed: Feed, _ fetched: Fetched, _ verdict: Verdict, isOnce: Bool) {
    let now = clock()
    endPause()
    guard let current = feeds[feed.id], current.url == feed.url, var state = states[feed.id] else {
      return askAgain(feed.id)
    }
    state.settle(fetched, verdict, every: current.every, now: now, using: &random)
    log(feed, fetched, state)
    keep(state, for: feed.id)
    if let until = state.sitePause { pauseSite(of: feed, until: until, isOnce: isOnce) }
    if !isOnce { enqueue(current, due: state.nextDue ?? now) }
  }

  /// Asks anew for a feed whose poll came to nothing, if it is still followed.
  private func askAgain(_ id: Feed.ID) {
    guard let feed = feeds[id] else {
      states[id] = nil
      return
    }
    // The address was changed meanwhile: what is known of the old one says nothing of the new.
    if states[id]?.url != feed.url { states[id] = PollState(url: feed.url) }
    enqueue(feed, due: clock())
  }

  private func pauseSite(of feed: Feed, until: Date, isOnce: Bool) {
    guard let site = Self.site(of: feed), !site.isPrivate else { return }
    schedule.pause(site, until: until)
    // A single round does not wait for hours; what the site keeps back is not due.
    guard isOnce else { return }
    for other in feeds.values where Self.site(of: other) == site { schedule.remove(other.id) }
  }

  private static func site(of feed: Feed) -> SiteKey? {
    (try? HTTPAddress(feed.url)).map { SiteKey($0) }
  }

  private func log(_ feed: Feed, _ fetched: Fetched, _ state: PollState) {
    logger.debug(
      "Feed polled",
      metadata: [
        "feed.id": "\(feed.id)", "http.status": "\(state.lastStatus ?? 0)",
        "http.bytes": "\(fetched.bytes)", "poll.failure": "\(state.lastFailure ?? "")",
      ])
  }

  private func begin(_ pause: PollPaused) {
    let now = clock()
    pausedUntil = max(pausedUntil ?? now, pause.until ?? now + 30)
    guard !isPaused else { return }
    isPaused = true
    logger.error("Polling paused", metadata: ["poll.reason": "\(pause.reason)"])
  }

  private func endPause() {
    guard isPaused, pausedUntil == nil else { return }
    isPaused = false
    logger.notice("Polling resumed")
  }
}

extension Poller {
  private func keep(_ state: PollState, for feed: Feed.ID) {
    states[feed] = state
    unsaved[feed] = state
    unsavedSince = unsavedSince ?? clock()
  }

  /// Saves at once what was claimed, and together with it, or soon, what was settled.
  private func saveIfDue(claims: Bool) throws {
    guard let since = unsavedSince else { return }
    if claims || schedule.inFlight == 0 || unsaved.count >= Limits.settlements
      || clock().timeIntervalSince(since) >= Limits.settlementDelay
    {
      try save()
    }
  }

  /// The claims that are saved; none where there is no room for them, which is waited for.
  private func remembered(
    _ claimed: [(Feed, PollState)], isOnce: Bool
  ) throws -> [(Feed, PollState)] {
    do {
      try saveIfDue(claims: !claimed.isEmpty)
      return claimed
    } catch let pause as PollPaused {
      if isOnce { throw pause }
      for (feed, _) in claimed { schedule.finished(feed.id) }
      for (feed, _) in claimed { enqueue(feed, due: clock()) }
      begin(pause)
      unsavedSince = pausedUntil
      return []
    }
  }

  /// What a full disk does not take at the end costs a fetch at the next start.
  private func saveAtEnd() throws {
    do {
      try save()
    } catch let pause as PollPaused {
      logger.warning("Poll states are not kept", metadata: ["poll.reason": "\(pause.reason)"])
    }
  }

  private func save() throws {
    guard !unsaved.isEmpty else { return }
    try store.save(unsaved)
    unsaved = [:]
    unsavedSince = nil
  }

  /// Rings when something will be due, unless an earlier alarm is set already.
  private func setAlarm(_ group: inout ThrowingTaskGroup<Event, any Error>) {
    let isTrying = isPaused && schedule.inFlight > 0
    let next = pausedUntil ?? (isTrying ? nil : schedule.wake)
    let dates = [next, unsavedSince.map { $0 + Limits.settlementDelay }].compactMap { $0 }
    guard let date = dates.min(), alarms.allSatisfy({ $0 > date }) else { return }
    alarms.insert(date)
    let delay = Duration.seconds(max(0, date.timeIntervalSince(clock())))
    group.addTask { [sleep] in
      try? await sleep(delay)
      return .rang(date)
    }
  }

  private func listen(_ group: inout ThrowingTaskGroup<Event, any Error>) {
    let stream = changes.stream
    group.addTask {
      for await _ in stream { break }
      return .replaced
    }
  }
}
