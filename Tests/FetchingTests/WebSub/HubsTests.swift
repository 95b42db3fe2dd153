import Core
import Curl
import FoundationEssentials
import Support
import Synchronization
import Testing

@testable import Fetching

@Suite("Hubs", .timeLimit(.minutes(1))) struct HubsTests {
  /// Subscriptions in memory, whose first saves may fail.
  private final class Shelf: Sendable {
    struct Full: Error {}

    let state: Mutex<(kept: [String: HubSubscription], saves: Int, refusals: Int)>

    init(refusals: Int = 0) {
      state = Mutex(([:], 0, refusals))
    }

    var only: HubSubscription? { state.withLock { $0.kept.values.first } }
    var saves: Int { state.withLock { $0.saves } }

    var memory: HubMemory {
      HubMemory(
        load: { [self] in state.withLock { Array($0.kept.values) } },
        save: { [self] kept, dropped in
          try state.withLock { state in
            state.saves += 1
            guard state.saves > state.refusals else { throw Full() }
            for token in dropped { state.kept[token] = nil }
            for subscription in kept { state.kept[subscription.token] = subscription }
          }
        })
    }
  }

  private static func taken(_ server: LocalServer) -> (FetchOutcome, Verdict) {
    var document = Document(
      body: [1], address: server.address("/feed"), isFirst: true, hash: 1)
    document.hub = HubOffer(hub: server.address("/hub"), topic: server.address("/feed"))
    return (.document(document), .taken(new: 1, overlap: 0))
  }

  private func hubs(
    _ shelf: Shelf, take: @escaping Hubs.Take = { _, _ in .taken(new: 1, overlap: 0) }
  ) throws -> Hubs {
    try Hubs(
      callback: "https://we.example", memory: shelf.memory, client: HTTPClient(),
      userAgent: "Tidings/test", clock: { Date() },
      sleep: { _ in try await Task.sleep(for: .milliseconds(2)) }, take: take)
  }

  /// A poller of real time, which asks for nothing but what `ask` counts.
  private func poller(
    _ feeds: [Feed] = [], _ states: [Feed.ID: PollState] = [:],
    ask: @escaping @Sendable () -> Void = {}
  ) -> Poller {
    let world = PollWorld()
    world.set(states)
    return Poller(
      feeds, store: world.memory, clock: { Date() },
      ask: { question in
        ask()
        return Fetched(
          outcome: .notModified(NotModified(address: question.feed.url)), status: 304, bytes: 1)
      }, accept: { _, _, _ in .unchanged }, tell: { _ in })
  }

  /// Has the feed followed, and its first document read, which names a hub on the server.
  private func follow(_ feed: Feed, of server: LocalServer, by hubs: Hubs) async {
    await hubs.follow([feed])
    let (outcome, verdict) = Self.taken(server)
    await hubs.note(outcome, verdict, of: feed)
  }

  /// Runs both while `body` does.
  private func running(
    _ hubs: Hubs, _ poller: Poller, _ body: () async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await poller.run() }
      group.addTask { try await hubs.run(poller) }
      try await body()
      group.cancelAll()
    }
  }

  private func signed(_ body: String, _ subscription: HubSubscription) -> HubCall {
    let code = HMAC.sha512(Array(body.utf8), key: Array(subscription.secret.utf8))
    let hex = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return HubCall(
      token: subscription.token, method: "POST", signature: "sha512=" + hex, body: Array(body.utf8))
  }

  @Test func `that moved by 307 are asked at their new address, with the same words`() async throws
  {
    let server = try LocalServer { request in
      request.target == "/hub" ? .redirect(307, to: "/moved") : .answer(202)
    }
    defer { server.stop() }
    let (hubs, feed) = (try hubs(Shelf()), feed(server))
    await follow(feed, of: server, by: hubs)
    try await running(hubs, poller()) { await server.received(2) }
    #expect(server.requests.map(\.target) == ["/hub", "/moved"])
    #expect(server.requests.allSatisfy { $0.method == "POST" })
    #expect(server.requests.first?.body == server.requests.last?.body)
    #expect(server.requests.first?["User-Agent"] == "Tidings/test")
    #expect(
      server.requests.first?["Content-Type"] == "application/x-www-form-urlencoded")
  }

  @Test(arguments: [(302, "its hub answered 302"), (500, "its hub answered 500: no room")])
  func `that answer anything but yes are noted with the reason`(status: Int, message: String)
    async throws
  {
    let body = status == 302 ? "" : "no room\nat all"
    let server = try LocalServer { _ in .answer(status, [("Location", "/moved")], body) }
    defer { server.stop() }
    let (shelf, feed) = (Shelf(), feed(server))
    let hubs = try hubs(shelf)
    await follow(feed, of: server, by: hubs)
    try await running(hubs, poller()) {
      while shelf.only?.message == nil { try await Task.sleep(for: .milliseconds(2)) }
    }
    #expect(shelf.only?.message == message)
    #expect(server.requests.count == 1)
  }

  @Test func `that are down are asked again later`() async throws {
    let server = try LocalServer { _ in Reply([.reset]) }
    defer { server.stop() }
    let (shelf, feed) = (Shelf(), feed(server))
    let hubs = try hubs(shelf)
    await follow(feed, of: server, by: hubs)
    try await running(hubs, poller()) {
      while shelf.only?.message == nil { try await Task.sleep(for: .milliseconds(2)) }
    }
    let subscription = try #require(shelf.only)
    #expect(subscription.message?.hasPrefix("its hub cannot be reached: ") == true)
    #expect(subscription.state == .asked && (subscription.nextAsk ?? .distantPast) > Date() + 3_000)
  }

  @Test func `whose push is no feed are not relied on`() async throws {
    let server = try LocalServer { _ in .answer(202) }
    defer { server.stop() }
    let (shelf, feed) = (Shelf(), feed(server))
    let hubs = try hubs(shelf) { _, _ in .notAFeed("found <html>") }
    await follow(feed, of: server, by: hubs)
    try await running(hubs, poller()) {
      await server.received(1)
      let subscription = try #require(shelf.only)
      #expect(await hubs.answer(signed("<html>", subscription)).status == 202)
      while shelf.only?.dropped == 0 { try await Task.sleep(for: .milliseconds(2)) }
    }
    #expect(shelf.only?.message == "a push that cannot be read: found <html>")
    #expect(shelf.only?.pushes == 0)
  }

  @Test func `are sent nothing before it is stored`() async throws {
    let server = try LocalServer { _ in .answer(202) }
    defer { server.stop() }
    let (shelf, feed) = (Shelf(refusals: 3), feed(server))
    let hubs = try hubs(shelf)
    await follow(feed, of: server, by: hubs)
    try await running(hubs, poller()) {
      while shelf.only == nil { try await Task.sleep(for: .milliseconds(2)) }
    }
    #expect(shelf.saves > 3)
    // It counts as sent all the same, and is sent again when that is due.
    #expect(shelf.only?.asks == 1 && server.requests.isEmpty)
  }

  @Test func `are asked to come again while many pushes wait`() async throws {
    let server = try LocalServer { _ in .answer(202) }
    defer { server.stop() }
    let (shelf, feed) = (Shelf(), feed(server))
    let hubs = try hubs(shelf)
    await follow(feed, of: server, by: hubs)
    try await running(hubs, poller()) { await server.received(1) }
    let subscription = try #require(shelf.only)
    // Nobody reads them.
    var statuses: [Int] = []
    for _ in 0..<33 { statuses.append(await hubs.answer(signed("<rss/>", subscription)).status) }
    #expect(statuses == Array(repeating: 202, count: 32) + [503])
  }

  @Test func `whose push cannot be recorded have their feed asked instead`() async throws {
    struct Full: Error {}
    let server = try LocalServer { _ in .answer(202) }
    defer { server.stop() }
    let (shelf, feed) = (Shelf(), feed(server))
    let asked = Mutex(0)
    let hubs = try hubs(shelf) { _, _ in throw Full() }
    await follow(feed, of: server, by: hubs)
    var state = PollState(url: feed.url)
    (state.lastAttempt, state.nextDue) = (Date(), Date() + 86_400)
    let poller = poller([feed], [feed.id: state]) { asked.withLock { $0 += 1 } }
    try await running(hubs, poller) {
      await server.received(1)
      let subscription = try #require(shelf.only)
      #expect(await hubs.answer(signed("<rss/>", subscription)).status == 202)
      while asked.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(2)) }
    }
    #expect(asked.withLock { $0 } == 1)
  }
}

