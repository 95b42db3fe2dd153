/// Joins what lists, the tagger and clues say of one field into names that do not overlap.
struct NameMerging {
  private let marked: MarkedNames
  private let guideline: NameGuideline
  private(set) var names: [NameCandidate] = []
  private(set) var doubtful: [NameCandidate] = []
  /// The tokens that belong to a name.
  private var taken: [Bool]

  init(_ marked: MarkedNames, _ guideline: NameGuideline) {
    (self.marked, self.guideline) = (marked, guideline)
    taken = Array(repeating: false, count: marked.text.tokens.count)
  }

  mutating func take(given: [NameFinder.Given]) {
    for given in given where !given.words.isEmpty {
      let text = marked.text
      let first = text.tokenOfWord[given.words.lowerBound]
      add(
        NameCandidate(
          tokens: first..<text.tokenOfWord[given.words.upperBound - 1] + 1, kind: given.kind,
          evidence: .given, entity: given.entity, name: given.name))
    }
  }

  /// Lists beat the tagger where they are as long; a longer span of the tagger stays whole, unless it is a
  /// person behind the name of a country or an office.
  mutating func take(known: KnownNames, tagged: [NameCandidate]?) {
    doubtful = known.doubtful
    var sure = known.sure
    for name in tagged ?? [] {
      for piece in pieces(of: name, sure) {
        let settled = settled(piece, sure, known.doubtful)
        add(NameExtending.extended(settled, marked, sure) { taken[$0] })
      }
    }
    sure.removeAll { name in name.tokens.contains { taken[$0] } }
    // Corpora leave out a country that only says which government is meant.
    if tagged == nil || guideline == .own {
      for name in sure { add(name) }
    } else {
      doubtful += sure
    }
  }

  /// Takes an organisation between a title and a person for one: Sekretaris | Dewan Keamanan | Sergei Shoigu.
  mutating func takeOffices() {
    for person in names where person.kind == .person {
      var start = person.tokens.lowerBound
      while start > 0, isCapitalWord(start - 1), !taken[start - 1],
        !marked.roles[start - 1].contains(.title)
      {
        start -= 1
      }
      let office = start..<person.tokens.lowerBound
      guard office.count > 1, start > 0, marked.roles[start - 1].contains(.title),
        marked.roles[start].contains(.organisationHead)
      else { continue }
      add(NameCandidate(tokens: office, kind: .organisation, evidence: .clue))
    }
  }

  private func isCapitalWord(_ index: Int) -> Bool {
    let token = marked.text.tokens[index]
    return token.word != nil && token.isCapitalised && token.style == .plain
  }

  mutating func take(clues: [NameCandidate]) {
    for clue in clues {
      // An organisation stays whole around the name of a place; other runs give way to lists.
      let inside = names.filter { $0.tokens.overlaps(clue.tokens) }
      if inside.isEmpty {
        add(clue)
      } else if clue.kind == .organisation, inside.allSatisfy({ isPart($0, of: clue) }) {
        names.removeAll { $0.tokens.overlaps(clue.tokens) }
        for index in clue.tokens { taken[index] = false }
        add(clue)
      } else if let rest = rest(of: clue, beside: inside) {
        add(rest)
      }
    }
    names.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
  }

  private func isPart(_ name: NameCandidate, of clue: NameCandidate) -> Bool {
    name.evidence != .given && name.tokens.count < clue.tokens.count
      && clue.tokens.clamped(to: name.tokens) == name.tokens
  }

  /// A person that goes on behind the name of a country or an organisation: China | Xi Jinping.
  private func rest(of clue: NameCandidate, beside inside: [NameCandidate]) -> NameCandidate? {
    guard inside.count == 1, let first = inside.first, clue.kind == .person,
      first.tokens.lowerBound == clue.tokens.lowerBound
    else { return nil }
    let rest = NameTrimming.withoutTitles(first.tokens.upperBound..<clue.tokens.upperBound, marked)
    guard rest.count > 1 else { return nil }
    return NameCandidate(tokens: rest, kind: .person, evidence: .clue)
  }

  // MARK: The tagger's spans

  /// A span of the tagger, or what lists know in its place.
  private func settled(
    _ piece: NameCandidate, _ sure: [NameCandidate], _ doubtful: [NameCandidate]
  ) -> NameCandidate {
    let around = sure.first {
      $0.tokens.count > piece.tokens.count && $0.tokens.clamped(to: piece.tokens) == piece.tokens
    }
    if let around { return around }
    if let same = sure.first(where: { $0.tokens == piece.tokens }) { return same }
    guard let same = doubtful.first(where: { $0.tokens == piece.tokens }) else { return piece }
    return same.kind == piece.kind ? same : piece
  }

  private func pieces(of name: NameCandidate, _ sure: [NameCandidate]) -> [NameCandidate] {
    var name = name
    name.tokens = NameTrimming.withoutMarks(name.tokens, marked.text)
    guard !name.tokens.isEmpty, guideline != .own || hasCapital(name.tokens) else { return [] }
    if name.kind == .place, guideline == .own {
      name.tokens = NameTrimming.withoutAdministration(name.tokens, marked)
    }
    guard name.kind == .person else { return [name] }
    name.tokens = NameTrimming.withoutTitles(name.tokens, marked)
    guard !name.tokens.isEmpty else { return [] }
    guard let country = sure.first(where: { isCut($0, from: name) }) else { return [name] }
    let behind = country.tokens.upperBound..<name.tokens.upperBound
    name.tokens = NameTrimming.withoutTitles(behind, marked)
    return name.tokens.isEmpty ? [country] : [country, name]
  }

  /// Whether one of the words has a capital, where names have them.
  private func hasCapital(_ tokens: Range<Int>) -> Bool {
    tokens.contains { index in
      let token = marked.text.tokens[index]
      return token.style != .plain || token.word != nil && token.letters != .lower
    }
  }

  private func isCut(_ known: NameCandidate, from name: NameCandidate) -> Bool {
    known.kind != .person && known.tokens.lowerBound == name.tokens.lowerBound
      && known.tokens.upperBound < name.tokens.upperBound
      && marked.text.tokens[known.tokens.upperBound].isCapitalised
      && marked.roles[known.tokens.lowerBound].isDisjoint(with: [.given, .family])
  }

  private mutating func add(_ name: NameCandidate) {
    guard !name.tokens.contains(where: { taken[$0] }) else { return }
    for index in name.tokens { taken[index] = true }
    names.append(name)
    names.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
  }
}
