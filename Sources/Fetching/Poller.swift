public import Core
public import Curl
public import FoundationEssentials
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

  /// Makes a poll, as ``FeedFetcher`` does.
  public typealias Ask = @Sendable (Question) async throws -> Fetched

  /// Records a fact; throws as `Accept` does.
  public typealias Tell = @Sendable (PollFact) async throws -> Void

  /// Reads and records what an errand brought, and says what it gives reason for; throws as `Accept` does.
  public typealias Visit = @Sendable (Feed, Errand, FetchOutcome) async throws -> [Errand]

  enum Event: Sendable {
    case polled(Feed, Fetched, Verdict)
    case visited(Feed.ID, Fetched, [Errand])
    case unheard(Feed.ID)
    case halted(Feed.ID, until: Date?, PollPaused?)
    case unanswered(Held)
    case paused(Feed, PollPaused)
    case deferred(Feed, PollDeferred)
    case dropped(Feed)
    case rang(Date)
    case replaced
  }

  let ask: Ask
  let accept: Accept
  let visit: Visit
  let tell: Tell
  let store: PollMemory
  let clock: @Sendable () -> Date
  let sleep: @Sendable (Duration) async throws -> Void
  let logger: Logger
  let room: BodyRoom
  let budget: Double
  let pulse: Pulse
  let changes = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

  var feeds: [Feed.ID: Feed] = [:]
  var options: [Feed.ID: PollOptions] = [:]
  var states: [Feed.ID: PollState] = [:]
  var schedule: Schedule
  var random = SystemRandomNumberGenerator()
  var alarms: Set<Date> = []
  var isOnce = false
  /// The latest time seen, by which a clock that went back is noticed.
  var latest = Date.distantPast

  // How the budget is shared: Poller+Budget.swift.
  var scale = Allocation.usualScale
  var allocatedAt = Date.distantPast
  /// How many public sites are followed.
  var publicSites = 0
  /// Feeds whose news a hub pushes: Poller+Hubs.swift.
  var backedUp: Set<Feed.ID> = []

  // What waits to be saved, and why it cannot be: Poller+Saving.swift.
  var unsaved: [Feed.ID: PollState] = [:]
  var unsavedSites: Set<String> = []
  var unsavedSince: Date?
  var untold: [PollFact] = []
  var pausedUntil: Date?
  var isPaused = false
  var pauseReason: String?

  /// When the places that came free are given out together; `nil` if none wait for others.
  private var claimsAt: Date?

  // What sites allow, and who waits for one: Poller+Sites.swift.
  private var siteKeys: [String: SiteKey] = [:]
  var sites: [String: SiteState] = [:]
  var blocked: [SiteKey: [Feed.ID: Date]] = [:]
  var hops: [Feed.ID: Hop] = [:]
  var isEnding = false

  // Requests beside the polls, by their places in the schedule: Poller+Errands.swift.
  var errands: [Feed.ID: Placed] = [:]
  var errandNumber = 0
  var departing: [Feed.ID] = []
  /// Pages of articles that sites were asked for in a day.
  var pages: (day: Int, asked: [SiteKey: Int]) = (0, [:])

  // Failures that may be ours: Poller+Outage.swift.
  var detector = OutageDetector()
  var held: [Feed.ID: Held] = [:]
  var accepting: Set<Feed.ID> = []
  var outage: Outage?

  /// Creates a poller; nothing is read or sent before it runs.
  ///
  /// `budget` is polls a feed and a day, on average; `room` the memory for all bodies held at once.
  public init(
    _ feeds: [Feed], options: [Feed.ID: PollOptions] = [:], store: PollMemory,
    schedule: Schedule = Schedule(), budget: Double = 24, room: BodyRoom = BodyRoom(),
    logger: Logger = Logger(label: "tidings.poller"),
    clock: @escaping @Sendable () -> Date,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    ask: @escaping Ask, accept: @escaping Accept, visit: @escaping Visit = { _, _, _ in [] },
    tell: @escaping Tell, pulse: @escaping Pulse = { _ in }
  ) {
    self.feeds = Dictionary(feeds.map { ($0.id, $0) }) { _, last in last }
    self.options = options
    self.store = store
    self.schedule = schedule
    self.budget = budget
    self.room = room
    self.logger = logger
    self.clock = clock
    self.sleep = sleep
    self.ask = ask
    self.accept = accept
    self.visit = visit
    self.tell = tell
    self.pulse = pulse
  }

  /// Polls every feed when it is due, until the task is cancelled.
  ///
  /// - Throws: what the store, or whoever accepts outcomes, throws.
  public func run() async throws {
    try enter()
    try await loop()
  }

  /// Polls every feed that is due one time, or of those the one that is named, and returns when all are
  /// settled.
  ///
  /// - Throws: as ``run()``, and ``PollPaused``.
  public func runOnce(only one: Feed.ID? = nil) async throws {
    isOnce = true
    try enter()
    let now = clock()
    for feed in feeds.keys {
      let isWanted = one == nil || one == feed
      if !isWanted || (states[feed]?.nextDue ?? now) > now { schedule.remove(feed) }
    }
    try await loop()
  }

  /// Follows `new` from now on; polls under way end as they began.
  ///
  /// - Throws: what the store throws; then nothing has changed.
  public func replace(feeds new: [Feed], options newOptions: [Feed.ID: PollOptions] = [:]) throws {
    let (kept, keptOptions) = (feeds, options)
    let next = Dictionary(new.map { ($0.id, $0) }) { _, last in last }
    let changed = new.filter {
      !isBusy($0.id) && (kept[$0.id] != $0 || keptOptions[$0.id] != newOptions[$0.id])
    }
    let known = try store.load(changed.map(\.id))
    let stored = changed.isEmpty ? [:] : try store.loadSites()
    feeds = next
    options = newOptions
    for id in kept.keys where next[id] == nil { forget(id) }
    dropErrands()
    for feed in changed { held[feed.id] = nil }
    catchUp(with: stored)
    place(changed, known)
    allocate()
    changes.continuation.yield()
  }

  /// Makes feeds due now, however long they were to be left alone by our own schedule; what their
  /// publishers asked for still holds.
  public func hasten(_ wanted: [Feed.ID]) {
    let now = clock()
    for id in wanted where !isBusy(id) && held[id] == nil {
      guard let feed = feeds[id], var state = states[id] else { continue }
      state.nextDue = max(now, state.hintUntil ?? now)
      keep(state, for: id)
      enqueue(feed, due: state.nextDue ?? now)
    }
    changes.continuation.yield()
  }
}

