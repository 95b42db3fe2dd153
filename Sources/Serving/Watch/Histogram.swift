/// How often values fell below each of some bounds.
public struct Histogram: Hashable, Sendable {
  /// Upper bounds, ascending; above the last one there is no bound.
  public let bounds: [Double]
  /// By bound, each value in the first that holds it; one more for those above all.
  private(set) var counts: [UInt64]
  private(set) var sum = 0.0

  public init(_ bounds: [Double]) {
    self.bounds = bounds
    counts = Array(repeating: 0, count: bounds.count + 1)
  }

  public mutating func observe(_ value: Double) {
    counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
    sum += value
  }
}
