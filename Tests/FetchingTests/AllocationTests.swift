import Core
import Fetching
import FoundationEssentials
import Testing

@Suite("An allocation of polls") struct AllocationTests {
  private typealias Share = Allocation.Share

  /// Polls a day of a share at a scale, by the formula of the chapter.
  private func polls(_ demand: Double, _ scale: Double, _ low: Double, _ high: Double) -> Double {
    86_400 / min(max(scale / demand.squareRoot(), low), high)
  }

  @Test func `gives a feed of four times the entries twice the polls`() {
    let shares = [1.0, 4].map { Share(demand: $0, interval: 1...1e7) }
    let scale = Allocation(shares, pollsPerDay: 30).scale
    #expect(abs(polls(1, scale, 1, 1e7) - 10) < 0.01)
    #expect(abs(polls(4, scale, 1, 1e7) - 20) < 0.01)
  }

  @Test func `P11: gives to others what feeds at their floor leave`() {
    // The fast one may have 24 a day and would get 27 of 30.
    let shares = [81.0, 1, 1].map { Share(demand: $0, interval: 3600...86_400) }
    let scale = Allocation(shares, pollsPerDay: 44).scale
    #expect(polls(81, scale, 3600, 86_400) == 24)
    #expect(abs(polls(1, scale, 3600, 86_400) - 10) < 0.01)
  }

  @Test func `takes from others what feeds at their longest interval need`() {
    let shares = [100.0, 0.0001].map { Share(demand: $0, interval: 60...86_400) }
    let scale = Allocation(shares, pollsPerDay: 11).scale
    #expect(polls(0.0001, scale, 60, 86_400) == 1)
    #expect(abs(polls(100, scale, 60, 86_400) - 10) < 0.01)
  }

  @Test func `ends at the bounds where the budget lies beyond them`() {
    let shares = [50.0, 1].map { Share(demand: $0, interval: 3600...86_400) }
    let rich = Allocation(shares, pollsPerDay: 1e6).scale
    #expect(polls(1, rich, 3600, 86_400) == 24)
    let poor = Allocation(shares, pollsPerDay: 0.5).scale
    #expect(polls(50, poor, 3600, 86_400) == 1)
  }

  @Test(arguments: [(0, 24.0), (3, 0)])
  func `stays as usual where there is nothing to share`(feeds: Int, budget: Double) {
    let shares = (0..<feeds).map { _ in Share(demand: 1, interval: 3600...86_400) }
    #expect(Allocation(shares, pollsPerDay: budget).scale == 3600 * 24.0.squareRoot())
  }

  @Test(arguments: 1...20) func `spends the budget wherever the bounds allow it`(seed: UInt64) {
    var random = Lottery(seed: seed)
    let shares = (0..<200).map { _ in
      let low = Double.random(in: 900...7200, using: &random)
      return Share(demand: .random(in: 0.01...300, using: &random), interval: low...86_400)
    }
    let budget = Double.random(in: 400...2000, using: &random)
    let scale = Allocation(shares, pollsPerDay: budget).scale
    let spent = shares.reduce(0) {
      $0 + polls($1.demand, scale, $1.interval.lowerBound, $1.interval.upperBound)
    }
    #expect(abs(spent - budget) < budget / 1000, "seed \(seed)")
  }
}
