import Core
import Fetching
import FoundationEssentials
import Support
import Synchronization
import Testing

@Suite("A poller") struct PollerTests {
  private static func conditional(_ request: Request) -> Reply {
    request["If-None-Match"] == "\"1\""
      ? .answer(304) : .answer(200, [("ETag", "\"1\"")], "<rss/>")
  }

  @Test func `P6: polls every feed once and is conditional the second time`() async throws {
    let server = try LocalServer(Self.conditional)
    defer { server.stop() }
    let world = PollWorld()
    let feeds = (0..<30).map { feed(server, "/f\($0)", every: .seconds(60)) }
    try await world.poller(feeds).runOnce()
    #expect(server.requests.count == 30)
    world.turn(by: 70)
    try await world.poller(feeds).runOnce()
    #expect(server.requests.count == 60)
    #expect(server.requests[30...].allSatisfy { $0["If-None-Match"] == "\"1\"" })
    #expect(world.states.values.allSatisfy { $0.notModified == 1 && $0.polls == 2 })
  }

  @Test func `P12: a restart polls nothing before its time`() async throws {
    let server = try LocalServer(Self.conditional)
    defer { server.stop() }
    let world = PollWorld()
    try await world.poller([feed(server)]).runOnce()
    try await world.poller([feed(server)]).runOnce()
    #expect(server.requests.count == 1)
  }

  @Test func `P12: a claim is saved before the request is sent`() async throws {
    let world = PollWorld()
    let claimed = Mutex<Date?>(nil)
    let server = try LocalServer { _ in
      claimed.withLock { $0 = world.states[Feed.ID("feed")]?.nextDue }
      return .answer(200, [], "<rss/>")
    }
    defer { server.stop() }
    try await world.poller([feed(server)]).runOnce()
    #expect(claimed.withLock { $0 } != nil)
  }

