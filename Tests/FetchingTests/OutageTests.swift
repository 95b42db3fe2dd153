import Core
import Fetching
import FoundationEssentials
import Support
import Synchronization
import Testing

@Suite("A poller without a network", .timeLimit(.minutes(2))) struct OutageTests {
  private static let feeds = (0..<12).map {
    Feed(id: Feed.ID("f\($0)"), url: "http://s\($0).example/feed", every: .seconds(300))
  }

  private static func answer(_ question: Question) -> Fetched {
    let document = Document(body: [1], address: question.feed.url, isFirst: false, hash: 1)
    return Fetched(outcome: .document(document), status: 200, bytes: 1)
  }

  private static func silence(_ kind: FetchFailure.Kind = .dns) -> Fetched {
    Fetched(outcome: .failed(FetchFailure(kind, "no answer")), status: nil, bytes: 0)
  }

  @Test func `P21: counts nothing, tells it once each way, and goes on by itself`() async throws {
    let world = PollWorld()
    // Before all come again, within a minute of each other: later chance may have parted them.
    let down = world.now + 200
    let up = down + 7200
    let asked = Mutex<[Date]>([])
    let poller = world.poller(Self.feeds) { question in
      asked.withLock { $0.append(world.now) }
      return (down...up).contains(world.now) ? Self.silence() : Self.answer(question)
    }
    try await world.run(poller) { world.facts.count >= 2 && world.now > up + 4000 }
    guard case .networkLost(let hosts) = world.facts[0],
      case .networkReturned(let since) = world.facts[1]
    else {
      Issue.record("other facts: \(world.facts)")
      return
    }
    #expect(hosts.count >= 3)
    #expect(since >= down && since < up)
    #expect(world.states.values.allSatisfy { $0.failures == 0 && $0.lastFailure == nil })
    #expect(world.outcomes.allSatisfy { if case .failed = $0 { false } else { true } })
    // One feed asks for all: after 30 s, then at doubling distances up to five minutes.
    let tries = asked.withLock { $0.filter { $0 > since && $0 <= up } }
    #expect(tries.count <= 7200 / 300 + 6)
    #expect(
      zip(tries, tries.dropFirst()).dropFirst(6).allSatisfy { $1.timeIntervalSince($0) >= 299 })
  }

  @Test func `P21: counts the failures of a few sites after a minute`() async throws {
    let world = PollWorld()
    let poller = world.poller(Self.feeds) { question in
      question.feed.id.rawValue == "f3" ? Self.silence(.timeout) : Self.answer(question)
    }
    let failed = Self.feeds[3].id
    try await world.run(poller) { (world.states[failed]?.failures ?? 0) > 0 }
    #expect(world.facts.isEmpty)
    #expect(world.states[failed]?.lastFailure == "timeout")
    let began = try #require(world.states[failed]?.lastAttempt)
    let counted = try #require(world.states[failed]?.failingSince)
    #expect(counted.timeIntervalSince(began) >= 60)
  }

  @Test func `P21: takes pages instead of feeds for a portal`() async throws {
    let world = PollWorld()
    let down = world.now + 200
    let asked = Mutex(0)
    let poller = world.poller(Self.feeds) { question in
      if world.now < down { return Self.answer(question) }
      guard !world.facts.isEmpty else { return Self.silence() }
      asked.withLock { $0 += 1 }
      let page = Document(
        body: [1], address: "http://portal/", contentType: "text/html; charset=utf-8",
        isFirst: false, hash: 9)
      return Fetched(outcome: .document(page), status: 200, bytes: 1)
    }
    try await world.run(poller) { asked.withLock { $0 } > 5 }
    #expect(world.facts.count == 1)
    #expect(world.states.values.allSatisfy { $0.failures == 0 })
  }

  @Test func `P21: counts nothing in a single round in which no site answers`() async throws {
    let world = PollWorld()
    try await world.poller(Self.feeds) { _ in Self.silence(.connect) }.runOnce()
    #expect(world.outcomes.isEmpty)
    #expect(world.states.values.allSatisfy { $0.failures == 0 })
    let other = PollWorld()
    try await other.poller(Self.feeds) { question in
      question.feed.id.rawValue == "f3" ? Self.silence(.connect) : Self.answer(question)
    }.runOnce()
    #expect(other.states[Self.feeds[3].id]?.failures == 1)
    #expect(other.outcomes.count == 12)
  }

  @Test func `P21: goes on asking private addresses meanwhile`() async throws {
    let world = PollWorld()
    let home = Feed(
      id: Feed.ID("home"), url: "http://192.168.0.9/", every: .seconds(60), privateNetwork: true)
    let asked = Mutex(0)
    let poller = world.poller(Self.feeds + [home]) { question in
      guard question.feed.privateNetwork else { return Self.silence() }
      if !world.facts.isEmpty { asked.withLock { $0 += 1 } }
      return Self.answer(question)
    }
    try await world.run(poller) { asked.withLock { $0 } > 20 }
    #expect(world.facts.count == 1)
  }
}
