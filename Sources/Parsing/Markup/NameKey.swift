/// A name as one number, the same for all its ways of upper and lower case.
///
/// Up to eight bytes are the number itself; of a longer name the first and the last eight and the length
/// count, which tells all names apart that feeds have.
struct NameKey: Hashable {
  let value: UInt64

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    let head = Self.word(bytes, range.lowerBound, min(8, range.count))
    guard range.count > 8 else {
      value = head
      return
    }
    let tail = Self.word(bytes, range.upperBound - 8, 8)
    value = head ^ (tail &* 0x9E37_79B9_7F4A_7C15 | 1) ^ UInt64(range.count) << 56
  }

  init(_ name: String) {
    let bytes = Array(name.utf8)
    self.init(bytes, bytes.indices)
  }

  /// Eight bytes or fewer, with the bit set that makes capital letters small.
  private static func word(_ bytes: [UInt8], _ start: Int, _ count: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<count { word = word << 8 | UInt64(bytes[start + index]) }
    return word | (word & 0x4040_4040_4040_4040) >> 1
  }
}

extension NameKey {
  static let empty = NameKey("")
  static let xmlns = NameKey("xmlns")
  static let xml = NameKey("xml")
  static let base = NameKey("base")
  static let lang = NameKey("lang")
}

/// What names mean, found by their keys: open addressing, since hashing them again would cost more.
struct NameTable<Meaning: Sendable>: Sendable {
  private var slots: [(key: UInt64, meaning: Meaning?)]

  /// For at most 128 names.
  init(_ meanings: [(name: String, meaning: Meaning)]) {
    precondition(meanings.count <= 128, "a table of names is half empty")
    slots = Array(repeating: (0, nil), count: 256)
    for (name, meaning) in meanings {
      let key = NameKey(name).value
      var slot = Self.slot(key)
      while slots[slot].meaning != nil { slot = (slot + 1) & 255 }
      slots[slot] = (key, meaning)
    }
  }

  subscript(key: NameKey) -> Meaning? {
    var slot = Self.slot(key.value)
    while let meaning = slots[slot].meaning {
      if slots[slot].key == key.value { return meaning }
      slot = (slot + 1) & 255
    }
    return nil
  }

  private static func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 56)
  }
}
