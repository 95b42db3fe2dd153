/// The spans of two clauses that have one of the other near them.
///
/// Each span is held against the nearest of the other side before it and behind it: if those are too
/// far, so are all. A text of one word repeated costs no square, and every span that is near is told.
struct NearSearch {
  private(set) var spans: [Span] = []

  /// `isNear` says whether its first span, of the left side, and its second are as near as asked.
  init(_ left: [Span], _ right: [Span], isNear: (Span, Span) -> Bool) {
    let (rightSide, leftSide) = (Side(right), Side(left))
    var told: Set<Span> = []
    for span in leftSide.byStart {
      let pairs = rightSide.nearest(span).filter { isNear(span, $0) }
      guard !pairs.isEmpty else { continue }
      for found in [span] + pairs where told.insert(found).inserted { spans.append(found) }
    }
    for span in rightSide.byStart where leftSide.nearest(span).contains(where: { isNear($0, span) })
    {
      if told.insert(span).inserted { spans.append(span) }
    }
  }

  /// The spans of one clause, in both orders.
  private struct Side {
    let byStart: [Span]
    let byEnd: [Span]

    init(_ spans: [Span]) {
      byStart = spans.sorted {
        ($0.field, $0.words.lowerBound, $0.words.count)
          < ($1.field, $1.words.lowerBound, $1.words.count)
      }
      byEnd = spans.sorted {
        ($0.field, $0.words.upperBound, -$0.words.count)
          < ($1.field, $1.words.upperBound, -$1.words.count)
      }
    }

    /// The span that ends nearest before `span` begins, and the one that begins nearest behind it.
    func nearest(_ span: Span) -> [Span] {
      let before = Self.first(byEnd) {
        ($0.field, $0.words.upperBound) > (span.field, span.words.lowerBound)
      }
      let behind = Self.first(byStart) {
        ($0.field, $0.words.lowerBound) >= (span.field, span.words.upperBound)
      }
      return (before > 0 ? [byEnd[before - 1]] : [])
        + (behind < byStart.count ? [byStart[behind]] : [])
    }

    /// The first index at which `holds`, which holds for all that follow.
    private static func first(_ spans: [Span], where holds: (Span) -> Bool) -> Int {
      var (low, high) = (0, spans.count)
      while low < high {
        let middle = (low + high) / 2
        if holds(spans[middle]) { high = middle } else { low = middle + 1 }
      }
      return low
    }
  }
}