  @Test func `P5: what could not be recorded is asked for again in full`() async throws {
    let server = try LocalServer(Self.conditional)
    defer { server.stop() }
    let world = PollWorld()
    let feed = feed(server, every: .seconds(10))
    let full = PollPaused(reason: "no room")
    await #expect(throws: full) {
      try await world.poller([feed]) { _, _, _ in throw full }.runOnce()
    }
    #expect(world.states[feed.id]?.etag == nil)
    world.turn(by: 20)
    try await world.poller([feed]).runOnce()
    #expect(server.requests[1].bytes("If-None-Match") == nil)
    #expect(world.states[feed.id]?.etag == Array("\"1\"".utf8))
  }

  @Test func `pauses while nothing can be recorded and goes on by itself`() async throws {
    let server = try LocalServer(Self.conditional)
    defer { server.stop() }
    let world = PollWorld()
    let began = world.now
    let tries = Mutex(0)
    let (done, finish) = AsyncStream<Void>.makeStream()
    let poller = try world.poller([feed(server)]) { feed, outcome, before in
      let count = tries.withLock { count in
        count += 1
        return count
      }
      if count < 3 { throw PollPaused(reason: "no room") }
      finish.finish()
      return try await PollWorld.takeAll(feed, outcome, before)
    }
    let running = Task { try await poller.run() }
    for await _ in done {}
    running.cancel()
    try await running.value
    #expect(tries.withLock { $0 } >= 3)
    #expect(world.now.timeIntervalSince(began) >= 60)
  }

  @Test func `runs on from poll to poll, and takes new feeds while it runs`() async throws {
    let server = try LocalServer(Self.conditional)
    defer { server.stop() }
    let world = PollWorld()
    let old = feed(server, "/old", every: .seconds(2))
    let new = feed(server, "/new", every: .seconds(2))
    let poller = try world.poller([old])
    let running = Task { try await poller.run() }
    await server.received(3)
    #expect(server.requests.allSatisfy { $0.target == "/old" })
    try await poller.replace(feeds: [new])
    let before = server.requests.count
    await server.received(before + 4)
    running.cancel()
    try await running.value
    #expect(server.requests.suffix(3).allSatisfy { $0.target == "/new" })
    #expect((world.states[new.id]?.polls ?? 0) > 0)
  }

  @Test func `ends with the error of whoever records`() async throws {
    struct Broken: Error {}
    let server = try LocalServer(Self.conditional)
    defer { server.stop() }
    let world = PollWorld()
    await #expect(throws: Broken.self) {
      try await world.poller([feed(server)]) { _, _, _ in throw Broken() }.run()
    }
  }

  @Test func `ends at once when it is cancelled, whatever is under way`() async throws {
    let server = try LocalServer { _ in .silence }
    defer { server.stop() }
    let world = PollWorld()
    let poller = try world.poller([feed(server)])
    let running = Task { try await poller.run() }
    await server.received(1)
    running.cancel()
    try await running.value
    #expect(world.outcomes.isEmpty)
    #expect(world.states[Feed.ID("feed")]?.lastAttempt != nil)
  }

  @Test func `forgets what it knew of a feed whose address was changed`() async throws {
    let server = try LocalServer(Self.conditional)
    defer { server.stop() }
    let world = PollWorld()
    var feed = feed(server)
    try await world.poller([feed]).runOnce()
    feed.url = server.address("/elsewhere")
    try await world.poller([feed]).runOnce()
    #expect(server.requests.count == 2)
    #expect(server.requests[1].bytes("If-None-Match") == nil)
  }

  @Test func `gives whoever records the failure, and what was known before`() async throws {
    let server = try LocalServer { _ in .answer(404) }
    defer { server.stop() }
    let world = PollWorld()
    let runs = Mutex<[Int]>([])
    let poller = try world.poller([feed(server)]) { _, outcome, before in
      guard case .failed(let failure) = outcome, failure.kind == .notFound else {
        return .unchanged
      }
      runs.withLock { $0.append(before.failures) }
      return .unchanged
    }
    try await poller.runOnce()
    world.turn(by: 5000)
    try await poller.runOnce()
    #expect(runs.withLock { $0 } == [0, 1])
    #expect(world.states[Feed.ID("feed")]?.lastStatus == 404)
  }

  @Test func `sends nothing while claims cannot be remembered, and goes on by itself`()
    async throws
  {
    let server = try LocalServer { _ in .answer(200, [], "x") }
    defer { server.stop() }
    let world = PollWorld()
    world.refuseSaves(2)
    let poller = try world.poller([feed(server)])
    let start = world.now
    let task = Task { try await poller.run() }
    await server.received(1)
    task.cancel()
    try? await task.value
    // Each refusal is waited out for half a minute.
    #expect(world.now >= start + 60)
    #expect(world.saves > 0)
  }

  @Test func `ends a single round that cannot be remembered`() async throws {
    let server = try LocalServer { _ in .answer(200, [], "x") }
    defer { server.stop() }
    let world = PollWorld()
    world.refuseSaves(1)
    let poller = try world.poller([feed(server)])
    await #expect(throws: PollPaused.self) { try await poller.runOnce() }
    #expect(server.requests.isEmpty)
  }

  @Test func `goes on with a feed that was removed and came back during its poll`() async throws {
    let gate = try Gate()
    let server = try LocalServer { _ in
      Reply([.wait(gate)] + Reply.answer(200, [], "<rss/>").steps)
    }
    defer { server.stop() }
    let world = PollWorld()
    let feed = feed(server, every: .seconds(2))
    let poller = try world.poller([feed])
    let running = Task { try await poller.run() }
    await server.received(1)
    try await poller.replace(feeds: [])
    try await poller.replace(feeds: [feed])
    gate.release()
    await server.received(3)
    running.cancel()
    try await running.value
    #expect(world.states[feed.id]?.polls ?? 0 >= 2)
  }

  @Test func `asks one feed at a time whether anything can be recorded again`() async throws {
    let server = try LocalServer(Self.conditional)
    defer { server.stop() }
    let world = PollWorld()
    let feeds = (0..<8).map { feed(server, "/f\($0)") }
    var due: [Feed.ID: PollState] = [:]
    for feed in feeds {
      due[feed.id] = PollState(url: feed.url)
      due[feed.id]?.nextDue = world.now + 5
    }
    world.set(due)
    let times = Mutex<[Date]>([])
    let (done, finish) = AsyncStream<Void>.makeStream()
    let poller = try world.poller(feeds) { feed, outcome, before in
      let count = times.withLock { times in
        times.append(world.now)
        return times.count
      }
      if count < 12 { throw PollPaused(reason: "no room") }
      if count == 19 { finish.finish() }
      return try await PollWorld.takeAll(feed, outcome, before)
    }
    let running = Task { try await poller.run() }
    for await _ in done {}
    running.cancel()
    try await running.value
    // Eight were under way when it began; each try after them waits for the one before.
    let tries = times.withLock { Array($0[8..<12]) }
    for (earlier, later) in zip(tries, tries.dropFirst()) {
      #expect(later.timeIntervalSince(earlier) >= 30)
    }
  }

  @Test func `P17: leaves a site alone that asked for it before a restart`() async throws {
    let world = PollWorld()
    let feeds = ["a", "b"].map { Feed(id: Feed.ID($0), url: "http://\($0).example.invalid/") }
    var site = SiteState()
    site.pause(until: world.now + 600)
    world.set(["example.invalid": site])
    let ask: Poller.Ask = { _ in
      Fetched(outcome: .failed(FetchFailure(.empty, "no")), status: 200, bytes: 0)
    }
    try await world.poller(feeds, ask: ask).runOnce()
    #expect(world.outcomes.isEmpty)
    world.turn(by: 601)
    try await world.poller(feeds, ask: ask).runOnce()
    #expect(world.outcomes.count == 2)
  }

  @Test func `claims together what comes free while nearly all places are taken`() async throws {
    let world = PollWorld()
    let feeds = (0..<160).map { index in
      Feed(id: Feed.ID("f\(index)"), url: "http://f\(index).localhost/", privateNetwork: true)
    }
    let answer = FetchOutcome.failed(FetchFailure(.notFound, "", status: 404))
    let poller = world.poller(feeds, schedule: Schedule(inFlight: 16)) { _ in
      Fetched(outcome: answer, status: 404, bytes: 0)
    }
    try await poller.runOnce()
    #expect(world.states.values.map(\.polls) == Array(repeating: 1, count: 160))
    // At least four at a time; the first sixteen and what is settled last are their own.
    #expect(world.saves <= 160 / 4 + 2)
  }

  @Test func `asks others while one is silent`() async throws {
    let silent = try LocalServer { _ in .silence }
    let server = try LocalServer(Self.conditional)
    defer {
      silent.stop()
      server.stop()
    }
    let world = PollWorld()
    let feeds = [feed(silent, "/silent"), feed(server, every: .seconds(2))]
    let poller = try world.poller(feeds)
    let running = Task { try await poller.run() }
    await silent.received(1)
    await server.received(5)
    running.cancel()
    try await running.value
    #expect(silent.requests.count == 1)
  }

  @Test func `takes nothing from an answer for an address that was changed meanwhile`() async throws
  {
    let gate = try Gate()
    let server = try LocalServer { request in
      let answer = Self.conditional(request)
      return request.target == "/old" ? Reply([.wait(gate)] + answer.steps) : answer
    }
    defer { server.stop() }
    let world = PollWorld()
    var feed = feed(server, "/old", every: .seconds(2))
    let poller = try world.poller([feed])
    let running = Task { try await poller.run() }
    await server.received(1)
    feed.url = server.address("/new")
    try await poller.replace(feeds: [feed])
    gate.release()
    await server.received(4)
    running.cancel()
    try await running.value
    #expect(server.requests.map(\.target).prefix(4) == ["/old", "/new", "/new", "/new"])
    #expect(server.requests[1].bytes("If-None-Match") == nil)
    #expect(server.requests[2]["If-None-Match"] == "\"1\"")
    #expect(world.states[feed.id]?.url == feed.url)
  }

  @Test func `P5: remembers what was recorded while it was told to end`() async throws {
    let server = try LocalServer(Self.conditional)
    defer { server.stop() }
    let world = PollWorld()
    let feed = feed(server)
    let (recording, began) = AsyncStream<Void>.makeStream()
    let (ending, end) = AsyncStream<Void>.makeStream()
    let poller = try world.poller([feed]) { feed, outcome, before in
      began.finish()
      // Recording does not stop half-way because its task is cancelled.
      await Task { for await _ in ending {} }.value
      return try await PollWorld.takeAll(feed, outcome, before)
    }
    let running = Task { try await poller.run() }
    for await _ in recording {}
    running.cancel()
    end.finish()
    try await running.value
    #expect(world.states[feed.id]?.etag == Array("\"1\"".utf8))
    #expect(world.states[feed.id]?.polls == 1)
  }

  @Test func `P24: asks no more for a feed that is gone`() async throws {
    let server = try LocalServer(Self.conditional)
    defer { server.stop() }
    let world = PollWorld()
    let feed = feed(server)
    var gone = PollState(url: feed.url)
    gone.isGone = true
    world.set([feed.id: gone])
    try await world.poller([feed]).runOnce()
    #expect(server.requests.isEmpty)
  }
}