extension Poller {
  /// Whether a poll of `id` is under way, at whatever point.
  func isBusy(_ id: Feed.ID) -> Bool {
    schedule.isInFlight(id) || hops[id] != nil || accepting.contains(id)
  }

  private func forget(_ id: Feed.ID) {
    schedule.remove(id)
    held[id] = nil
    outage?.stranded.remove(id)
    if outage?.probe == id { outage?.probe = nil }
    // A poll under way still needs it, should the feed come back before the poll ends.
    if !isBusy(id) { states[id] = nil }
    cancelHop(of: id)
  }

  private func enter() throws {
    latest = clock()
    sites = try store.loadSites()
    closeSites()
    let all = Array(feeds.values)
    // What was given to follow before is loaded already.
    place(all, try store.load(all.map(\.id).filter { states[$0] == nil }))
    allocate()
  }

  /// Gives feeds their places.
  func place(_ new: [Feed], _ known: [Feed.ID: PollState]) {
    let now = clock()
    for feed in new {
      let state = states[feed.id] ?? known[feed.id]
      states[feed.id] = state?.url == feed.url ? state : PollState(url: feed.url)
      states[feed.id]?.share(feed.url)
      if var ahead = states[feed.id], (ahead.lastAttempt ?? now) > now {
        ahead.turnBack(to: now)
        keep(ahead, for: feed.id)
      }
      // What kept it from being asked is mended: the long wait of a refusal has lost its reason.
      let wasRefused = state?.lastFailure == FetchFailure.Kind.refusedAddress.rawValue
      if wasRefused, feed.privateNetwork { states[feed.id]?.nextDue = nil }
    }
    spread(new, now)
  }

