/// What the tagger sees of a token, as rows of its table of weights.
///
/// Every feature is a number mixed of its own constant and of hashes that a token brings along; no text
/// is made. The rows of a token are always as many, so a sentence is one flat list.
struct TagFeatures {
  /// Enters the model file: features that mean something else make another model.
  static let version: UInt16 = 1
  /// Rows of a token.
  static let count = 54

  private let bits: Int
  private let seed: UInt64

  init(bits: Int, seed: UInt64) {
    (self.bits, self.seed) = (bits, seed)
  }

  /// The rows of the tokens in `range`, ``count`` for each.
  func rows(of range: Range<Int>, in text: MarkedNames) -> [UInt32] {
    var rows: [UInt32] = []
    rows.reserveCapacity(range.count * Self.count)
    let glances = range.map { text.glance($0) }
    for index in glances.indices { append(index, of: glances, to: &rows) }
    return rows
  }

  private func append(_ i: Int, of all: [Glance], to rows: inout [UInt32]) {
    func at(_ offset: Int) -> Glance {
      let place = i + offset
      if place < 0 { return .before }
      return place < all.count ? all[place] : .behind
    }
    let (b, a, t, c, d) = (at(-2), at(-1), at(0), at(1), at(2))
    var number: UInt64 = 0
    func add(_ value: UInt64) {
      number += 1
      rows.append(row(number, value))
    }
    func pair(_ x: UInt64, _ y: UInt64) -> UInt64 { WordHash.pair(x, y) }
    let style = UInt64(t.style)
    add(0)
    add(t.word)
    add(t.shape)
    for part in t.prefixes { add(part) }
    for part in t.suffixes { add(part) }
    add(b.word)
    add(a.word)
    add(c.word)
    add(d.word)
    add(a.shape)
    add(c.shape)
    add(a.suffixes[2])
    add(c.suffixes[2])
    add(pair(a.word, t.word))
    add(pair(t.word, c.word))
    add(pair(pair(a.shape, t.shape), c.shape))
    add(pair(a.word, t.shape))
    add(pair(c.word, t.shape))
    add(t.first)
    add(pair(t.first, t.shape))
    // What lists say.
    add(t.mark)
    add(a.mark)
    add(c.mark)
    add(pair(t.mark, t.shape))
    add(pair(pair(a.mark, t.mark), c.mark))
    add(t.roles)
    add(a.roles)
    add(b.roles)
    add(c.roles)
    add(at(-3).roles)
    add(pair(a.roles, t.shape))
    add(pair(t.roles, t.shape))
    add(pair(pair(a.roles, t.roles), c.roles))
    add(pair(t.people, t.shape))
    add(pair(a.people, t.people))
    add(pair(t.people, c.people))
    add(pair(t.commonness, t.shape))
    add(pair(pair(t.commonness, t.first), t.shape))
    // How the sentence is written.
    add(pair(style, t.shape))
    add(pair(style, t.mark))
    add(pair(pair(style, t.people), t.commonness))
    add(pair(a.previousWord, t.shape))
    add(pair(c.nextWord, t.shape))
    add(pair(pair(b.word, a.word), t.shape))
    add(pair(t.mark, a.word))
    add(pair(t.mark, c.word))
    add(pair(t.head, t.shape))
    add(pair(t.head, t.mark))
  }

  private func row(_ number: UInt64, _ value: UInt64) -> UInt32 {
    let mixed = WordHash.pair(WordHash.pair(seed, number), value)
    // The high bits: those are mixed best.
    return UInt32(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - bits))
  }
}

/// One token as features see it.
struct Glance {
  var word: UInt64
  var shape: UInt64
  var prefixes: [UInt64]
  var suffixes: [UInt64]
  var first: UInt64
  /// What the gazetteer says.
  var mark: UInt64
  /// Titles, heads, prepositions.
  var roles: UInt64
  /// Given and family names.
  var people: UInt64
  var commonness: UInt64
  var style: UInt8
  /// The word before it, where it is a mark; and the one behind it.
  var previousWord: UInt64
  var nextWord: UInt64
  /// The nearest head of an organisation or place before it, within four tokens that go on with it.
  var head: UInt64

  static let before = edge(1)
  static let behind = edge(2)

  private static func edge(_ value: UInt64) -> Glance {
    Glance(
      word: value, shape: 0, prefixes: [0, 0, 0, 0], suffixes: [0, 0, 0, 0], first: 0, mark: 0,
      roles: 0, people: 0, commonness: 0, style: 0, previousWord: 0, nextWord: 0, head: 0)
  }
}
