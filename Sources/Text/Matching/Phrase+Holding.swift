extension Phrase {
  /// The part that a phrase with marks is filed under: a whole word, else forms, a prefix, an infix.
  func anchor(_ index: Int) -> PhraseMatcher.Anchor {
    let part = parts.indices.min { parts[$0].rank < parts[$1].rank } ?? 0
    return PhraseMatcher.Anchor(phrase: index, part: part)
  }

  /// Whether the words in `range` are those of the phrase, within one paragraph.
  func holds(_ range: Range<Int>, of words: Words) -> Bool {
    guard !range.isEmpty, range.upperBound <= words.words.count,
      words.words[range.lowerBound].paragraph == words.words[range.upperBound - 1].paragraph
    else { return false }
    return zip(parts, words.words[range]).allSatisfy { part, word in
      part.holds(words.folded[word.folded])
    }
  }
}

extension Phrase.Exact {
  /// Whether `source` has these characters where the words in `range` stand.
  func stands(at range: Range<Int>, in words: Words, _ source: String) -> Bool {
    let start = words.words[range.lowerBound].bytes.lowerBound - before
    let end = start + bytes.count
    guard start >= 0, words.words[range.upperBound - 1].bytes.upperBound + behind == end
    else { return false }
    return source.utf8.dropFirst(start).prefix(bytes.count).elementsEqual(bytes)
  }
}

extension Phrase.Part {
  /// How rarely a word meets it, roughly: the lower, the better it is filed under.
  fileprivate var rank: Int {
    switch self {
    case .word: 0
    case .forms: 1
    case .prefix: 2
    case .infix: 3
    case .any: 4
    }
  }

  func holds(_ folded: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .any: true
    case .word(let text): folded.elementsEqual(text.utf8)
    case .prefix(let text): folded.starts(with: text.utf8)
    case .forms(let forms): forms.contains { folded.elementsEqual($0.utf8) }
    case .infix(let text): Self.holds(infix: Array(text.utf8), folded)
    }
  }

  private static func holds(infix: [UInt8], _ folded: ArraySlice<UInt8>) -> Bool {
    guard folded.count >= infix.count else { return false }
    return (folded.startIndex...folded.endIndex - infix.count).contains { start in
      folded[start..<start + infix.count].elementsEqual(infix)
    }
  }
}