  /// Puts feeds into the schedule; overdue and new ones at 20 a second, when there are several.
  func spread(_ new: [Feed], _ now: Date) {
    let overdue = new.count { (states[$0.id]?.nextDue ?? now) <= now }
    for feed in new.sorted(by: { $0.id < $1.id }) {
      let due = states[feed.id]?.nextDue ?? now
      let delay = !isOnce && overdue > 1 ? .random(in: 0...Double(overdue) / 20) : 0.0
      enqueue(feed, due: due <= now ? now + delay : due)
    }
  }

  func enqueue(_ feed: Feed, due: Date) {
    guard let state = states[feed.id], !state.isGone else { return }
    guard let site = siteKey(of: state.address) else {
      return logger.error("Feed has no usable address", metadata: ["feed.id": "\(feed.id)"])
    }
    if outage != nil, !site.isPrivate {
      outage?.stranded.insert(feed.id)
      return
    }
    // A single round does not wait for hours; what a site keeps back is not due.
    if isOnce, isClosed(site) { return }
    schedule.add(feed.id, site: site, due: due)
  }

  /// The site of an address, which is asked for several times a poll.
  func siteKey(of address: String) -> SiteKey? {
    if let known = siteKeys[address] { return known }
    guard let key = (try? HTTPAddress(address)).map({ SiteKey($0) }) else { return nil }
    // Addresses that are asked no more go with all the others.
    if siteKeys.count > 2 * feeds.count { siteKeys = [:] }
    siteKeys[address] = key
    return key
  }
}

extension Poller {
  private func loop() async throws {
    isEnding = false
    do {
      try await withThrowingTaskGroup(of: Event.self) { group in
        // Whoever waits for a site would else keep the group, and with it a fault, from ending.
        defer { cancelHops() }
        listen(&group)
        while !Task.isCancelled {
          pulse(.step)
          try await tellFacts()
          followClock()
          release(&group)
          for (feed, state) in try remembered(claim()) { poll(feed, state, &group) }
          sendErrands(&group)
          if try isDone(&group) { break }
          setAlarm(&group)
          pulse(.rest(atMost: nil))
          guard let event = try await group.next() else { break }
          try handle(event, &group)
        }
        group.cancelAll()
        cancelHops()
        while let result = await group.nextResult() { try end(result) }
        try await tellFacts()
      }
    } catch {
      try saveAtEnd()
      throw error
    }
    try saveAtEnd()
  }

  /// Whether a single round is over: what was held back is judged then, by all that was seen.
  private func isDone(_ group: inout ThrowingTaskGroup<Event, any Error>) throws -> Bool {
    guard isOnce, schedule.count == 0, schedule.inFlight == 0, accepting.isEmpty else {
      return false
    }
    guard !held.isEmpty else { return true }
    if detector.wasOut(sites: publicSites) {
      logger.warning("No site answers; nothing is counted", metadata: ["feeds": "\(held.count)"])
      return true
    }
    for id in held.keys { held[id]?.until = .distantPast }
    release(&group)
    return false
  }

