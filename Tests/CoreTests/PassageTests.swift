import Testing

@testable import Core

@Suite("A passage") struct PassageTests {
  static func text(_ passage: Passage) -> String {
    passage.pieces.map { $0.isMarked ? "[\($0.text)]" : $0.text }.joined()
  }

  @Test(
    arguments: [
      ([], "Gempa di Palu"), ([0..<5], "[Gempa] di Palu"), ([9..<13, 0..<5], "[Gempa] di [Palu]"),
      // One within another, one outside, and one that is empty.
      ([0..<8, 2..<5, 9..<99, 4..<4], "[Gempa di] Palu"), ([-1..<3], "Gempa di Palu"),
    ] as [([Range<Int>], String)])
  func `marks what lies in the text, and nothing twice`(spans: [Range<Int>], text: String) {
    #expect(Self.text(Passage("Gempa di Palu", marking: spans)) == text)
  }

  @Test(
    arguments: [
      ([10..<12], "… 6789[ab]cdef …"), ([0..<1], "[0]1234 …"), ([25..<26], "… lmno[p]"),
      // Two whose surroundings meet are one.
      ([10..<11, 16..<17], "… 6789[a]bcdef[g]hijk …"),
      ([0..<1, 25..<26], "[0]1234… lmno[p]"), ([], "0123 …"),
    ] as [([Range<Int>], String)])
  func `in short shows what stands around its marks`(spans: [Range<Int>], text: String) {
    let passage = Passage(
      excerptOf: "0123456789abcdefghijklmnop", marking: spans, margin: 4)
    #expect(Self.text(passage) == text)
  }

  @Test func `counts characters of any script as they are counted where they were found`() {
    #expect(Self.text(Passage("e\u{301} 地震 x", marking: [3..<5])) == "e\u{301} [地震] x")
  }
}
