import Core
import Curl
import Fetching
import FoundationEssentials
import Testing

@Suite("A schedule") struct ScheduleTests {
  private let start = Date(timeIntervalSinceReferenceDate: 1000)

  private func site(_ host: String) throws -> SiteKey {
    SiteKey(try HTTPAddress("http://\(host)/"))
  }

  @Test func `gives feeds in the order they fall due, none before`() throws {
    var schedule = Schedule(startsPerSecond: 0)
    for (name, delay) in [("c", 30.0), ("a", 10), ("b", 20)] {
      schedule.add(Feed.ID(name), site: try site("\(name).example"), due: start + delay)
    }
    #expect(schedule.wake == start + 10)
    #expect(schedule.next(at: start + 9) == nil)
    #expect(schedule.next(at: start + 25) == Feed.ID("a"))
    #expect(schedule.next(at: start + 25) == Feed.ID("b"))
    #expect(schedule.next(at: start + 25) == nil)
    #expect(schedule.wake == start + 30)
    #expect(schedule.inFlight == 2)
  }

  @Test func `P16: asks one question a site at a time, two seconds from start to start`() throws {
    var schedule = Schedule(startsPerSecond: 0)
    let site = try site("x.example.org")
    for name in ["a", "b", "c"] { schedule.add(Feed.ID(name), site: site, due: start) }
    let firstStart = schedule.next(at: start)
    let first = try #require(firstStart)
    #expect(schedule.next(at: start + 10) == nil)
    #expect(schedule.wake == nil)
    schedule.finished(first)
    let secondStart = schedule.next(at: start + 10)
    let second = try #require(secondStart)
    schedule.finished(second)
    #expect(schedule.next(at: start + 11) == nil)
    #expect(schedule.wake == start + 12)
    #expect(schedule.next(at: start + 12) != nil)
  }

  @Test func `P16: asks a private address eight questions at once, without gaps`() throws {
    var schedule = Schedule(startsPerSecond: 1)
    let site = try site("127.0.0.1")
    for number in 0..<20 { schedule.add(Feed.ID("\(number)"), site: site, due: start) }
    let taken = (0..<20).compactMap { _ in schedule.next(at: start) }
    #expect(taken.count == 8)
    schedule.finished(taken[0])
    #expect(schedule.next(at: start) != nil)
    #expect(schedule.next(at: start) == nil)
  }

  @Test func `P17: leaves a paused site alone and serves the others`() throws {
    var schedule = Schedule(startsPerSecond: 0)
    schedule.add(Feed.ID("a"), site: try site("a.example"), due: start)
    schedule.add(Feed.ID("b"), site: try site("b.example"), due: start)
    schedule.pause(try site("a.example"), until: start + 600)
    #expect(schedule.next(at: start) == Feed.ID("b"))
    #expect(schedule.next(at: start) == nil)
    #expect(schedule.wake == start + 600)
    #expect(schedule.next(at: start + 600) == Feed.ID("a"))
  }

  @Test func `keeps to the bounds of the whole program`() throws {
    var schedule = Schedule(inFlight: 3, startsPerSecond: 2)
    for number in 0..<6 {
      schedule.add(Feed.ID("\(number)"), site: try site("s\(number).example"), due: start)
    }
    #expect(schedule.next(at: start) != nil)
    #expect(schedule.next(at: start) == nil)
    #expect(schedule.wake == start + 0.5)
    #expect(schedule.next(at: start + 0.5) != nil)
    let thirdStart = schedule.next(at: start + 1)
    let third = try #require(thirdStart)
    #expect(schedule.next(at: start + 9) == nil)
    schedule.finished(third)
    #expect(schedule.next(at: start + 9) != nil)
  }

  @Test func `lets nobody who comes later go first, however many come`() throws {
    var schedule = Schedule(startsPerSecond: 1)
    for name in ["a", "b", "c"] {
      schedule.add(Feed.ID(name), site: try site("\(name).example"), due: start)
    }
    var started: [Feed.ID] = []
    for second in 0..<6 {
      let now = start + Double(second)
      schedule.add(Feed.ID("\(second)"), site: try site("s\(second).example"), due: now + 0.5)
      while let feed = schedule.next(at: now) { started.append(feed) }
    }
    #expect(Set(started.prefix(3)) == [Feed.ID("a"), Feed.ID("b"), Feed.ID("c")])
    #expect(started.dropFirst(3) == [Feed.ID("0"), Feed.ID("1"), Feed.ID("2")])
  }

