import Core
import Curl
import Fetching
import FoundationEssentials
import Support
import Synchronization
import Testing

@Suite("A poller's manners", .timeLimit(.minutes(2))) struct PolitenessTests {
  private static func answer(_ question: Question, bytes: Int = 1) -> Fetched {
    let document = Document(body: [1], address: question.feed.url, isFirst: false, hash: 1)
    return Fetched(outcome: .document(document), status: 200, bytes: bytes)
  }

  private static func refusal(_ kind: FetchFailure.Kind, _ status: Int) -> Fetched {
    Fetched(
      outcome: .failed(FetchFailure(kind, "no", status: status)), status: status, bytes: 1)
  }

  private static func feeds(_ count: Int, every: Duration? = nil) -> [Feed] {
    (0..<count).map {
      Feed(id: Feed.ID("f\($0)"), url: "http://h\($0).example.org/feed", every: every)
    }
  }

  @Test func `P17: blocked for three feeds in an hour, leaves the site alone for an hour`()
    async throws
  {
    let world = PollWorld()
    try await world.poller(Self.feeds(5)) { _ in Self.refusal(.blocked, 403) }.runOnce()
    #expect(world.outcomes.count == 3)
    #expect(world.sites["example.org"]?.pausedUntil ?? .distantPast > world.now + 3500)
  }

  @Test func `P17, H5: pauses the whole site for 429, one address for 503`() async throws {
    let limited = PollWorld()
    try await limited.poller(Self.feeds(3)) { _ in Self.refusal(.rateLimited, 429) }.runOnce()
    #expect(limited.outcomes.count == 1)
    #expect(limited.sites["example.org"]?.limited == 1)
    let troubled = PollWorld()
    try await troubled.poller(Self.feeds(3)) { _ in Self.refusal(.serverError, 503) }.runOnce()
    #expect(troubled.outcomes.count == 3)
  }

  @Test func `P17: asks a site no more than an operator allows for a day`() async throws {
    let world = PollWorld()
    let rule = SiteRule(inFlight: 1, gap: 2, perDay: 3)
    let schedule = Schedule(rules: SiteRules(["example.org": rule]))
    let poller = world.poller(Self.feeds(9), schedule: schedule) { Self.answer($0) }
    try await poller.runOnce()
    #expect(world.outcomes.count == 3)
    #expect(world.sites["example.org"]?.requests == 3)
    // A restart does not begin a new day.
    try await world.poller(Self.feeds(9), schedule: schedule) { Self.answer($0) }.runOnce()
    #expect(world.outcomes.count == 3)
    world.turn(by: 86_400)
    try await world.poller(Self.feeds(9), schedule: schedule) { Self.answer($0) }.runOnce()
    #expect(world.outcomes.count == 6)
  }

  @Test func `P17: takes no more bytes from a site than an operator allows for a day`() async throws
  {
    let world = PollWorld()
    let rule = SiteRule(inFlight: 1, gap: 2, bytesPerDay: 100)
    let schedule = Schedule(rules: SiteRules(["example.org": rule]))
    try await world.poller(Self.feeds(9), schedule: schedule) { Self.answer($0, bytes: 60) }
      .runOnce()
    #expect(world.outcomes.count == 2)
    #expect(world.sites["example.org"]?.bytes == 120)
  }

  @Test func `P16: keeps an operator's gap and number at once`() throws {
    let rule = SiteRule(inFlight: 2, gap: 60)
    var schedule = Schedule(startsPerSecond: 0, rules: SiteRules(["example.org": rule]))
    let site = SiteKey(try HTTPAddress("http://www.example.org/"))
    let start = Date(timeIntervalSinceReferenceDate: 0)
    for number in 0..<3 { schedule.add(Feed.ID("\(number)"), site: site, due: start) }
    #expect(schedule.next(at: start) != nil)
    #expect(schedule.next(at: start + 59) == nil)
    #expect(schedule.next(at: start + 60) != nil)
    #expect(schedule.next(at: start + 120) == nil)
  }

  @Test func `P16: keeps the gap over a restart`() async throws {
    let world = PollWorld()
    var site = SiteState()
    site.begin(at: world.now - 0.5)
    world.set(["example.org": site])
    let asked = Mutex<Date?>(nil)
    let began = world.now
    try await world.poller(Self.feeds(1)) { question in
      asked.withLock { $0 = world.now }
      return Self.answer(question)
    }.runOnce()
    #expect(asked.withLock { $0 } ?? began >= began + 1.5)
  }

  @Test func `P16: keeps the gap to what another program asked of the site of a new feed`()
    async throws
  {
    let world = PollWorld()
    let asked = Mutex<Date?>(nil)
    let poller = world.poller([]) { question in
      asked.withLock { $0 = world.now }
      return Self.answer(question)
    }
    let running = Task { try await poller.run() }
    // The round under way knows nothing of it; who follows the feed from now on does.
    var site = SiteState()
    site.begin(at: world.now - 0.5)
    world.set(["example.org": site])
    let began = world.now
    try await poller.replace(feeds: Self.feeds(1))
    while asked.withLock({ $0 }) == nil { await Task.yield() }
    running.cancel()
    try await running.value
    #expect(asked.withLock { $0 } ?? began >= began + 1.5)
  }

  @Test func `P16: follows a redirect through the gate of its site`() async throws {
    let world = PollWorld()
    let elsewhere = try HTTPAddress("http://other.example/feed")
    let hops = Mutex<[Date]>([])
    let feeds = (0..<4).map { Feed(id: Feed.ID("f\($0)"), url: "http://s\($0).example/feed") }
    try await world.poller(feeds) { question in
      try await question.pass?(elsewhere)
      hops.withLock { $0.append(world.now) }
      return Self.answer(question)
    }.runOnce()
    let times = hops.withLock { $0 }
    #expect(times.count == 4)
    #expect(zip(times, times.dropFirst()).allSatisfy { $1.timeIntervalSince($0) >= 1.999 })
    #expect(world.sites["other.example"]?.requests == 4)
  }

  @Test func `P17: makes a poll later whose redirect leads to a site that is left alone`()
    async throws
  {
    let world = PollWorld()
    var site = SiteState()
    site.pause(until: world.now + 5000)
    world.set(["other.example": site])
    let elsewhere = try HTTPAddress("http://www.other.example/feed")
    let known = Feed(id: Feed.ID("known"), url: "http://other.example/a")
    let feed = Feed(id: Feed.ID("f"), url: "http://s.example/feed")
    try await world.poller([feed, known]) { question in
      try await question.pass?(elsewhere)
      return Self.answer(question)
    }.runOnce()
    #expect(world.outcomes.isEmpty)
    #expect(world.states[feed.id]?.failures == 0)
    #expect(world.states[feed.id]?.nextDue ?? world.now > world.now + 4900)
  }

  @Test func `ends although redirects wait`() async throws {
    let world = PollWorld()
    let elsewhere = try HTTPAddress("http://other.example/feed")
    let waiting = Mutex(0)
    let gate = SiteRule(inFlight: 1, gap: 0)
    let schedule = Schedule(rules: SiteRules(["other.example": gate]))
    let feeds = (0..<4).map { Feed(id: Feed.ID("f\($0)"), url: "http://s\($0).example/feed") }
    let poller = world.poller(feeds, schedule: schedule) { question in
      waiting.withLock { $0 += 1 }
      world.look()
      try await question.pass?(elsewhere)
      try await Task.sleep(for: .seconds(3600))
      return Self.answer(question)
    }
    try await world.run(poller) { waiting.withLock { $0 } == 4 }
    #expect(world.outcomes.isEmpty)
  }

  @Test func `asks later where there is no memory for a body`() async throws {
    let world = PollWorld()
    let feed = Self.feeds(1)[0]
    try await world.poller([feed]) { _ in throw PollDeferred.crowded }.runOnce()
    let due = try #require(world.states[feed.id]?.nextDue)
    #expect((60...120).contains(due.timeIntervalSince(world.now)))
    #expect(world.states[feed.id]?.failures == 0)
  }

  @Test func `waits no longer for a clock that was set back while it stopped`() async throws {
    let world = PollWorld()
    let feed = Self.feeds(1)[0]
    try await world.poller([feed]) { Self.answer($0) }.runOnce()
    world.turn(by: -30 * 86_400)
    try await world.poller([feed]) { Self.answer($0) }.runOnce()
    #expect(world.outcomes.count == 1)
    world.turn(by: 100_000)
    try await world.poller([feed]) { Self.answer($0) }.runOnce()
    #expect(world.outcomes.count == 2)
  }

  @Test func `waits no longer for a clock that is set back while it runs`() async throws {
    let world = PollWorld()
    let feed = Self.feeds(1, every: .seconds(600))[0]
    let asked = Mutex<[Date]>([])
    let began = world.now
    let poller = world.poller([feed]) { question in
      let count = asked.withLock { asked in
        asked.append(world.now)
        return asked.count
      }
      if count == 3 { world.turn(by: -10 * 86_400) }
      return Self.answer(question)
    }
    try await world.run(poller) { asked.withLock { $0.count } >= 6 }
    #expect(asked.withLock { $0[3] } < began)
  }

  @Test func `polls at once what a person asks for, but not before its publisher allows`()
    async throws
  {
    let world = PollWorld()
    let feeds = Self.feeds(2)
    var states: [Feed.ID: PollState] = [:]
    for feed in feeds {
      states[feed.id] = PollState(url: feed.url)
      states[feed.id]?.nextDue = world.now + 80_000
    }
    states[feeds[1].id]?.hintUntil = world.now + 40_000
    world.set(states)
    let began = world.now
    let poller = world.poller([]) { Self.answer($0) }
    try await poller.replace(feeds: feeds)
    await poller.hasten(feeds.map(\.id))
    try await poller.runOnce()
    #expect(world.states[feeds[0].id]?.polls == 1)
    #expect(world.states[feeds[1].id]?.polls == 0)
    #expect(world.states[feeds[1].id]?.nextDue == began + 40_000)
  }
}
