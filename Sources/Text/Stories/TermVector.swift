/// Terms with weights: what a text is about, as a direction.
///
/// Kept as two lists in ascending order of the terms, so that two are multiplied in one walk and sums
/// come out the same wherever they are made.
public struct TermVector: Hashable, Sendable {
  /// Terms that are kept, the heaviest.
  public static let limit = 100

  /// Hashes of terms, ascending and distinct.
  public private(set) var terms: [UInt64] = []
  public private(set) var weights: [Float] = []

  public init() {}

  /// The heaviest of `weighted`, of length 1; its terms are distinct.
  public init(_ weighted: [(term: UInt64, weight: Float)]) {
    keep(weighted)
    scale(to: 1)
  }

  /// Of what was kept of one.
  public init(terms: [UInt64], weights: [Float]) {
    (self.terms, self.weights) = (terms, weights)
  }

  public var isEmpty: Bool { terms.isEmpty }

  public var length: Float { weights.reduce(0) { $0 + $1 * $1 }.squareRoot() }

  /// The cosine of the angle between two: 1 for one direction, 0 where they share nothing.
  public func cosine(_ other: TermVector) -> Float {
    var (sum, a, b) = (Float(0), 0, 0)
    while a < terms.count, b < other.terms.count {
      let (left, right) = (terms[a], other.terms[b])
      if left == right { sum += weights[a] * other.weights[b] }
      if left <= right { a += 1 }
      if right <= left { b += 1 }
    }
    guard sum > 0 else { return 0 }
    return sum / (length * other.length)
  }

  /// Adds another one; the heaviest terms of the sum stay.
  public mutating func add(_ other: TermVector) {
    var sum: [(term: UInt64, weight: Float)] = []
    sum.reserveCapacity(terms.count + other.terms.count)
    var (a, b) = (0, 0)
    while a < terms.count || b < other.terms.count {
      let left = a < terms.count ? terms[a] : .max
      let right = b < other.terms.count ? other.terms[b] : .max
      let next = min(left, right)
      var weight = Float(0)
      if left == next, a < terms.count { (weight, a) = (weight + weights[a], a + 1) }
      if right == next, b < other.terms.count { (weight, b) = (weight + other.weights[b], b + 1) }
      sum.append((next, weight))
    }
    keep(sum)
  }

  /// The terms of the greatest weight, heaviest first.
  public func heaviest(_ count: Int) -> [(term: UInt64, weight: Float)] {
    let all = zip(terms, weights).map { (term: $0, weight: $1) }
    return Array(all.sorted(by: Self.isHeavier).prefix(count))
  }

  private mutating func keep(_ weighted: [(term: UInt64, weight: Float)]) {
    var kept = weighted
    if kept.count > Self.limit {
      kept.sort(by: Self.isHeavier)
      kept.removeLast(kept.count - Self.limit)
    }
    kept.sort { $0.term < $1.term }
    (terms, weights) = (kept.map(\.term), kept.map(\.weight))
  }

  private mutating func scale(to length: Float) {
    let factor = self.length
    guard factor > 0 else { return }
    for place in weights.indices { weights[place] *= length / factor }
  }

  /// Of equal weights the term decides, so that the same ones stay everywhere.
  private static func isHeavier(
    _ a: (term: UInt64, weight: Float), _ b: (term: UInt64, weight: Float)
  ) -> Bool {
    (b.weight, a.term) < (a.weight, b.term)
  }
}
