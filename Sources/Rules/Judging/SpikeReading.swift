/// How much came in a window, and how much is usual.
struct SpikeReading {
  var count: Int
  var usual: Double

  func threshold(_ spike: RuleKind.Spike) -> Double { spike.ratio * usual }

  /// Whether it is far more than usual, and more than chance brings.
  func isHigh(_ spike: RuleKind.Spike) -> Bool {
    count >= spike.minCurrent && Double(count) >= threshold(spike)
      && Poisson.tail(count, mean: usual) < 1e-4
  }
}

/// The distribution of counts that come by chance.
enum Poisson {
  /// The probability of `count` or more where `mean` is usual.
  ///
  /// Made of the four basic operations alone, which give the same everywhere.
  static func tail(_ count: Int, mean: Double) -> Double {
    guard count > 0, mean > 0 else { return count > 0 ? 0 : 1 }
    // Beyond this what is looked for is no chance either way.
    guard mean < 500 else { return Double(count) > 2 * mean ? 0 : 1 }
    var term = reciprocalPower(mean)
    var below = 0.0
    for index in 0..<count {
      below += term
      term = term * mean / Double(index + 1)
    }
    return max(0, 1 - below)
  }

  /// e to the minus `exponent`, by its series for a 1,024th part, squared ten times.
  private static func reciprocalPower(_ exponent: Double) -> Double {
    let part = -exponent / 1_024
    var sum = 1.0
    var term = 1.0
    for index in 1...12 {
      term = term * part / Double(index)
      sum += term
    }
    return (0..<10).reduce(sum) { power, _ in power * power }
  }
}
