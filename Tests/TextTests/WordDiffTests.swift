import Support
import Testing
import Text

@Suite("A word diff") struct WordDiffTests {
  func hunks(_ old: String, _ new: String) -> [String] {
    let (a, b) = (Words(old), Words(new))
    return WordDiff(a.words.map(\.hash), b.words.map(\.hash)).hunks.map { hunk in
      a.words[hunk.old].map(a.text).joined(separator: " ") + ">"
        + b.words[hunk.new].map(b.text).joined(separator: " ")
    }
  }

  @Test(
    arguments: [
      ("", "", []), ("a b", "a b", []), ("A, b", "a: B!", []), ("", "a b", [">a b"]),
      ("a b", "", ["a b>"]), ("a b c", "a x c", ["b>x"]), ("a b c d", "a c d", ["b>"]),
      ("a c", "a b c", [">b"]), ("a b", "c d", ["a b>c d"]), ("a b c", "c b a", nil),
      ("12 orang tewas di Palu", "21 orang tewas di kota Palu", ["12>21", ">kota"]),
      ("a b c a b b a", "c b a b a c", nil),
    ] as [(String, String, [String]?)])
  func `names what differs`(old: String, new: String, expected: [String]?) {
    if let expected { #expect(hunks(old, new) == expected) }
    let (a, b) = (Words(old).words.map(\.hash), Words(new).words.map(\.hash))
    #expect(Self.patched(a, b, WordDiff(a, b).hunks) == b)
  }

  /// The new words, made of the old ones and the hunks; nil where what is between the hunks differs.
  static func patched(_ old: [UInt64], _ new: [UInt64], _ hunks: [WordDiff.Hunk]) -> [UInt64]? {
    var result: [UInt64] = []
    var (oldPlace, newPlace) = (0, 0)
    for hunk in hunks {
      guard hunk.old.lowerBound - oldPlace == hunk.new.lowerBound - newPlace else { return nil }
      result += old[oldPlace..<hunk.old.lowerBound] + new[hunk.new]
      (oldPlace, newPlace) = (hunk.old.upperBound, hunk.new.upperBound)
    }
    return result + old[oldPlace...]
  }

  /// The least number of words to take out and put in, by the table that everybody knows.
  static func distance(_ old: [UInt64], _ new: [UInt64]) -> Int {
    var row = Array(0...new.count)
    for (index, word) in old.enumerated() {
      var next = [index + 1]
      for (place, other) in new.enumerated() {
        next.append(word == other ? row[place] : min(row[place + 1], next[place]) + 1)
      }
      row = next
    }
    return row[new.count]
  }

  @Test(arguments: 0..<40) func `is the shortest there is`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let letters = UInt64.random(in: 1...6, using: &random)
      let (old, new) = (
        (0..<Int.random(in: 0...30, using: &random)).map { _ in
          UInt64.random(in: 0...letters, using: &random)
        },
        (0..<Int.random(in: 0...30, using: &random)).map { _ in
          UInt64.random(in: 0...letters, using: &random)
        }
      )
      let diff = WordDiff(old, new)
      let size = diff.hunks.reduce(0) { $0 + $1.old.count + $1.new.count }
      #expect(Self.patched(old, new, diff.hunks) == new, "seed \(seed)")
      #expect(size == Self.distance(old, new), "seed \(seed): \(old) \(new)")
      for (first, second) in zip(diff.hunks, diff.hunks.dropFirst()) {
        #expect(first.old.upperBound < second.old.lowerBound)
      }
    }
  }

  @Test func `is bounded, and then true all the same`() {
    var random = SeededGenerator(seed: 7)
    let old = (0..<3_000).map { _ in UInt64.random(in: 0...50, using: &random) }
    let new = (0..<3_000).map { _ in UInt64.random(in: 0...50, using: &random) }
    for bound in [0, 1, 10, 100] {
      let diff = WordDiff([1] + old + [2], [1] + new + [2], bound: bound)
      #expect(Self.patched([1] + old + [2], [1] + new + [2], diff.hunks) == [1] + new + [2])
      #expect(diff.hunks.first?.old.lowerBound ?? 0 >= 1)
    }
  }

  @Test func `finds a paragraph that came into a long text`() {
    let old = (0..<60_000).map { UInt64($0) }
    let new = Array(old[..<20_000]) + (0..<3_000).map { 900_000 + UInt64($0) } + old[20_000...]
    #expect(WordDiff(old, new).hunks == [.init(old: 20_000..<20_000, new: 20_000..<23_000)])
  }
}
