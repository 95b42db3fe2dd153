/// Says which entity each name of an article is.
struct NameLinks {
  private let parts: [NameDocument.Part]
  private let gazetteer: Gazetteer
  private let language: String?
  /// Entities that are named here by an alias that only they have.
  private var sure: Set<Int> = []
  private var full: [FullName] = []

  /// A name of several words, by which its parts are understood.
  private struct FullName {
    var field: Int
    var paragraph: Int
    /// The token at which it begins.
    var start: Int
    var kind: NameKind
    var words: [UInt64]
    var entity: String
    var name: String
  }

  init(_ parts: [NameDocument.Part], _ gazetteer: Gazetteer, language: String?) {
    (self.parts, self.gazetteer, self.language) = (parts, gazetteer, language)
    for part in parts { noteSure(part) }
    for (field, part) in parts.enumerated() { noteFull(part, field) }
  }

  var found: [NameFinder.Found] {
    parts.enumerated().flatMap { field, part in
      part.names.map { found($0, part, field) }
    }
  }

  private mutating func noteSure(_ part: NameDocument.Part) {
    for name in part.names {
      guard let alias = name.alias else { continue }
      let entities = Set(gazetteer.aliases(from: alias).map(\.entity))
      if entities.count == 1, let entity = entities.first { sure.insert(entity) }
    }
  }

  private mutating func noteFull(_ part: NameDocument.Part, _ field: Int) {
    for name in part.names {
      let words = hashes(name, part)
      guard words.count > 1 else { continue }
      let (entity, called) = own(name, part)
      full.append(
        FullName(
          field: field, paragraph: paragraph(name, part), start: name.tokens.lowerBound,
          kind: name.kind, words: words, entity: entity, name: called))
    }
  }

  private func hashes(_ name: NameCandidate, _ part: NameDocument.Part) -> [UInt64] {
    name.tokens.compactMap { part.text.tokens[$0].word == nil ? nil : part.text.tokens[$0].hash }
  }

  private func paragraph(_ name: NameCandidate, _ part: NameDocument.Part) -> Int {
    part.text.tokens[name.tokens.lowerBound].word.map { part.text.words.words[$0].paragraph } ?? 0
  }

  // MARK: One name

  private func found(
    _ name: NameCandidate, _ part: NameDocument.Part, _ field: Int
  ) -> NameFinder.Found {
    let (entity, called) = joined(name, part, field) ?? own(name, part)
    let first = part.text.tokens[name.tokens.lowerBound]
    let last = part.text.tokens[name.tokens.upperBound - 1]
    let start = first.word.map { part.text.words.words[$0].start } ?? 0
    let text = String(decoding: part.text.source[first.start..<last.end], as: UTF8.self)
    return NameFinder.Found(
      field: field, start: start, end: start + text.unicodeScalars.count, text: text,
      entity: entity, name: called, kind: name.kind, via: via(name, part),
      isGiven: name.evidence == .given)
  }

  private func via(_ name: NameCandidate, _ part: NameDocument.Part) -> String {
    if name.alias == nil, name.entity == nil, name.kind == .person, heard(name, part) != nil {
      return "skeleton"
    }
    return switch name.evidence {
    case .given: "alias"
    case .gazetteer: name.alias.map { "alias " + gazetteer.aliases[$0].source } ?? "alias"
    case .tagger: "tagger"
    case .vote: "vote"
    case .clue: "clue"
    }
  }

  /// The longer name that this one is a part of, where there is one and not two.
  private func joined(
    _ name: NameCandidate, _ part: NameDocument.Part, _ field: Int
  ) -> (String, String)? {
    guard name.entity == nil, known(name, part) == nil else { return nil }
    let words = hashes(name, part)
    let longer = full.filter {
      $0.kind == name.kind && $0.words.count > words.count && $0.words.holds(run: words)
    }
    guard let first = longer.first else { return nil }
    if Set(longer.map(\.entity)).count == 1 { return (first.entity, first.name) }
    let place = paragraph(name, part)
    let nearest = longer.last {
      $0.field == field && $0.paragraph == place && $0.start < name.tokens.lowerBound
    }
    return nearest.map { ($0.entity, $0.name) }
  }

  /// The entity of a name by itself: a known one, else one of this form and kind.
  private func own(_ name: NameCandidate, _ part: NameDocument.Part) -> (String, String) {
    if let entity = name.entity { return (entity, name.name ?? entity) }
    if let entity = known(name, part) {
      return (gazetteer.entities[entity].id, gazetteer.entities[entity].name)
    }
    if name.kind == .person, let entity = heard(name, part) {
      return (gazetteer.entities[entity].id, gazetteer.entities[entity].name)
    }
    let words = name.tokens.filter { part.text.tokens[$0].word != nil }
    let state = words.reduce(WordHash.hash(name.kind.rawValue)) {
      WordHash.pair($0, part.text.tokens[$1].hash)
    }
    let digits = String(state, radix: 16)
    let text = String(decoding: part.text.text(name.tokens), as: UTF8.self)
    return ("tid:" + String(repeating: "0", count: 16 - digits.count) + digits, text)
  }

  /// The person of the gazetteer whose name sounds like this: written for another script or language.
  private func heard(_ name: NameCandidate, _ part: NameDocument.Part) -> Int? {
    let words = name.tokens.compactMap { part.text.tokens[$0].word }
    guard words.count > 1 else { return nil }
    return gazetteer.person(
      soundingLike: words.map { part.text.words.text(of: part.text.words.words[$0]) })
  }

  /// The entity of the gazetteer that is written so; of several the one that fits.
  private func known(_ name: NameCandidate, _ part: NameDocument.Part) -> Int? {
    guard let alias = name.alias else { return nil }
    let aliases = gazetteer.aliases(from: alias).filter {
      gazetteer.entities[$0.entity].kind == name.kind && fits($0, name, part)
    }
    return aliases.min { rank($0) < rank($1) }?.entity
  }

  private func fits(
    _ alias: Gazetteer.Alias, _ name: NameCandidate, _ part: NameDocument.Part
  ) -> Bool {
    if alias.flags.contains(.language), alias.language != language { return false }
    guard let exact = alias.exact else { return true }
    return part.text.tokens[name.tokens.lowerBound].style == .capitals
      || part.text.text(name.tokens).elementsEqual(exact)
  }

  /// The lower the better: named otherwise too, of this language, well known; then by id.
  private func rank(_ alias: Gazetteer.Alias) -> (Int, Int, Int, String) {
    let id = gazetteer.entities[alias.entity].id
    return (
      sure.contains(alias.entity) ? 0 : 1, alias.flags.contains(.minor) ? 1 : 0,
      alias.language == nil || alias.language == language ? 0 : 1, id
    )
  }
}
