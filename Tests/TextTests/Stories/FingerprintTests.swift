import Testing

@testable import Text

@Suite("A fingerprint") struct FingerprintTests {
  /// Words that stand for a text: those numbered `range`.
  private static func text(_ range: Range<Int>) -> String {
    range.map { "kata\($0)" }.joined(separator: " ")
  }

  private static func print(_ range: Range<Int>) -> Fingerprint {
    Fingerprint(Words(text(range)))
  }

  @Test func `holds a shingle of four words for each place, each once`() {
    #expect(Self.print(0..<10).count == 7)
    #expect(Self.print(0..<3).count == 0)
    #expect(Fingerprint(Words("a b c d a b c d a b c d")).count == 4)
  }

  @Test func `takes eight characters of a script without spaces`() {
    #expect(Fingerprint(Words("普京访问北京会见")).count == 1)
    #expect(Fingerprint(Words("普京访问北京会")).count == 0)
  }

  @Test func `says what is shared exactly where both are kept whole`() {
    // 97 shingles each; those that begin at 50 to 96 are in both.
    let likeness = Self.print(0..<100).likeness(to: Self.print(50..<150))
    #expect(likeness.jaccard == 47.0 / 147)
    #expect(likeness.containment == 47.0 / 97)
    #expect(likeness.shorter == 97)
  }

  @Test func `estimates what is shared of long texts`() {
    let long = Self.print(0..<4_000)
    #expect(long.shingles.count == 1_000)
    #expect(long.count == 3_997)
    // 60 of 100 in one order of hashes are a sample, so the estimate is near, not exact.
    let likeness = long.likeness(to: Self.print(0..<2_400))
    #expect(abs(likeness.jaccard - 0.6) < 0.05)
    #expect(likeness.containment > 0.99)
  }

  @Test(arguments: [
    (0..<100, 0..<60, true),  // cut to 60 %
    (0..<100, 30..<130, true),  // a third other words
    (0..<100, 60..<160, false),  // less than a third shared
    (0..<400, 100..<170, true),  // a long quotation, whole: 67 shingles
    (0..<400, 100..<150, false),  // 47 shingles are too few to say so
    (0..<100, 200..<300, false),
  ])
  func `tells copies`(one: Range<Int>, two: Range<Int>, isCopy: Bool) {
    #expect(Self.print(one).likeness(to: Self.print(two)).isCopy == isCopy)
    #expect(Self.print(two).likeness(to: Self.print(one)).isCopy == isCopy)
  }

  @Test func `of nothing is like nothing`() {
    let nothing = Fingerprint(Words(""))
    let likeness = nothing.likeness(to: nothing)
    #expect(likeness.jaccard == 0)
    #expect(!likeness.isCopy)
    #expect(MinHash.bands(of: nothing).isEmpty)
  }
}
