/// The word that somebody probably meant.
public enum Suggestion {
  /// The known word nearest to `word`, if one is near enough to be worth a question.
  ///
  /// Near is at most a third of the letters, by edit distance with swaps (Damerau 1964).
  public static func nearest(to word: String, in known: some Sequence<String>) -> String? {
    let wanted = Array(word.lowercased().unicodeScalars)
    let ranked = known.map { ($0, distance(wanted, Array($0.lowercased().unicodeScalars))) }
    guard let best = ranked.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) else { return nil }
    return best.1 <= max(1, wanted.count / 3) ? best.0 : nil
  }

  /// What to do about an unknown word: `did you mean X`, or what there is to choose from.
  public static func fix(for word: String, in known: [String]) -> String {
    if let near = nearest(to: word, in: known) { return "did you mean \(near)" }
    let listed = known.sorted().prefix(20).joined(separator: ", ")
    return listed.isEmpty ? "remove it" : "known are \(listed)"
  }

  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        row.append(cost)
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }
}