@Suite("A poller with hubs") struct PollerWithHubsTests {
  private static let feed = Feed(id: Feed.ID("a"), url: "http://n.example.org/feed")

  /// Makes `count` polls of the feed; the seconds between them.
  private func gaps(
    _ count: Int, _ feed: Feed = feed, _ prepare: (Poller) async -> Void = { _ in }
  ) async throws -> [Double] {
    let world = PollWorld()
    let times = Mutex<[Date]>([])
    let poller = world.poller([feed]) { question in
      times.withLock { $0.append(world.now) }
      return Fetched(
        outcome: .notModified(NotModified(address: question.feed.url)), status: 304, bytes: 1)
    }
    await prepare(poller)
    try await world.run(poller) { times.withLock { $0.count } >= count }
    let polls = times.withLock { $0 }
    return zip(polls, polls.dropFirst()).map { $1.timeIntervalSince($0) }
  }

  @Test func `asks once a day for what a hub tells of`() async throws {
    let gaps = try await gaps(4) { await $0.backUp([Self.feed.id]) }
    #expect(gaps.prefix(3).allSatisfy { 0.9 * 86_400...1.1 * 86_400 + 1 ~= $0 }, "\(gaps)")
  }

  @Test func `asks as often as it was ordered, hub or not`() async throws {
    var feed = Self.feed
    feed.every = .seconds(900)
    let gaps = try await gaps(4, feed) { await $0.backUp([Self.feed.id]) }
    #expect(gaps.prefix(3).allSatisfy { 0.9 * 900...1.1 * 900 + 1 ~= $0 }, "\(gaps)")
  }

