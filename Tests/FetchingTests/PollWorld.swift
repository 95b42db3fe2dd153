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
    var sites: [String: SiteState] = [:]
    var facts: [PollFact] = []
    var outcomes: [FetchOutcome] = []
    /// Until when each call slept; what is over is in the distant future.
    var sleepers: [Date] = []
    /// The newest one, which is waited for before the clock turns.
    var poller: Poller?
    var saves = 0
    var refusals = 0
    var waiting: [(isEnough: @Sendable () -> Bool, waiter: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  var now: Date { state.withLock { $0.now } }
  var states: [Feed.ID: PollState] { state.withLock { $0.states } }
  var sites: [String: SiteState] { state.withLock { $0.sites } }
  var facts: [PollFact] { state.withLock { $0.facts } }
  var outcomes: [FetchOutcome] { state.withLock { $0.outcomes } }
  var saves: Int { state.withLock { $0.saves } }

  func turn(by seconds: Double) {
    state.withLock { $0.now += seconds }
  }

  /// Takes so long by this clock.
  func rest(_ seconds: Double) async {
    await sleep(until: now + seconds)
  }

  /// Turns the clock to `end` once nobody sleeps for less and nothing else is to be done.
  ///
  /// Whoever is under way has had his turn many times since the clock last moved; the poller is called each
  /// time, for the machine may have taken its thread away in the middle of something.
  private func sleep(until end: Date) async {
    let number = state.withLock { state in
      state.sleepers.append(end)
      return state.sleepers.count - 1
    }
    var (turns, before, since) = (0, now, ContinuousClock.now)
    while !Task.isCancelled {
      await Task.yield()
      await state.withLock { $0.poller }?.answer()
      turns += 1
      let hasEnded = state.withLock { state in
        if state.now != before { (turns, before, since) = (0, state.now, .now) }
        // What a poll does outside of the poller takes no time, but its thread may be taken away too.
        guard turns >= 200, since.duration(to: .now) > .milliseconds(3),
          state.sleepers.allSatisfy({ $0 >= end })
        else { return false }
        state.now = max(state.now, end)
        return true
      }
      if hasEnded { break }
    }
    state.withLock { $0.sleepers[number] = .distantFuture }
    await Task.yield()
  }

  /// Lets the next `count` attempts to save fail, as on a full disk.
  func refuseSaves(_ count: Int) {
    state.withLock { $0.refusals = count }
  }

  /// Runs `poller` until something was saved or told after which `isEnough` holds.
  func run(_ poller: Poller, until isEnough: @escaping @Sendable () -> Bool) async throws {
    let running = Task { try await poller.run() }
    await withCheckedContinuation { waiter in
      state.withLock { $0.waiting.append((isEnough, waiter)) }
      look()
    }
    running.cancel()
    try await running.value
  }

  /// Sees whether those who wait have waited enough.
  func look() {
    for waiting in state.withLock({ $0.waiting }) where waiting.isEnough() {
      let isMine = state.withLock { state in
        defer { state.waiting = [] }
        return !state.waiting.isEmpty
      }
      if isMine { waiting.waiter.resume() }
    }
  }

  func set(_ states: [Feed.ID: PollState]) {
    state.withLock { $0.states = states }
  }

  func set(_ sites: [String: SiteState]) {
    state.withLock { $0.sites = sites }
  }

  var memory: PollMemory {
    PollMemory(
      load: { [self] ids in states.filter { ids.contains($0.key) } },
      loadSites: { [self] in sites },
      save: { [self] new, newSites in
        try state.withLock {
          if $0.refusals > 0 {
            $0.refusals -= 1
            throw PollPaused(reason: "no room")
          }
          $0.states.merge(new) { $1 }
          $0.sites.merge(newSites) { $1 }
          $0.saves += 1
        }
        look()
      })
  }

  /// A poller that takes every document as a feed, unless `accept` decides otherwise.
  func poller(
    _ feeds: [Feed], options: [Feed.ID: PollOptions] = [:], schedule: Schedule = Schedule(),
    accept: @escaping Poller.Accept = PollWorld.takeAll,
    visit: @escaping Poller.Visit = { _, _, _ in [] }
  ) throws -> Poller {
    let fetcher = FeedFetcher(try HTTPClient())
    return poller(feeds, options: options, schedule: schedule, accept: accept, visit: visit) {
      try await fetcher.fetch($0)
    }
  }

  /// A poller whose polls are answered by `ask`.
  func poller(
    _ feeds: [Feed], options: [Feed.ID: PollOptions] = [:], schedule: Schedule = Schedule(),
    accept: @escaping Poller.Accept = PollWorld.takeAll,
    visit: @escaping Poller.Visit = { _, _, _ in [] }, ask: @escaping Poller.Ask
  ) -> Poller {
    let poller = Poller(
      feeds, options: options, store: memory, schedule: schedule,
      clock: { [self] in now },
      sleep: { [self] duration in
        await sleep(until: now + duration.seconds)
      },
      ask: ask,
      accept: { [self] feed, outcome, before in
        state.withLock { $0.outcomes.append(outcome) }
        return try await accept(feed, outcome, before)
      },
      visit: { [self] feed, errand, outcome in
        defer { look() }
        return try await visit(feed, errand, outcome)
      },
      tell: { [self] fact in
        state.withLock { $0.facts.append(fact) }
        look()
      })
    state.withLock { $0.poller = poller }
    return poller
  }

  static let takeAll: Poller.Accept = { _, outcome, _ in
    guard case .document = outcome else { return .unchanged }
    return .taken(Taken(new: 1, overlap: 0.9, entries: 10))
  }
}

extension Poller {
  /// Does nothing, once it is free to.
  fileprivate func answer() {}
}

/// A feed of a test's server.
func feed(_ server: LocalServer, _ path: String = "/feed", every: Duration? = nil) -> Feed {
  let name = path.filter { $0.isLetter || $0.isNumber }
  return Feed(
    id: Feed.ID(name), url: server.address(path), every: every, privateNetwork: true)
}
