/// What a gazetteer knows of a text, as far as the text bears it out.
struct KnownNames {
  /// Tokens around an alias among which its context may stand.
  private static let reach = 30

  let marked: MarkedNames
  let gazetteer: Gazetteer
  let language: String?
  /// Sure by themselves.
  private(set) var sure: [NameCandidate] = []
  /// Believed where something else says so too.
  private(set) var doubtful: [NameCandidate] = []

  init(
    _ marked: MarkedNames, _ gazetteer: Gazetteer, language: String?, hits: [Gazetteer.Hit]
  ) {
    (self.marked, self.gazetteer, self.language) = (marked, gazetteer, language)
    for hit in hits { take(hit) }
    sure = Self.longest(sure)
  }

  private var text: NameText { marked.text }

  private mutating func take(_ hit: Gazetteer.Hit) {
    let first = text.tokenOfWord[hit.words.lowerBound]
    let tokens = first..<text.tokenOfWord[hit.words.upperBound - 1] + 1
    guard isOneName(tokens) else { return }
    var best: (alias: Gazetteer.Alias, isSure: Bool)?
    for alias in gazetteer.aliases(from: hit.alias) where mayStand(alias, tokens) {
      let isSure = isSure(alias, tokens)
      if best == nil || isSure && !(best?.isSure ?? false) { best = (alias, isSure) }
    }
    guard let best else { return }
    let candidate = NameCandidate(
      tokens: tokens, kind: gazetteer.entities[best.alias.entity].kind, evidence: .gazetteer,
      alias: hit.alias)
    if best.isSure { sure.append(candidate) } else { doubtful.append(candidate) }
  }

  /// Whether nothing stands between the words that parts names: a comma, a full stop behind a word.
  private func isOneName(_ tokens: Range<Int>) -> Bool {
    for index in tokens where text.tokens[index].word == nil {
      let hash = text.tokens[index].hash
      if hash == PunctuationMark.hyphen.hash || hash == PunctuationMark.apostrophe.hash { continue }
      if hash == PunctuationMark.stop.hash, index > tokens.lowerBound {
        let before = text.tokens[index - 1]
        if before.end - before.start <= 2 { continue }
      }
      return text.tokens[index].hash == PunctuationMark.middleDot.hash
    }
    return true
  }

  /// Whether flags and capitals allow it.
  private func mayStand(_ alias: Gazetteer.Alias, _ tokens: Range<Int>) -> Bool {
    if alias.flags.contains(.language), alias.language != language { return false }
    if alias.flags.contains(.part) { return false }
    let token = text.tokens[tokens.lowerBound]
    if let exact = alias.exact, token.style != .capitals {
      guard text.text(tokens).elementsEqual(exact) else { return false }
    }
    switch token.style {
    case .plain, .title: return token.letters != .lower
    case .lower, .capitals: return true
    }
  }

  private func isSure(_ alias: Gazetteer.Alias, _ tokens: Range<Int>) -> Bool {
    if alias.flags.contains(.context), !hasContext(alias, tokens) { return false }
    let token = text.tokens[tokens.lowerBound]
    if token.letters == .uncased, alias.exact == nil {
      // Of scripts without capitals: a single character, or two in a longer word, is too little.
      return !alias.flags.contains(.minor) && token.end > token.start + (tokens.count == 1 ? 3 : 0)
    }
    if alias.exact != nil, token.style == .plain || token.style == .title {
      return true
    }
    if isAdministered(tokens) { return true }
    if alias.flags.contains(.minor) { return isPlaced(tokens) && !isBesideName(tokens) }
    if tokens.count > 1 { return true }
    let roles = marked.roles[tokens.lowerBound]
    if roles.contains(.common) || token.style == .capitals && alias.exact != nil {
      return isPlaced(tokens) && token.style == .plain
    }
    let isPlace = gazetteer.entities[alias.entity].kind == .place
    if isPlace, !roles.isDisjoint(with: [.given, .family]) {
      return isPlaced(tokens) && !isBesideName(tokens)
    }
    return true
  }

  private func hasContext(_ alias: Gazetteer.Alias, _ tokens: Range<Int>) -> Bool {
    let near =
      max(
        0, tokens.lowerBound - Self.reach)..<min(
        text.tokens.count, tokens.upperBound + Self.reach)
    return near.contains { index in
      !tokens.contains(index) && alias.context.contains(text.tokens[index].hash)
    }
  }

  /// Whether a word before says that a place follows, and a capital that it is a name.
  private func isPlaced(_ tokens: Range<Int>) -> Bool {
    guard tokens.lowerBound > 0, !text.tokens[tokens.lowerBound].isFirst else { return false }
    let roles = marked.roles[tokens.lowerBound - 1]
    return !roles.isDisjoint(with: [.locative, .administrative])
  }

  /// Whether kota, kabupaten, city of stands before it.
  private func isAdministered(_ tokens: Range<Int>) -> Bool {
    tokens.lowerBound > 0 && marked.roles[tokens.lowerBound - 1].contains(.administrative)
      && text.tokens[tokens.lowerBound].isCapitalised
  }

  private func isBesideName(_ tokens: Range<Int>) -> Bool {
    let after = tokens.upperBound
    return after < text.tokens.count && text.tokens[after].isCapitalised
      && text.tokens[after].style == .plain
  }

  /// Of those that overlap, the leftmost and longest.
  static func longest(_ names: [NameCandidate]) -> [NameCandidate] {
    let ordered = names.sorted {
      ($0.tokens.lowerBound, -$0.tokens.count) < ($1.tokens.lowerBound, -$1.tokens.count)
    }
    return ordered.reduce(into: []) { kept, next in
      if let last = kept.last, last.tokens.upperBound > next.tokens.lowerBound { return }
      kept.append(next)
    }
  }
}
