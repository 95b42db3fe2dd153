/// An element's name as a number, in whatever letters it stands, and what HTML makes of it.
struct HTMLTag: Hashable, Sendable {
  struct Traits: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    /// Any element that HTML knows.
    static let known = Traits(rawValue: 1)
    static let void = Traits(rawValue: 2)
    static let dropped = Traits(rawValue: 4)
    static let block = Traits(rawValue: 8)
    static let line = Traits(rawValue: 16)
  }

  static let pre = HTMLTag("pre")
  static let a = HTMLTag("a")
  static let q = HTMLTag("q")
  static let td = HTMLTag("td")
  static let th = HTMLTag("th")

  private let key: UInt64
  let traits: Traits

  /// The element whose name is `bytes[range]`.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    key = Self.key(bytes[range])
    traits = Self.traits[key] ?? []
  }

  private init(_ name: String) {
    key = Self.key(name.utf8)
    traits = Self.traits[key] ?? []
  }

  static func == (a: HTMLTag, b: HTMLTag) -> Bool { a.key == b.key }

  func hash(into hasher: inout Hasher) { hasher.combine(key) }

  /// FNV-1a over the letters in lower case: no two names of HTML have the same.
  private static func key(_ name: some Sequence<UInt8>) -> UInt64 {
    var key: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name {
      let small = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
      key = (key ^ UInt64(small)) &* 0x100_0000_01B3
    }
    return key
  }

  private static let traits: [UInt64: Traits] = {
    let lists: [(Set<String>, Traits)] = [
      (HTMLNames.known, .known), (HTMLNames.void, .void), (HTMLNames.dropped, .dropped),
      (HTMLNames.blocks, .block), (HTMLNames.lines, .line),
    ]
    var traits: [UInt64: Traits] = [:]
    for (names, trait) in lists {
      for name in names { traits[key(name.utf8), default: []].insert(trait) }
    }
    return traits
  }()
}
