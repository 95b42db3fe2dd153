/// Lets the names of an article tell of each other: a part of a full name is the same person, and what
/// was a name once is one where it stands again.
struct NameVotes {
  private(set) var parts: [NameDocument.Part]

  init(_ document: NameDocument) { parts = document.parts }

  mutating func vote() {
    let people = people
    for index in parts.indices {
      retype(&parts[index], people)
      findAgain(&parts[index], people)
    }
    let runs = runs
    for index in parts.indices { believe(&parts[index], runs) }
  }

  /// The words of all names, by which doubtful ones are believed.
  private var runs: Set<[UInt64]> {
    var runs: Set<[UInt64]> = []
    for part in parts { for name in part.names { runs.insert(Self.words(name, part)) } }
    return runs
  }

  private static func words(_ name: NameCandidate, _ part: NameDocument.Part) -> [UInt64] {
    name.tokens.compactMap { part.text.tokens[$0].word == nil ? nil : part.text.tokens[$0].hash }
  }

  /// What lists know and nothing else bore out is believed where it is a name elsewhere in the article.
  private func believe(_ part: inout NameDocument.Part, _ runs: Set<[UInt64]>) {
    var taken = Array(repeating: false, count: part.text.tokens.count)
    for name in part.names { for index in name.tokens { taken[index] = true } }
    for name in KnownNames.longest(part.doubtful) where runs.contains(Self.words(name, part)) {
      guard !name.tokens.contains(where: { taken[$0] }) else { continue }
      part.names.append(name)
    }
    part.names.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
  }

  /// The words of full names of persons; those that mean something else do not count.
  private var people: Set<UInt64> {
    var people: Set<UInt64> = []
    for part in parts {
      for name in part.names where name.kind == .person {
        let words = name.tokens.filter { part.text.tokens[$0].word != nil }
        guard words.count > 1 || name.evidence >= .gazetteer else { continue }
        for index in words where Self.counts(part, index) {
          people.insert(part.text.tokens[index].hash)
        }
      }
    }
    return people
  }

  private static func counts(_ part: NameDocument.Part, _ index: Int) -> Bool {
    let token = part.text.tokens[index]
    return token.end - token.start > 1 && token.letters != .lower
      && part.marked.roles[index].isDisjoint(with: [
        .common, .particle, .title, .adjective, .calendar,
      ])
  }

  /// One word that the tagger took for something else, and a person has it in his name.
  private func retype(_ part: inout NameDocument.Part, _ people: Set<UInt64>) {
    for index in part.names.indices where part.names[index].evidence <= .tagger {
      let tokens = part.names[index].tokens
      guard tokens.count == 1, people.contains(part.text.tokens[tokens.lowerBound].hash)
      else { continue }
      part.names[index].kind = .person
    }
  }

  /// Words of full names that stand alone.
  private func findAgain(_ part: inout NameDocument.Part, _ people: Set<UInt64>) {
    guard !people.isEmpty else { return }
    var taken = Array(repeating: false, count: part.text.tokens.count)
    for name in part.names { for index in name.tokens { taken[index] = true } }
    for (index, token) in part.text.tokens.enumerated() where !taken[index] {
      guard token.isCapitalised, people.contains(token.hash) else { continue }
      part.names.append(
        NameCandidate(tokens: index..<index + 1, kind: .person, evidence: .vote))
    }
    part.names.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
  }
}
