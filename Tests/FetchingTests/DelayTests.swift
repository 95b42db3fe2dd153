import Core
import Fetching
import FoundationEssentials
import Synchronization
import Testing

@Suite("Hosts that misbehave", .timeLimit(.minutes(2))) struct DelayTests {
  private static let names = ["hangs", "floods", "lies"]

  /// What a poll of the host comes to, after as long as it takes.
  private static func answer(_ question: Question, _ world: PollWorld) async -> Fetched {
    switch question.feed.id.rawValue {
    case "hangs":
      await world.rest(60)
      return Fetched(outcome: .failed(FetchFailure(.timeout, "")), status: nil, bytes: 0)
    case "floods":
      await world.rest(20)
      return Fetched(outcome: .failed(FetchFailure(.tooLarge, "")), status: 200, bytes: 8 << 20)
    case "lies":
      let failure = FetchFailure(.protocol, "", status: 304)
      return Fetched(outcome: .failed(failure), status: 304, bytes: 100)
    default:
      let answer = NotModified(address: question.feed.url)
      return Fetched(outcome: .notModified(answer), status: 304, bytes: 100)
    }
  }

  @Test func `delay nobody else: each of forty feeds is asked when it is due`() async throws {
    let world = PollWorld()
    let good = (0..<40).map { "f\($0)" }
    let feeds = (Self.names + good).map {
      Feed(id: Feed.ID($0), url: "http://\($0).example/feed", every: .seconds(600))
    }
    let starts = Mutex<[String: [Date]]>([:])
    // No more places than bad hosts take, and one.
    let poller = world.poller(feeds, schedule: Schedule(inFlight: 4)) { question in
      starts.withLock { $0[question.feed.id.rawValue, default: []].append(world.now) }
      return await Self.answer(question, world)
    }
    try await world.run(poller) {
      starts.withLock { starts in good.allSatisfy { starts[$0, default: []].count >= 5 } }
    }
    let asked = starts.withLock { $0 }
    #expect(Self.names.allSatisfy { asked[$0] != nil })
    for name in good {
      let times = try #require(asked[name])
      for (before, after) in zip(times, times.dropFirst()) {
        // Ten minutes, give or take a tenth; and what the bound on starts takes.
        let gap = after.timeIntervalSince(before)
        #expect((540...662).contains(gap), "\(name) after \(gap) s")
      }
    }
  }
}
