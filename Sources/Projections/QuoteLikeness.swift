/// How many words a quote has in common with each of others, all of which are looked at at once.
struct QuoteLikeness {
  /// For each word, in which of the quotes it stands.
  private var quotes: [UInt64: [Int]] = [:]
  private let count: Int

  /// Takes quotes as the hashes of their words.
  init(_ quotes: [[UInt64]]) {
    count = quotes.count
    for (index, words) in quotes.enumerated() {
      for word in words where self.quotes[word]?.last != index {
        self.quotes[word, default: []].append(index)
      }
    }
  }

  /// The words of `quote` that stand in one of the others, of the one that has most of them.
  func most(_ quote: [UInt64]) -> Int {
    var counts = [Int](repeating: 0, count: count)
    for word in quote {
      for index in quotes[word] ?? [] { counts[index] += 1 }
    }
    return counts.max() ?? 0
  }
}