  @Test func `comes back at the usual time once a hub is not to be relied on`() async throws {
    let world = PollWorld()
    var state = PollState(url: Self.feed.url)
    (state.lastAttempt, state.lastSuccess) = (world.now - 7_200, world.now - 7_200)
    state.nextDue = world.now + 79_200
    state.etag = [1]
    world.set([Self.feed.id: state])
    let poller = world.poller([]) { question in
      Fetched(
        outcome: .notModified(NotModified(address: question.feed.url)), status: 304, bytes: 1)
    }
    try await poller.replace(feeds: [Self.feed])
    let begin = world.now
    await poller.backUp([Self.feed.id])
    await poller.backUp([])
    try await world.run(poller) { !world.outcomes.isEmpty }
    #expect(world.now.timeIntervalSince(begin) < 79_200)
    #expect(world.states[Self.feed.id]?.lastAttempt ?? .distantPast >= begin)
  }

  @Test func `keeps to what its publisher asks for all the same`() async throws {
    let world = PollWorld()
    var state = PollState(url: Self.feed.url)
    (state.lastAttempt, state.lastSuccess) = (world.now - 7_200, world.now - 7_200)
    (state.nextDue, state.hintUntil) = (world.now + 79_200, world.now + 50_000)
    world.set([Self.feed.id: state])
    let poller = world.poller([]) { _ in throw CancellationError() }
    try await poller.replace(feeds: [Self.feed])
    await poller.askUsually([Self.feed.id])
    #expect(await poller.states[Self.feed.id]?.nextDue == world.now + 50_000)
  }
}
