import Testing

@testable import Fetching

@Suite("A body's hash") struct BodyHashTests {
  @Test(arguments: 0...33) func `changes with every bit, and with the length`(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    var seen: Set = [BodyHash.hash(bytes), BodyHash.hash(bytes + [0])]
    for bit in 0..<count * 8 {
      var other = bytes
      other[bit / 8] ^= 1 << UInt8(bit % 8)
      seen.insert(BodyHash.hash(other))
    }
    #expect(seen.count == count * 8 + 2)
  }

  /// What is stored outlives the program: another hash would cost a fetch in full of every feed.
  @Test func `is the same in every run`() {
    #expect(BodyHash.hash([]) == 0xddd5_c276_1828_37ce)
    #expect(BodyHash.hash(Array("<rss version=\"2.0\"/>".utf8)) == 0xbec9_bb80_fb17_368f)
  }
}