  private func claim() -> [(Feed, PollState)] {
    let now = clock()
    if let pausedUntil, pausedUntil > now { return [] }
    pausedUntil = nil
    probe(at: now)
    if now.timeIntervalSince(allocatedAt) >= Limits.allocation { allocate() }
    guard !isGathering(now) else { return [] }
    // One poll tries whether the pause is over: a publisher must not pay for our full disk.
    let limit = !isPaused ? Limits.claims : schedule.inFlight == 0 ? 1 : 0
    var claimed: [(Feed, PollState)] = []
    while claimed.count < limit, let id = schedule.next(at: now) {
      if resumeHop(of: id, at: now) || depart(id, at: now) { continue }
      guard let feed = feeds[id], var state = states[id] else {
        schedule.finished(id)
        continue
      }
      let site = begin(state.address, at: now)
      state.ask(as: options[id]?.identity)
      let asked = state.asking(isSiteLimited: isLimited(site), now: now)
      if asked != state { state.noteRescue(now: now) }
      state.claim(pace(feed), now: now)
      claimed.append((feed, asked))
      keep(state, for: id)
    }
    return claimed
  }

  /// Whether the few places that are free wait for more: a transaction for each claim costs more than
  /// the claim.
  private func isGathering(_ now: Date) -> Bool {
    guard schedule.isCrowded, let wake = schedule.wake, wake <= now else {
      claimsAt = nil
      return false
    }
    let at = claimsAt ?? now + Limits.claimDelay
    claimsAt = at > now ? at : nil
    return at > now
  }

