import Core
import Curl
import Fetching
import FoundationEssentials
import Support
import Synchronization
import Testing

@Suite("An errand beside the polls", .timeLimit(.minutes(2))) struct ErrandTests {
  /// What was asked for, and when.
  private final class Journal: Sendable {
    private let lines = Mutex<[(address: String, at: Date)]>([])

    var addresses: [String] { lines.withLock { $0.map(\.address) } }
    var times: [Date] { lines.withLock { $0.map(\.at) } }

    func note(_ address: String, _ at: Date) { lines.withLock { $0.append((address, at)) } }
  }

  private static let own = Feed(id: Feed.ID("a"), url: "http://www.example.org/feed")

  private static let gap = Errand.Gap(since: .distantPast, until: .distantFuture)

  private static func page(_ number: Int, of site: String = "example.org") -> Errand {
    Errand(
      own.id, to: "http://\(site)/\(number)", .presence(Article.ID("\(number)"), revision: 1))
  }

  private static func answer(_ status: Int, retryAfter: Duration? = nil) -> Fetched {
    guard status != 200 else {
      let document = Document(body: [1], address: "http://x.example/", isFirst: false, hash: 1)
      return Fetched(outcome: .document(document), status: 200, bytes: 1)
    }
    let kind: FetchFailure.Kind = status == 429 ? .rateLimited : .notFound
    let failure = FetchFailure(kind, "no", status: status, retryAfter: retryAfter)
    return Fetched(outcome: .failed(failure), status: status, bytes: 1)
  }

  /// Polls once a feed that gives reason for `errands`; returns what was asked for.
  private func run(
    _ errands: [Errand], in world: PollWorld = PollWorld(),
    visit: @escaping Poller.Visit = { _, _, _ in [] },
    answer: @escaping @Sendable (String) -> Fetched = { _ in Self.answer(200) }
  ) async throws -> Journal {
    let journal = Journal()
    let poller = world.poller(
      [Self.own],
      accept: { _, _, _ in
        var taken = Taken(new: 1, overlap: 0.9, entries: 10)
        taken.errands = errands
        return .taken(taken)
      }, visit: visit
    ) { question in
      journal.note(question.state.address, world.now)
      return answer(question.state.address)
    }
    try await poller.runOnce()
    return journal
  }

  @Test func `P16: keeps the gap of its site, and others do not wait for it`() async throws {
    let errands = [Self.page(1), Self.page(2), Self.page(3, of: "other.example")]
    let journal = try await run(errands)
    #expect(Set(journal.addresses.prefix(2)) == [Self.own.url, "http://other.example/3"])
    #expect(journal.addresses.suffix(2) == ["http://example.org/1", "http://example.org/2"])
    let own = zip(journal.addresses, journal.times).filter { $0.0.contains("example.org") }
    #expect(zip(own, own.dropFirst()).allSatisfy { $1.1.timeIntervalSince($0.1) >= 2 })
  }

  @Test func `is asked for as a page, without conditions, and counts for its site`() async throws {
    let server = try LocalServer { request in
      request.target == "/feed" ? .answer(200, [("ETag", "\"1\"")], "<rss/>") : .answer(404)
    }
    defer { server.stop() }
    let world = PollWorld()
    let own = feed(server)
    let seen = Mutex<[FetchOutcome]>([])
    let poller = try world.poller(
      [own],
      accept: { feed, _, _ in
        var taken = Taken(new: 1, overlap: 0.9, entries: 10)
        taken.errands = [
          Errand(feed.id, to: server.address("/1"), .presence(Article.ID("1"), revision: 1)),
          Errand(
            feed.id, to: server.address("/old"),
            .older(Errand.Gap(since: world.now, until: world.now))),
        ]
        return .taken(taken)
      },
      visit: { _, _, outcome in
        seen.withLock { $0.append(outcome) }
        return []
      })
    try await poller.runOnce()
    let pages = server.requests.filter { $0.target != "/feed" }
    #expect(pages.count == 2 && pages.allSatisfy { $0["If-None-Match"] == nil })
    let accepts = Dictionary(pages.map { ($0.target, $0["Accept"]) }) { $1 }
    #expect(accepts["/1"]??.hasPrefix("text/html") == true)
    #expect(accepts["/old"]??.hasPrefix("application/rss+xml") == true)
    #expect(seen.withLock { $0.count } == 2)
    #expect(world.sites.values.first?.requests == 3)
    // The feed's own state knows nothing of them.
    #expect(
      world.states[own.id]?.etag == Array("\"1\"".utf8) && world.states[own.id]?.failures == 0)
  }

  @Test func `may give reason for another`() async throws {
    let journal = try await run(
      [Errand(Self.own.id, to: "http://example.org/p1", .older(Self.gap))],
      visit: { feed, errand, _ in
        guard case .older(var gap) = errand.purpose, gap.depth < 3 else { return [] }
        gap.depth += 1
        return [Errand(feed.id, to: "http://example.org/p\(gap.depth)", .older(gap))]
      })
    #expect(journal.addresses == [Self.own.url] + (1...3).map { "http://example.org/p\($0)" })
  }

  @Test func `P17: ends with 429, which pauses the site`() async throws {
    let world = PollWorld()
    let journal = try await run(
      (1...5).map { Self.page($0) }, in: world,
      answer: { address in
        address.hasSuffix("feed") ? Self.answer(200) : Self.answer(429, retryAfter: .seconds(7_200))
      })
    #expect(journal.addresses.count == 2)
    #expect(world.sites["example.org"]?.pausedUntil ?? .distantPast > world.now + 7_000)
  }

  @Test func `asks a site for a hundred pages a day`() async throws {
    let journal = try await run((1...120).map { Self.page($0) })
    #expect(journal.addresses.count == 101)
  }

  @Test func `that cannot be recorded is made again`() async throws {
    let world = PollWorld()
    let tries = Mutex(0)
    let own = Self.own
    let poller = world.poller(
      [own],
      accept: { _, _, _ in
        var taken = Taken(new: 1, overlap: 0.9, entries: 10)
        taken.errands = [Self.page(1)]
        return .taken(taken)
      },
      visit: { _, _, _ in
        let number = tries.withLock {
          $0 += 1
          return $0
        }
        if number == 1 { throw PollPaused(reason: "no room", until: world.now + 10) }
        return []
      }
    ) { _ in Self.answer(200) }
    try await world.run(poller) { tries.withLock { $0 } >= 2 }
    #expect(tries.withLock { $0 } >= 2)
  }

  @Test func `without any answer is tried again, and then taken for what it is`() async throws {
    let world = PollWorld()
    let asked = Mutex(0)
    let seen = Mutex<[FetchOutcome]>([])
    let poller = world.poller(
      [Self.own],
      accept: { _, _, _ in
        var taken = Taken(new: 1, overlap: 0.9, entries: 10)
        taken.errands = [Self.page(1, of: "other.example")]
        return .taken(taken)
      },
      visit: { _, _, outcome in
        seen.withLock { $0.append(outcome) }
        return []
      }
    ) { question in
      guard question.state.address.contains("other") else { return Self.answer(200) }
      asked.withLock { $0 += 1 }
      return Fetched(outcome: .failed(FetchFailure(.timeout, "slow")), status: nil, bytes: 0)
    }
    try await world.run(poller) { !seen.withLock { $0.isEmpty } }
    #expect(asked.withLock { $0 } == 4)
  }
}
