/// Words that stand beside names or in them, by what they do there.
///
/// Those of a closed kind are written down here; common words and names of people are many and come as
/// lists, one word a line with tabs between role, word and source: `given	ahmad	own`.
public struct NameWords: Sendable {
  /// Bytes of the lists; more is refused.
  static let limit = 4 << 20

  private var slots: [Slot]
  private var count = 0

  private struct Slot {
    var hash: UInt64 = 0
    var roles: UInt16 = 0
  }

  /// The words that are written down here, and no lists.
  public static let closed = NameWords(listing: [])

  /// The words of the lists too; lines that begin with # and roles that are unknown are passed over.
  public init(listing bytes: [UInt8]) {
    slots = Array(repeating: Slot(), count: 1 << 10)
    for (role, text) in ClosedWords.all {
      for word in Words(text).words { add(role, word.hash) }
    }
    guard !bytes.isEmpty, bytes.count <= Self.limit else { return }
    for line in bytes.split(separator: 0x0A) { take(line) }
  }

  /// What a word does; nothing where it is in no list.
  func roles(of hash: UInt64) -> WordRole { WordRole(rawValue: slots[place(of: hash)].roles) }

  func holds(_ hash: UInt64, _ role: WordRole) -> Bool { roles(of: hash).contains(role) }

  // MARK: Filling

  private mutating func take(_ line: ArraySlice<UInt8>) {
    guard line.first != UInt8(ascii: "#"), let tab = line.firstIndex(of: 0x09),
      let role = Self.listed[String(decoding: line[..<tab], as: UTF8.self)]
    else { return }
    let word = line[(tab + 1)...].prefix { $0 != 0x09 }
    let words = Words(String(decoding: word, as: UTF8.self)).words
    guard words.count == 1, let word = words.first else { return }
    add(role, word.hash)
  }

  private static let listed: [String: WordRole] = [
    "common": .common, "given": .given, "family": .family,
  ]

  private mutating func add(_ role: WordRole, _ hash: UInt64) {
    if count * 2 >= slots.count { grow() }
    let index = place(of: hash)
    if slots[index].roles == 0 { count += 1 }
    slots[index].hash = hash
    slots[index].roles |= role.rawValue
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    for slot in old where slot.roles != 0 { slots[place(of: slot.hash)] = slot }
  }

  /// The slot of a word, or the free one that it would take.
  private func place(of hash: UInt64) -> Int {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index].roles != 0, slots[index].hash != hash { index = (index + 1) & mask }
    return index
  }
}
