/// Takes off what stands before a name and is no part of it.
enum NameTrimming {
  /// `tokens` without titles and offices at its head; as it was where nothing else is in it.
  static func withoutTitles(_ tokens: Range<Int>, _ marked: MarkedNames) -> Range<Int> {
    var start = tokens.lowerBound
    var isTitled = false
    while start < tokens.upperBound {
      let token = marked.text.tokens[start]
      let roles = marked.roles[start]
      if token.word == nil {
        guard isTitled else { break }
      } else if roles.contains(.title) {
        isTitled = true
      } else if !(isTitled && roles.contains(.office)) {
        break
      }
      start += 1
    }
    return start == tokens.upperBound ? start..<start : start..<tokens.upperBound
  }

  /// `tokens` without administrative words at its head, and without small letters where names have capitals.
  static func withoutAdministration(_ tokens: Range<Int>, _ marked: MarkedNames) -> Range<Int> {
    var start = tokens.lowerBound
    while start + 1 < tokens.upperBound, standsOutside(start, marked) {
      start += 1
      while start < tokens.upperBound, marked.text.tokens[start].word == nil { start += 1 }
    }
    return start == tokens.upperBound ? tokens : start..<tokens.upperBound
  }

  private static func standsOutside(_ index: Int, _ marked: MarkedNames) -> Bool {
    let token = marked.text.tokens[index]
    return marked.roles[index].contains(.administrative)
      || token.style == .plain && token.letters == .lower
  }

  /// `tokens` without marks at its ends, but with the bracket that closes one inside.
  static func withoutMarks(_ tokens: Range<Int>, _ text: NameText) -> Range<Int> {
    var (start, end) = (tokens.lowerBound, tokens.upperBound)
    while start < end, text.tokens[start].word == nil { start += 1 }
    while end > start, text.tokens[end - 1].word == nil { end -= 1 }
    guard start < end else { return start..<start }
    let opens = text.tokens[start..<end].contains { $0.hash == PunctuationMark.opening.hash }
    if opens, end < text.tokens.count, text.tokens[end].hash == PunctuationMark.closing.hash {
      let isClosed = text.tokens[start..<end].contains { $0.hash == PunctuationMark.closing.hash }
      if !isClosed { end += 1 }
    }
    return start..<end
  }
}
