/// How a budget of polls is shared among feeds.
///
/// With evenly spaced polls at rate f an entry waits 1/(2f) on average. Minimising `Σ w·λ/(2f)` under
/// `Σ f = B` gives f in proportion to √(w·λ) (Sia, Cho and Cho, TKDE 2007), so that the interval is
/// `scale / √(w·λ)`. Proportional shares would over-poll the fast ones, and are worse than equal ones
/// (Cho and Garcia-Molina 2000).
public struct Allocation: Hashable, Sendable {
  /// What one feed asks for, and the bounds that hold for it whatever it asks for.
  public struct Share: Hashable, Sendable {
    /// Weight times entries a day.
    public var demand: Double

    /// Seconds of the shortest and the longest interval that is possible.
    public var interval: ClosedRange<Double>

    /// Creates a share.
    public init(demand: Double, interval: ClosedRange<Double>) {
      self.demand = demand
      self.interval = interval
    }
  }

  /// The scale at which a feed of 24 entries a day is asked every hour.
  public static let usualScale = 3600 * 24.0.squareRoot()

  /// Seconds times √(entries a day).
  public let scale: Double

  /// Shares `pollsPerDay` polls.
  ///
  /// What feeds at a bound leave or take goes to the others: the scale at which all polls together
  /// are the budget, found by halving, as the sum falls while the scale grows. A budget beyond what
  /// the bounds allow ends at the bounds.
  public init(_ shares: [Share], pollsPerDay: Double) {
    guard !shares.isEmpty, pollsPerDay > 0 else {
      scale = Self.usualScale
      return
    }
    var (low, high) = (1.0, 1e9)
    for _ in 0..<48 {
      let middle = (low * high).squareRoot()
      let polls = shares.reduce(0) { $0 + $1.pollsPerDay(at: middle) }
      if polls > pollsPerDay { low = middle } else { high = middle }
    }
    scale = high
  }
}

extension Allocation.Share {
  /// How often the feed is asked at a scale.
  func pollsPerDay(at scale: Double) -> Double {
    let interval = scale / demand.squareRoot()
    return 86_400 / min(max(interval, self.interval.lowerBound), self.interval.upperBound)
  }
}
