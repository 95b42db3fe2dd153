import Foundation
import Testing

@testable import Sending

@Suite("The time for which an outlet fails") struct FailingTimeTests {
  static let start = Date(timeIntervalSince1970: 1_715_837_220)

  /// Outcomes at seconds, and what is said of each.
  @Test(
    arguments: [
      // Ten minutes of failures, and nothing more once it is told.
      (
        [
          (Outcome.retry("a", after: nil), 0.0), (.refused("b", after: nil), 599),
          (.retry("c", after: nil), 600), (.retry("d", after: nil), 900),
        ],
        [nil, nil, "c", nil]
      ),
      // What got through between begins anew.
      (
        [
          (.retry("a", after: nil), 0), (.delivered(receipt: nil), 300),
          (.retry("b", after: nil), 600), (.retry("c", after: nil), 1_200),
        ],
        [nil, nil, nil, "c"]
      ),
      // Its configuration is at fault: at once.
      ([(.paused("401"), 0), (.paused("401"), 3_600), (.gone("410"), 7_200)], ["401", nil, nil]),
      // What only a person mends: at once, and once.
      (
        [
          (.retry("a", after: nil), 0), (.faulty("b", after: nil), 5),
          (.faulty("b", after: nil), 9),
        ],
        [nil, "b", nil]
      ),
      // A line of its own fault says nothing of the outlet.
      ([(.dead("422"), 0), (.dead("422"), 900)], [nil, nil]),
    ] as [([(Outcome, Double)], [String?])])
  func `is told when it was long enough`(outcomes: [(Outcome, Double)], told: [String?]) {
    var failing = FailingTime()
    let said = outcomes.map { outcome, second in
      let reason = failing.reason(to: outcome, at: Self.start.addingTimeInterval(second))
      if reason != nil { failing.isTold = true }
      return reason
    }
    #expect(said == told)
  }

  @Test func `is told again where the log did not take it`() {
    var failing = FailingTime()
    #expect(failing.reason(to: .paused("401"), at: Self.start) == "401")
    #expect(failing.reason(to: .paused("401"), at: Self.start) == "401")
  }
}
