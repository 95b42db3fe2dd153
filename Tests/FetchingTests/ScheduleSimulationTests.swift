import Core
import Foundation
import Testing

@testable import Fetching

/// Entries of many feeds over weeks, and how long each waits until a poll sees it.
///
/// The times are drawn from a seed: rates spread as those of real feeds are, over four powers of ten,
/// fewer entries at night, and now and then a burst.
@Suite("A schedule over weeks of entries") struct ScheduleSimulationTests {
  /// What a way to choose intervals comes to.
  private struct Outcome {
    var delays: [Double] = []
    var polls = 0
    var lost = 0

    /// Minutes.
    var mean: Double { delays.reduce(0, +) / Double(delays.count) / 60 }
    var p95: Double { delays.sorted()[delays.count * 95 / 100] / 60 }

    func line(_ name: String, days: Double, feeds: Int) -> String {
      let perDay = Double(polls) / days / Double(feeds)
      let figures = [mean, p95, perDay].map { String(($0 * 10).rounded() / 10) }
      return
        "\(name): mean \(figures[0]) min, p95 \(figures[1]) min, \(figures[2]) polls a feed and "
        + "day, \(lost) entries lost"
    }
  }

  private static let feeds = 120
  private static let warmUp = 14.0
  private static let days = 42.0
  private static let window = 30
  private static let origin = Date(timeIntervalSince1970: 1_700_000_000)

  /// Seconds from the origin at which each feed publishes, in order.
  private static func times(seed: UInt64) -> [[Double]] {
    var random = Lottery(seed: seed)
    return (0..<feeds).map { _ in
      // The sum of twelve is as good as a normal number.
      let normal = (0..<12).reduce(-6.0) { sum, _ in sum + .random(in: 0...1, using: &random) }
      let rate = exp2(2 + 2.2 * normal)
      var (times, time): ([Double], Double) = ([], 0)
      while time < days * 86_400 {
        time -= log(.random(in: 1e-9...1, using: &random)) / rate * 86_400
        let hour = (time / 3600).truncatingRemainder(dividingBy: 24)
        let isNight = hour < 7
        if isNight, Bool.random(using: &random) || Bool.random(using: &random) { continue }
        let burst = Int.random(in: 0..<40, using: &random) == 0 ? 3 : 1
        for number in 0..<burst { times.append(time + Double(number) * 60) }
      }
      return times.sorted()
    }
  }

  /// Polls a feed from poll to poll, each at what `next` says of the entries that the last one brought.
  private static func poll(
    _ times: [Double], into outcome: inout Outcome, until end: Double, from state: inout Progress,
    next: (Int, Double) -> Double
  ) {
    while state.due < end {
      let first = state.seen
      while state.seen < times.count, times[state.seen] <= state.due { state.seen += 1 }
      let isCounted = state.due >= warmUp * 86_400
      if isCounted {
        outcome.polls += 1
        outcome.lost += max(0, state.seen - first - window)
        outcome.delays += times[max(first, state.seen - window)..<state.seen].map { state.due - $0 }
      }
      state.due = next(state.seen - first, state.due)
    }
  }

  private struct Progress {
    var due = 0.0
    var seen = 0
  }

  /// Polls at a fixed interval for each feed.
  private static func fixed(_ all: [[Double]], _ interval: (Int) -> Double) -> Outcome {
    var random = Lottery(seed: 7)
    var outcome = Outcome()
    for (index, times) in all.enumerated() {
      var progress = Progress(due: .random(in: 0...3600, using: &random))
      poll(times, into: &outcome, until: days * 86_400, from: &progress) { _, now in
        now + interval(index) * .random(in: 0.9...1.1, using: &random)
      }
    }
    return outcome
  }

  /// Polls as the program does: rates learned on the way, the budget shared anew four times a day.
  private static func ours(_ all: [[Double]], budget: Double) -> Outcome {
    var random = Lottery(seed: 7)
    var outcome = Outcome()
    var states = all.map { _ in PollState(url: "http://x/") }
    var progress = all.map { _ in Progress(due: .random(in: 0...3600, using: &random)) }
    for quarter in 0..<Int(days * 4) {
      let shares = states.map {
        Allocation.Share(
          demand: NextDue.demand($0, Pace()), interval: NextDue.bounds($0, Pace()))
      }
      let scale = Allocation(shares, pollsPerDay: budget * Double(feeds)).scale
      for index in all.indices {
        poll(
          all[index], into: &outcome, until: Double(quarter + 1) * 21_600, from: &progress[index]
        ) { new, now in
          settle(&states[index], new, now, Pace(scale: scale), &random)
        }
      }
    }
    return outcome
  }

  /// The publisher calls documents fresh for 15 minutes, which is the floor then.
  private static func settle(
    _ state: inout PollState, _ new: Int, _ now: Double, _ pace: Pace, _ random: inout Lottery
  ) -> Double {
    let date = origin + now
    let shown = min(new, window)
    state.claim(pace, now: date)
    let document = Document(
      body: [], address: "http://x/", validators: Validators(etag: [1]), freshness: .seconds(900),
      isFirst: false, hash: UInt64(now))
    let overlap = Double(window - shown) / Double(window)
    state.settle(
      Fetched(outcome: .document(document), status: 200, bytes: 1),
      .taken(Taken(new: shown, overlap: overlap, entries: window)), pace, now: date, using: &random)
    return (state.nextDue ?? date).timeIntervalSince(origin)
  }

  /// The interval in proportion to the time between entries, at as many polls as `polls`.
  private static func proportional(_ all: [[Double]], polls: Int) -> Outcome {
    let rates = all.map { (Double($0.count) + 1) / days }
    let interval = { (scale: Double, rate: Double) in min(max(scale / rate, 900), 86_400) }
    var (low, high) = (1.0, 1e9)
    for _ in 0..<60 {
      let middle = (low * high).squareRoot()
      let sum = rates.reduce(0) { $0 + 86_400 / interval(middle, $1) } * (days - warmUp)
      if sum > Double(polls) { low = middle } else { high = middle }
    }
    return fixed(all) { interval(high, rates[$0]) }
  }

  @Test(arguments: [1, 2, 3])
  func `sees entries sooner than a fixed hour, and than c/λ, by as many polls`(seed: UInt64) {
    let all = Self.times(seed: seed)
    let ours = Self.ours(all, budget: 24)
    let seconds = (Self.days - Self.warmUp) * 86_400
    let hourly = Self.fixed(all) { _ in seconds * Double(Self.feeds) / Double(ours.polls) }
    let proportional = Self.proportional(all, polls: ours.polls)
    let counted = Self.days - Self.warmUp
    for (name, outcome) in [("fixed", hourly), ("c/λ", proportional), ("ours", ours)] {
      print(outcome.line(name, days: counted, feeds: Self.feeds))
    }
    #expect(abs(Double(hourly.polls - ours.polls)) < Double(ours.polls) * 0.02)
    #expect(abs(Double(proportional.polls - ours.polls)) < Double(ours.polls) * 0.02)
    #expect(ours.polls < Int(counted * 24 * 1.02) * Self.feeds)
    #expect(ours.mean <= hourly.mean * 0.7)
    #expect(ours.mean < proportional.mean)
    #expect(ours.p95 < hourly.p95)
  }
}
