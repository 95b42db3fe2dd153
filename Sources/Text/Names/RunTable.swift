/// Hashes of runs of words, and of the beginnings of runs, with what is filed under them.
///
/// Open addressing; 64 bits of hash are taken for the run itself, for no two of a million are alike.
struct RunTable: Sendable {
  private struct Slot {
    /// 0 is free.
    var hash: UInt64 = 0
    /// What is filed, from 1.
    var head: UInt32 = 0
    var goesOn = false
  }

  private var slots: [Slot] = Array(repeating: Slot(), count: 1 << 12)
  private var count = 0

  /// What is filed under a run, and whether a longer run begins with it; nil where neither.
  func find(_ hash: UInt64) -> (head: Int?, goesOn: Bool)? {
    let slot = slots[place(of: hash)]
    guard slot.hash != 0 else { return nil }
    return (slot.head == 0 ? nil : Int(slot.head) - 1, slot.goesOn)
  }

  func head(of hash: UInt64) -> Int? { find(hash)?.head }

  mutating func setHead(of hash: UInt64, to head: Int) {
    slots[made(hash)].head = UInt32(head + 1)
  }

  mutating func markBeginning(_ hash: UInt64) {
    slots[made(hash)].goesOn = true
  }

  private mutating func made(_ hash: UInt64) -> Int {
    if count * 2 >= slots.count { grow() }
    let index = place(of: hash)
    if slots[index].hash == 0 {
      count += 1
      slots[index].hash = Self.filed(hash)
    }
    return index
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    for slot in old where slot.hash != 0 { slots[place(of: slot.hash)] = slot }
  }

  /// The slot of a hash, or the free one that it would take.
  private func place(of hash: UInt64) -> Int {
    let hash = Self.filed(hash)
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index].hash != 0, slots[index].hash != hash { index = (index + 1) & mask }
    return index
  }

  private static func filed(_ hash: UInt64) -> UInt64 { hash == 0 ? 1 : hash }
}
