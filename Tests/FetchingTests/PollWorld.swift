import Core
import Curl
import Fetching
import FoundationEssentials
import Support
import Synchronization

/// A poller's surroundings in a test: a store in memory, a clock that turns when it is slept on.
final class PollWorld: Sendable {
  private struct State {
    var now = Date(timeIntervalSince1970: 1_700_000_000)
    var states: [Feed.ID: PollState] = [:]
    var outcomes: [FetchOutcome] = []
    var saves = 0
    var refusals = 0
  }

  private let state = Mutex(State())

  var now: Date { state.withLock { $0.now } }
  var states: [Feed.ID: PollState] { state.withLock { $0.states } }
  var outcomes: [FetchOutcome] { state.withLock { $0.outcomes } }
  var saves: Int { state.withLock { $0.saves } }

  func turn(by seconds: Double) {
    state.withLock { $0.now += seconds }
  }

  /// Lets the next `count` attempts to save fail, as on a full disk.
  func refuseSaves(_ count: Int) {
    state.withLock { $0.refusals = count }
  }

  func set(_ states: [Feed.ID: PollState]) {
    state.withLock { $0.states = states }
  }

  var memory: PollMemory {
    PollMemory(
      load: { [self] ids in states.filter { ids.contains($0.key) } },
      save: { [self] new in
        try state.withLock {
          if $0.refusals > 0 {
            $0.refusals -= 1
            throw PollPaused(reason: "no room")
          }
          $0.states.merge(new) { $1 }
          $0.saves += 1
        }
      })
  }

  /// A poller that takes every document as a feed, unless `accept` decides otherwise.
  func poller(
    _ feeds: [Feed], accept: @escaping Poller.Accept = PollWorld.takeAll
  ) throws -> Poller {
    Poller(
      feeds, fetcher: FeedFetcher(try HTTPClient()), store: memory,
      clock: { [self] in now },
      sleep: { [self] duration in
        turn(by: duration.seconds)
        await Task.yield()
      },
      accept: { [self] feed, outcome, before in
        state.withLock { $0.outcomes.append(outcome) }
        return try await accept(feed, outcome, before)
      })
  }

  static let takeAll: Poller.Accept = { _, outcome, _ in
    guard case .document = outcome else { return .unchanged }
    return .taken(Taken(new: 1, overlap: 0.9, entries: 10))
  }
}

/// A feed of a test's server.
func feed(_ server: LocalServer, _ path: String = "/feed", every: Duration? = nil) -> Feed {
  let name = path.filter { $0.isLetter || $0.isNumber }
  return Feed(
    id: Feed.ID(name), url: server.address(path), every: every, privateNetwork: true)
}