  private func poll(
    _ feed: Feed, _ state: PollState, _ group: inout ThrowingTaskGroup<Event, any Error>
  ) {
    let now = clock()
    let isPublic = siteKey(of: state.address)?.isPrivate == false
    let isProbe = outage != nil
    let options = options[feed.id] ?? PollOptions()
    group.addTask { [ask, accept, room] in
      let share = room.share()
      // Its body counts until whoever accepts it is done.
      defer { withExtendedLifetime(share) {} }
      do {
        let question = Question(
          feed, options: options, state: state, now: now,
          pass: { try await self.pass(feed.id, to: $0) }, share: share)
        let fetched = try await ask(question)
        if isPublic, fetched.isUnanswered || isProbe && fetched.isPage {
          return .unanswered(Held(feed: feed, fetched: fetched, before: state, until: now))
        }
        return .polled(feed, fetched, try await accept(feed, fetched.outcome, state))
      } catch let pause as PollPaused {
        return .paused(feed, pause)
      } catch let deferred as PollDeferred {
        return .deferred(feed, deferred)
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
      isOnce = true
      settle(feed, fetched, verdict)
    case .failure(let error) where !(error is CancellationError): throw error
    default: break
    }
  }

  private func handle(
    _ event: Event, _ group: inout ThrowingTaskGroup<Event, any Error>
  ) throws {
    switch event {
    case .rang(let date): alarms.remove(date)
    case .replaced: listen(&group)
    case .dropped(let feed): schedule.finished(feed.id)
    case .paused(let feed, let pause):
      finish(feed)
      if isOnce { throw pause }
      askAgain(feed.id)
      begin(pause)
    case .deferred(let feed, let reason):
      finish(feed)
      put(off: feed, reason)
    case .unanswered(let poll):
      finish(poll.feed)
      hold(poll)
    case .visited(let place, let fetched, let next): settle(place, fetched, next)
    case .unheard(let place): retry(place)
    case .halted(let place, let until, let pause): try halt(place, until, pause)
    case .polled(let feed, let fetched, let verdict):
      finish(feed)
      noteAnswer(of: feed, fetched, verdict)
      settle(feed, fetched, verdict)
    }
  }

  private func finish(_ feed: Feed) {
    schedule.finished(feed.id)
    accepting.remove(feed.id)
    if outage?.probe == feed.id { outage?.probe = nil }
  }

  private func settle(_ feed: Feed, _ fetched: Fetched, _ verdict: Verdict) {
    let now = clock()
    endPause()
    guard let current = feeds[feed.id], current.url == feed.url, var state = states[feed.id] else {
      return askAgain(feed.id)
    }
    let site = siteKey(of: state.address)
    let change = state.settle(fetched, verdict, pace(current), now: now, using: &random)
    log(feed, fetched, state)
    keep(state, for: feed.id)
    if let site { note(fetched, of: feed, at: site, state) }
    if let change { note(change, of: feed, state) }
    if case .taken(let taken) = verdict, !isEnding { take(taken.errands) }
    if !isOnce { enqueue(current, due: state.nextDue ?? now) }
  }

  private func note(_ change: AddressChange, of feed: Feed, _ state: PollState) {
    switch change {
    case .moved(let from, let to, let answers):
      untold.append(.moved(feed.id, from: from, to: to, answers: answers))
      logger.warning(
        "Feed moved; put its new address into the configuration",
        metadata: ["feed.id": "\(feed.id)", "feed.url": "\(to)"])
    case .gone(let answers):
      untold.append(.gone(feed.id, status: state.lastStatus ?? 410, answers: answers))
      logger.warning(
        "Feed is gone and polled no more; take it out of the configuration",
        metadata: ["feed.id": "\(feed.id)"])
    }
  }

  /// Makes a poll later that could not be made for now.
  private func put(off feed: Feed, _ reason: PollDeferred) {
    let now = clock()
    guard let current = feeds[feed.id], var state = states[feed.id] else {
      return askAgain(feed.id)
    }
    state.nextDue =
      switch reason {
      case .crowded: now + .random(in: 60...120, using: &random)
      case .closed(let until): max(now, until)
      }
    keep(state, for: feed.id)
    if !isOnce { enqueue(current, due: state.nextDue ?? now) }
  }

  /// Asks anew for a feed whose poll came to nothing, if it is still followed.
  func askAgain(_ id: Feed.ID) {
    guard let feed = feeds[id] else {
      states[id] = nil
      return
    }
    // The address was changed meanwhile: what is known of the old one says nothing of the new.
    if states[id]?.url != feed.url { states[id] = PollState(url: feed.url) }
    enqueue(feed, due: clock())
  }

  private func log(_ feed: Feed, _ fetched: Fetched, _ state: PollState) {
    logger.debug(
      "Feed polled",
      metadata: [
        "feed.id": "\(feed.id)", "http.status": "\(state.lastStatus ?? 0)",
        "http.bytes": "\(fetched.bytes)", "poll.failure": "\(state.lastFailure ?? "")",
      ])
  }
}

extension Poller {
  /// Rings when something will be due, unless an earlier alarm is set already.
  private func setAlarm(_ group: inout ThrowingTaskGroup<Event, any Error>) {
    let isTrying = isPaused && schedule.inFlight > 0
    let next = pausedUntil ?? (isTrying ? nil : claimsAt ?? schedule.wake)
    let dates = [
      next, unsavedSince.map { $0 + Limits.settlementDelay }, held.values.map(\.until).min(),
      outage.flatMap { $0.probe == nil ? $0.probeAt : nil },
    ].compactMap { $0 }
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

  /// Notices a clock that went back, and waits no longer for it.
  private func followClock() {
    let now = clock()
    defer { latest = now }
    let seconds = latest.timeIntervalSince(now)
    guard seconds > Limits.clockStep else { return }
    logger.warning("The clock went back", metadata: ["seconds": "\(Int(seconds))"])
    schedule.turnBack(by: seconds)
    for key in sites.keys { sites[key]?.turnBack(by: seconds) }
    for id in held.keys { held[id]?.until -= seconds }
    outage?.probeAt -= seconds
    pausedUntil = pausedUntil.map { $0 - seconds }
    unsavedSince = unsavedSince.map { min($0, now) }
    claimsAt = nil
    allocatedAt = min(allocatedAt, now)
    alarms = []
    for id in states.keys { states[id]?.turnBack(by: seconds) }
    for feed in feeds.values.sorted(by: { $0.id < $1.id })
    where !isBusy(feed.id) && held[feed.id] == nil {
      enqueue(feed, due: states[feed.id]?.nextDue ?? now)
    }
    placeErrands()
  }
}
