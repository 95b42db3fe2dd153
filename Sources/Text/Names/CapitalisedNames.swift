/// Names by capitals and clues, for languages without a tagger.
struct CapitalisedNames {
  /// Words of a name.
  private static let longest = 6

  private let marked: MarkedNames
  private(set) var names: [NameCandidate] = []

  init(_ marked: MarkedNames) {
    self.marked = marked
    for sentence in marked.text.sentences { read(sentence) }
  }

  private var text: NameText { marked.text }

  private mutating func read(_ sentence: Range<Int>) {
    var index = sentence.lowerBound
    while index < sentence.upperBound {
      guard begins(index) else {
        index += 1
        continue
      }
      let end = end(from: index, in: sentence)
      let tokens = trimmed(index..<end)
      if !tokens.isEmpty, tokens.count <= 2 * Self.longest, let kind = kind(of: tokens) {
        names.append(NameCandidate(tokens: tokens, kind: kind, evidence: .clue))
      }
      index = end
    }
  }

  private func begins(_ index: Int) -> Bool {
    let token = text.tokens[index]
    guard token.isCapitalised, token.style == .plain || token.style == .title else { return false }
    let roles = marked.roles[index]
    if !roles.isDisjoint(with: [.calendar, .adjective]) { return false }
    guard token.isFirst || token.style == .title else { return true }
    return !roles.contains(.common) || isHead(index)
  }

  private func isHead(_ index: Int) -> Bool {
    !marked.roles[index].isDisjoint(with: [.organisationHead, .placeHead])
  }

  /// Behind the last word that goes on with the name that begins at `start`.
  private func end(from start: Int, in sentence: Range<Int>) -> Int {
    var end = start + 1
    var next = end
    while next < sentence.upperBound {
      let token = text.tokens[next]
      if token.word == nil {
        // An initial's stop, a hyphen, an apostrophe inside of a name.
        guard isJoint(next) else { break }
      } else if goesOn(next) {
        end = next + 1
      } else if !marked.roles[next].contains(.particle) {
        break
      }
      next += 1
    }
    return end
  }

  private func goesOn(_ index: Int) -> Bool {
    let token = text.tokens[index]
    guard token.isCapitalised else { return false }
    let roles = marked.roles[index]
    if roles.contains(.calendar) { return false }
    return token.style == .plain || !roles.contains(.common) || isHead(index)
  }

  private func isJoint(_ index: Int) -> Bool {
    guard index + 1 < text.tokens.count, text.tokens[index + 1].isCapitalised else { return false }
    switch text.tokens[index].hash {
    case PunctuationMark.hyphen.hash: return !text.tokens[index].isSpaced
    case PunctuationMark.apostrophe.hash:
      return !text.tokens[index].isSpaced && !text.tokens[index + 1].isSpaced
    case PunctuationMark.stop.hash:
      let before = text.tokens[index - 1]
      return before.end - before.start == 1
    default: return false
    }
  }

  /// Without titles at its head.
  private func trimmed(_ tokens: Range<Int>) -> Range<Int> {
    NameTrimming.withoutTitles(tokens, marked)
  }

  private func kind(of tokens: Range<Int>) -> NameKind? {
    let words = tokens.filter { text.tokens[$0].word != nil }
    guard let first = words.first, let last = words.last else { return nil }
    let (head, end) = (marked.roles[first], marked.roles[last])
    if words.count > 1, head.contains(.organisationHead) { return .organisation }
    if words.count > 1, end.contains(.organisationEnd) || end.contains(.organisationHead) {
      return .organisation
    }
    if words.count > 1, head.contains(.placeHead) || end.contains(.placeHead) { return .place }
    let before = tokens.lowerBound > 0 ? marked.roles[tokens.lowerBound - 1] : []
    let after = tokens.upperBound < marked.roles.count ? marked.roles[tokens.upperBound] : []
    if before.contains(.title) { return .person }
    if words.count == 1, text.tokens[first].letters == .upper {
      return text.tokens[first].end - text.tokens[first].start <= 6 ? .organisation : nil
    }
    let isGiven = !head.isDisjoint(with: [.given]) && words.count > 1
    if isGiven || after.contains(.speech) || before.contains(.speech) && words.count > 1 {
      return .person
    }
    if !before.isDisjoint(with: [.locative, .administrative]) { return .place }
    let isPeople = words.contains { !marked.roles[$0].isDisjoint(with: [.given, .family]) }
    if words.count == 2 || words.count == 3 { return .person }
    return isPeople && words.count > 3 ? .person : nil
  }
}
