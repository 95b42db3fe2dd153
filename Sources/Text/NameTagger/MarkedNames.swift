/// The tokens of a text with what lists say of each: what the tagger looks at.
struct MarkedNames {
  let text: NameText
  private(set) var marks: [UInt64]
  private(set) var roles: [WordRole]

  /// `hits` are the runs of words that a gazetteer knows.
  init(_ text: NameText, _ words: NameWords, _ gazetteer: Gazetteer, hits: [Gazetteer.Hit]) {
    self.text = text
    marks = Array(repeating: 0, count: text.tokens.count)
    roles = text.tokens.map { $0.word == nil ? [] : words.roles(of: $0.hash) }
    mark(hits, gazetteer)
  }

  /// Marks the longest runs, from the left.
  private mutating func mark(_ hits: [Gazetteer.Hit], _ gazetteer: Gazetteer) {
    var end = 0
    var next = 0
    while next < hits.count {
      var best = hits[next]
      next += 1
      while next < hits.count, hits[next].words.lowerBound == best.words.lowerBound {
        best = hits[next]
        next += 1
      }
      guard best.words.lowerBound >= end else { continue }
      let kinds = kinds(of: best, gazetteer)
      guard kinds != 0 else { continue }
      end = best.words.upperBound
      put(kinds, best.words)
    }
  }

  private mutating func put(_ kinds: UInt64, _ words: Range<Int>) {
    let first = text.tokenOfWord[words.lowerBound]
    let last = text.tokenOfWord[words.upperBound - 1]
    let many: UInt64 = words.count > 1 ? 32 : 0
    for token in first...last {
      marks[token] = kinds | many | (token == first ? 0 : 16)
    }
  }

  /// The kinds of what is written so, in bits, and whether it is small.
  private func kinds(of hit: Gazetteer.Hit, _ gazetteer: Gazetteer) -> UInt64 {
    var kinds: UInt64 = 0
    var isMinor = true
    for alias in gazetteer.aliases(from: hit.alias) {
      if let exact = alias.exact, !stands(exact, hit.words) { continue }
      kinds |= Self.bit(gazetteer.entities[alias.entity].kind)
      if !alias.flags.contains(.minor) { isMinor = false }
    }
    return kinds == 0 ? 0 : kinds | (isMinor ? 8 : 0)
  }

  private func stands(_ exact: [UInt8], _ words: Range<Int>) -> Bool {
    let first = text.words.words[words.lowerBound].bytes.lowerBound
    let last = text.words.words[words.upperBound - 1].bytes.upperBound
    return text.source[first..<last].elementsEqual(exact)
  }

  private static func bit(_ kind: NameKind) -> UInt64 {
    switch kind {
    case .person: 1
    case .organisation: 2
    case .place: 4
    }
  }

  // MARK: Glances

  func glance(_ index: Int) -> Glance {
    let token = text.tokens[index]
    let folded = text.folded(token)
    let roles = roles[index]
    let isMark = token.word == nil
    return Glance(
      word: token.hash, shape: token.shape,
      prefixes: isMark ? [0, 0, 0, 0] : Self.ends(folded, fromStart: true),
      suffixes: isMark ? [0, 0, 0, 0] : Self.ends(folded, fromStart: false),
      first: token.isFirst ? 1 : 2, mark: marks[index],
      roles: UInt64(roles.intersection(Self.beside).rawValue),
      people: UInt64(roles.intersection([.given, .family]).rawValue),
      commonness: roles.contains(.common) ? 1 : 2, style: token.style.rawValue,
      previousWord: isMark && index > 0 ? text.tokens[index - 1].hash : 0,
      nextWord: isMark && index + 1 < text.tokens.count ? text.tokens[index + 1].hash : 0,
      head: head(index))
  }

  private static let beside: WordRole = [
    .title, .office, .speech, .organisationHead, .organisationEnd, .placeHead, .administrative,
    .locative, .particle, .calendar, .adjective,
  ]

  private func head(_ index: Int) -> UInt64 {
    for place in stride(from: index - 1, through: max(0, index - 4), by: -1) {
      let token = text.tokens[place]
      if token.word == nil { return 0 }
      let found = roles[place].intersection([.organisationHead, .placeHead, .title])
      if !found.isEmpty { return UInt64(found.rawValue) << 3 | UInt64(index - place) }
      if token.isFirst { return 0 }
    }
    return 0
  }

  /// Hashes of the first or last one to four characters; 0 beyond its length.
  private static func ends(_ folded: ArraySlice<UInt8>, fromStart: Bool) -> [UInt64] {
    var hashes: [UInt64] = [0, 0, 0, 0]
    var state: UInt64 = 0
    var number = 0
    var place = fromStart ? folded.startIndex : folded.endIndex
    while number < 4, fromStart ? place < folded.endIndex : place > folded.startIndex {
      let start = place
      if fromStart {
        place += 1
        while place < folded.endIndex, folded[place] & 0xC0 == 0x80 { place += 1 }
      } else {
        place -= 1
        while place > folded.startIndex, folded[place] & 0xC0 == 0x80 { place -= 1 }
      }
      for byte in fromStart ? folded[start..<place] : folded[place..<start] {
        state = state &* 0x100_0000_01B3 ^ UInt64(byte) &+ 0x9E37
      }
      hashes[number] = state &* 8 &+ UInt64(number)
      number += 1
    }
    return hashes
  }
}
