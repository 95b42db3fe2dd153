/// From the hash that keywords are filed under to the first of them: open addressing, half full at most.
struct KeywordSlots: Sendable {
  /// The high half of a hash, then the number of the keyword, from 1; 0 is free.
  private var slots: [UInt64]
  private let mask: UInt64

  init(for count: Int) {
    let bits = Int.bitWidth - max(count, 8).leadingZeroBitCount + 1
    slots = Array(repeating: 0, count: 1 << bits)
    mask = UInt64(slots.count - 1)
  }

  /// The keyword last filed under `hash`; ``Keyword/none`` if there is none.
  func head(of hash: UInt64) -> UInt32 {
    let slot = slots[find(hash)]
    return slot == 0 ? Keyword.none : UInt32(truncatingIfNeeded: slot) - 1
  }

  /// Files `keyword` before those under the same hash.
  mutating func setHead(of hash: UInt64, to keyword: UInt32) {
    slots[find(hash)] = (hash >> 32) << 32 | UInt64(keyword + 1)
  }

  /// Two hashes of one high half share a slot; comparing the bytes tells their keywords apart.
  private func find(_ hash: UInt64) -> Int {
    var index = hash & mask
    while case let slot = slots[Int(index)], slot != 0, slot >> 32 != hash >> 32 {
      index = (index + 1) & mask
    }
    return Int(index)
  }
}
