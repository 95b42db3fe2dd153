import Testing

@testable import Text

@Suite("A MinHash") struct MinHashTests {
  @Test func `shares a band between copies and none between strangers`() {
    func bands(_ range: Range<Int>) -> Set<UInt64> {
      let text = range.map { "kata\($0)" }.joined(separator: " ")
      return Set(MinHash.bands(of: Fingerprint(Words(text))))
    }
    #expect(bands(0..<200).count == 32)
    #expect(bands(0..<200) == bands(0..<200))
    #expect(!bands(0..<200).isDisjoint(with: bands(0..<120)))
    #expect(!bands(0..<200).isDisjoint(with: bands(50..<250)))
    #expect(bands(0..<200).isDisjoint(with: bands(1_000..<1_200)))
  }

  /// What is kept in views must mean the same in every process and version.
  @Test func `is the same for ever`() {
    let bands = MinHash.bands(of: Fingerprint(Words("satu dua tiga empat lima")))
    #expect(bands.first == 3_042_051_377_767_701_374)
    #expect(bands.last == 4_135_312_156_382_570_500)
  }
}
