/// What stands in quotation marks.
public enum Quotes {
  /// The quotes of at least `least` words, as ranges of words, in order.
  public static func of(_ text: ComparedText, least: Int = 4) -> [Range<Int>] {
    spans(text.scalars).compactMap { span in
      let words = text.words.words
      let first = words.partitioningIndex { $0.start >= span.lowerBound }
      let end = words.partitioningIndex { $0.start >= span.upperBound }
      return end - first >= least ? first..<end : nil
    }
  }

  /// Where quotes are; one that is not closed in its paragraph is none.
  private static func spans(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var open: (start: Int, ends: [Unicode.Scalar])?
    for (index, scalar) in scalars.enumerated() {
      if scalar == "\n" {
        open = nil
      } else if let quote = open, quote.ends.contains(scalar) {
        spans.append(quote.start..<index)
        open = nil
      } else if open == nil, let ends = marks[scalar] {
        open = (index + 1, ends)
      }
    }
    return spans
  }

  /// What opens a quote, and what may close it.
  private static let marks: [Unicode.Scalar: [Unicode.Scalar]] = [
    "\"": ["\""], "“": ["”"], "„": ["“", "”"], "«": ["»"], "»": ["«"], "「": ["」"], "『": ["』"],
  ]
}

extension Array {
  /// The first index whose element, and all after it, are in the second part.
  fileprivate func partitioningIndex(where isSecond: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
