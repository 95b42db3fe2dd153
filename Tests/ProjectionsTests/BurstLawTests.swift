import Testing

@testable import Projections

@Suite("The law of bursts") struct BurstLawTests {
  private static func history(_ sameHours: [Double], _ day: [Double]) -> BurstLaw.History {
    BurstLaw.History(sameHours: sameHours, day: day)
  }

  @Test func `knows the tail of the negative binomial`() {
    // Of shape 1 it is geometric: P(X >= n) = (1 / (rate + 1))^n.
    #expect(abs(BurstLaw.upperTail(3, shape: 1, rate: 1) - 0.125) < 1e-12)
    #expect(BurstLaw.upperTail(0, shape: 2, rate: 3) == 1)
    #expect(abs(BurstLaw.upperTail(1, shape: 2, rate: 1) - 0.75) < 1e-12)
  }

  @Test func `is surprised by much where little came, and not where much does`() {
    let quiet = Self.history([0, 0, 0, 0], Array(repeating: 0, count: 24))
    #expect(BurstLaw.tail(6, quiet) < BurstLaw.rare)
    #expect(BurstLaw.tail(1, quiet) > BurstLaw.rare)
    let busy = Self.history([6, 5, 7, 6], Array(repeating: 5, count: 24))
    #expect(BurstLaw.tail(6, busy) > BurstLaw.calm)
    // The same hour of other weeks counts for more than the day.
    let morning = Self.history([6, 5, 7, 6], Array(repeating: 1, count: 24))
    #expect(BurstLaw.tail(6, morning) > BurstLaw.calm)
  }

  @Test func `believes less of hours that scatter`() {
    let even = Self.history([], Array(repeating: 2, count: 24))
    let uneven = Self.history([], (0..<24).map { $0 % 8 == 0 ? 16 : 0 })
    #expect(BurstLaw.tail(9, even) < BurstLaw.tail(9, uneven))
  }

  @Test func `lets pass what survives among many`() {
    #expect(BurstLaw.surviving([0.01, 0.6, 0.03]) == [true, false, true])
    #expect(BurstLaw.surviving([0.04, 0.6, 0.9]) == [false, false, false])
    #expect(BurstLaw.surviving([]) == [])
  }
}
