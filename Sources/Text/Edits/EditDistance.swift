/// How far two words are apart.
public enum EditDistance {
  /// Whether at most two letters were put in, taken out or replaced.
  public static func isAtMostTwo(_ a: String, _ b: String) -> Bool {
    let (first, second) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
    guard abs(first.count - second.count) <= 2, max(first.count, second.count) <= 100 else {
      return false
    }
    var row = Array(0...second.count)
    for (index, letter) in first.enumerated() {
      var next = [index + 1]
      for (place, other) in second.enumerated() {
        next.append(letter == other ? row[place] : min(row[place], row[place + 1], next[place]) + 1)
      }
      row = next
    }
    return row[second.count] <= 2
  }
}
