/// How many names were found as they are: exact places and kinds.
public struct NameScore: Hashable, Sendable {
  /// Of one kind.
  public struct Count: Hashable, Sendable {
    public var right = 0
    public var found = 0
    public var wanted = 0

    public init() {}

    /// Of 100; 0 where nothing was found.
    public var precision: Double { found == 0 ? 0 : 100 * Double(right) / Double(found) }
    public var recall: Double { wanted == 0 ? 0 : 100 * Double(right) / Double(wanted) }
    /// Their harmonic mean.
    public var f: Double {
      found + wanted == 0 ? 0 : 200 * Double(right) / Double(found + wanted)
    }
  }

  public private(set) var counts: [NameKind: Count] = [:]
  /// Places alone, whatever the kind.
  public private(set) var untyped = Count()

  public init() {}

  /// Takes what was found in a text in which `wanted` stands.
  public mutating func add(found: Set<LabelledSentence.Span>, wanted: Set<LabelledSentence.Span>) {
    for span in found { counts[span.kind, default: Count()].found += 1 }
    for span in wanted { counts[span.kind, default: Count()].wanted += 1 }
    for span in found where wanted.contains(span) {
      counts[span.kind, default: Count()].right += 1
    }
    let places = Set(wanted.map { [$0.start, $0.end] })
    untyped.found += found.count
    untyped.wanted += wanted.count
    untyped.right += Set(found.map { [$0.start, $0.end] }).intersection(places).count
  }

  public var all: Count {
    counts.values.reduce(into: Count()) { sum, count in
      sum.right += count.right
      sum.found += count.found
      sum.wanted += count.wanted
    }
  }
}