  @Test func `starts private addresses while public ones wait for the rate`() throws {
    var schedule = Schedule(startsPerSecond: 1)
    for name in ["a", "b"] {
      schedule.add(Feed.ID(name), site: try site("\(name).example"), due: start)
    }
    schedule.add(Feed.ID("home"), site: try site("127.0.0.1"), due: start + 0.25)
    #expect(schedule.next(at: start) != nil)
    #expect(schedule.next(at: start) == nil)
    #expect(schedule.wake == start + 0.25)
    #expect(schedule.next(at: start + 0.25) == Feed.ID("home"))
    #expect(schedule.wake == start + 1)
    #expect(schedule.next(at: start + 1) != nil)
  }

  @Test func `wakes for nothing that is paused or has no room`() throws {
    var schedule = Schedule(inFlight: 1, startsPerSecond: 0)
    schedule.add(Feed.ID("a"), site: try site("a.example"), due: start)
    schedule.add(Feed.ID("b"), site: try site("b.example"), due: start)
    let first = schedule.next(at: start)
    #expect(schedule.next(at: start) == nil)
    #expect(schedule.wake == nil)
    schedule.pause(try site("b.example"), until: start + 60)
    schedule.pause(try site("b.example"), until: start + 30)
    schedule.finished(try #require(first))
    #expect(schedule.next(at: start + 59) == nil)
    #expect(schedule.wake == start + 60)
    #expect(schedule.next(at: start + 60) == Feed.ID("b"))
  }

  @Test func `forgets a feed that was removed, and moves one that was added again`() throws {
    var schedule = Schedule(startsPerSecond: 0)
    schedule.add(Feed.ID("a"), site: try site("a.example"), due: start)
    schedule.add(Feed.ID("b"), site: try site("b.example"), due: start)
    schedule.remove(Feed.ID("a"))
    schedule.add(Feed.ID("b"), site: try site("c.example"), due: start + 60)
    #expect(schedule.next(at: start + 59) == nil)
    #expect(schedule.next(at: start + 60) == Feed.ID("b"))
    #expect(schedule.next(at: start + 99) == nil)
    #expect(schedule.count == 0)
  }

  /// Ten simulated days of 60 feeds on 7 sites: no site is asked twice at once or within its gap,
  /// and every feed gets its turn.
  @Test(arguments: [1, 2, 3]) func `keeps its promises over many turns`(seed: UInt64) throws {
    var random = Lottery(seed: seed)
    var schedule = Schedule(inFlight: 5, startsPerSecond: 10)
    let sites = try (0..<7).map { try site("s\($0).example") }
    var flying: [(feed: Feed.ID, site: Int)] = []
    var lastStart = [Double](repeating: -1, count: 7)
    var turns: [Feed.ID: Int] = [:]
    let siteOf = { (feed: Feed.ID) in (Int(feed.rawValue) ?? 0) % 7 }
    for number in 0..<60 { schedule.add(Feed.ID("\(number)"), site: sites[number % 7], due: start) }
    var time = 0.0
    for _ in 0..<20_000 {
      time += .random(in: 0...1, using: &random)
      if let feed = schedule.next(at: start + time) {
        let site = siteOf(feed)
        #expect(!flying.contains { $0.site == site }, "seed \(seed)")
        #expect(lastStart[site] < 0 || time - lastStart[site] >= 1.999, "seed \(seed)")
        lastStart[site] = time
        flying.append((feed, site))
        turns[feed, default: 0] += 1
      }
      if flying.count == 5 || (!flying.isEmpty && Bool.random(using: &random)) {
        let ended = flying.remove(at: .random(in: 0..<flying.count, using: &random))
        schedule.finished(ended.feed)
        schedule.add(ended.feed, site: sites[ended.site], due: start + time + 60)
      }
    }
    #expect(turns.count == 60)
    #expect(turns.values.allSatisfy { $0 > 20 })
  }
}

/// A generator that repeats itself from a seed (SplitMix64).
struct Lottery: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}
