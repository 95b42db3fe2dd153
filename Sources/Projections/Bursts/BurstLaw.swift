import Glibc

/// When so many sources at once are more than chance.
///
/// What is expected of an hour is what the same hour of other weeks brought, drawn to the mean of the day
/// as if that had been seen for two hours more: a Gamma prior, so that the count is negative binomial.
/// Where a key's own hours scatter more than chance would have it, fewer of them are believed.
enum BurstLaw {
  /// Hours that the day's mean counts for.
  private static let priorHours = 2.0
  /// A burst opens below this, with so many sources, and closes after two hours above `calm`.
  static let rare = 1e-4
  static let leastSources = 3
  static let calm = 0.05
  static let calmBins = 12
  /// The share of false alarms among all keys of a moment (Benjamini and Hochberg 1995).
  static let falseShare = 0.05

  /// What is known of a key.
  struct History: Hashable {
    /// Sources in the same hour of other weeks, of hours in which news could come.
    var sameHours: [Double]
    /// Sources in each hour of the last day, likewise.
    var day: [Double]
  }

  /// The probability of `count` sources or more in an hour.
  static func tail(_ count: Int, _ history: History) -> Double {
    let mean = history.day.isEmpty ? 0 : history.day.reduce(0, +) / Double(history.day.count)
    let scatter = max(1, dispersion(history.day, mean))
    // Nothing seen at all is no certainty that nothing comes.
    let shape = (max(0.1, priorHours * mean) + history.sameHours.reduce(0, +)) / scatter
    let rate = (priorHours + Double(history.sameHours.count)) / scatter
    return upperTail(count, shape: shape, rate: rate)
  }

  /// Variance over mean, 1 where chance alone is at work.
  private static func dispersion(_ hours: [Double], _ mean: Double) -> Double {
    guard hours.count > 1, mean > 0 else { return 1 }
    let squares = hours.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return squares / Double(hours.count - 1) / mean
  }

  /// Of the negative binomial that a Gamma of `shape` and `rate` makes of an hour's Poisson.
  static func upperTail(_ count: Int, shape: Double, rate: Double) -> Double {
    var below = 0.0
    // P(0), then each from the one before.
    var probability = exp(shape * log(rate / (rate + 1)))
    for number in 0..<max(0, count) {
      below += probability
      probability *= (shape + Double(number)) / Double(number + 1) / (rate + 1)
    }
    return max(0, 1 - below)
  }

  /// Which of `tails` are no chance, where that many were looked at together.
  static func surviving(_ tails: [Double]) -> [Bool] {
    let ranked = tails.sorted()
    let last = ranked.indices.last {
      ranked[$0] <= falseShare * Double($0 + 1) / Double(ranked.count)
    }
    guard let last else { return tails.map { _ in false } }
    return tails.map { $0 <= ranked[last] }
  }
}
