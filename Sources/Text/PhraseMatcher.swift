/// Looks for many phrases in one pass over the words of a text.
///
/// Each phrase is filed under the hash of one of its whole words, so a word of the text that is in no
/// phrase costs one look-up; phrases of prefixes are filed under their first three characters.
public struct PhraseMatcher: Sendable {
  /// A phrase was found.
  public struct Match: Hashable, Sendable {
    /// The phrase's place in the list given.
    public var phrase: Int
    /// Of the words of the text.
    public var words: Range<Int>

    public init(phrase: Int, words: Range<Int>) {
      self.phrase = phrase
      self.words = words
    }
  }

  private struct Entry {
    var phrase: Int
    /// Which of its parts the entry is filed under.
    var part: Int
  }

  public let phrases: [Phrase]
  private var byWord: [UInt64: [Entry]] = [:]
  private var byBeginning: [UInt64: [Entry]] = [:]
  /// Filed under nothing: infixes, tried at every word.
  private var everywhere: [Entry] = []

  public init(_ phrases: [Phrase]) {
    self.phrases = phrases
    for (index, phrase) in phrases.enumerated() { file(phrase, index) }
  }

  /// All places where phrases stand, by place, then phrase.
  public func matches(in words: Words, of source: String) -> [Match] {
    var matches: [Match] = []
    var scalars: [Unicode.Scalar]?
    for index in words.words.indices {
      let word = words.words[index]
      var entries = byWord[word.hash] ?? []
      if !byBeginning.isEmpty {
        entries += byBeginning[beginning(of: words.folded[word.folded])] ?? []
      }
      for entry in entries + everywhere {
        let start = index - entry.part
        let phrase = phrases[entry.phrase]
        guard start >= 0, holds(phrase, words, from: start) else { continue }
        let range = start..<start + phrase.parts.count
        if let exact = phrase.exact {
          if scalars == nil { scalars = Array(source.unicodeScalars) }
          guard holds(exact, words.words[range], scalars ?? []) else { continue }
        }
        matches.append(Match(phrase: entry.phrase, words: range))
      }
    }
    return matches.sorted {
      ($0.words.lowerBound, $0.phrase) < ($1.words.lowerBound, $1.phrase)
    }
  }

  // MARK: Filing

  private mutating func file(_ phrase: Phrase, _ index: Int) {
    for (part, value) in phrase.parts.enumerated() {
      switch value {
      case .word(let text):
        return byWord[Words.hash(text.utf8), default: []].append(Entry(phrase: index, part: part))
      case .forms(let forms):
        for form in Set(forms).sorted() {
          byWord[Words.hash(form.utf8), default: []].append(Entry(phrase: index, part: part))
        }
        return
      default: continue
      }
    }
    for (part, value) in phrase.parts.enumerated() {
      guard case .prefix(let text) = value else { continue }
      let key = beginning(of: Array(text.utf8)[...])
      return byBeginning[key, default: []].append(Entry(phrase: index, part: part))
    }
    let part = phrase.parts.firstIndex { if case .infix = $0 { true } else { false } } ?? 0
    everywhere.append(Entry(phrase: index, part: part))
  }

  /// The hash of the first bytes of a word: as many as the shortest prefix allowed has.
  private func beginning(of folded: ArraySlice<UInt8>) -> UInt64 {
    Words.hash(folded.prefix(3))
  }

  // MARK: Holding

  /// Whether the words from `start` on are those of `phrase`, within one paragraph.
  private func holds(_ phrase: Phrase, _ words: Words, from start: Int) -> Bool {
    let end = start + phrase.parts.count
    guard end <= words.words.count,
      words.words[start].paragraph == words.words[end - 1].paragraph
    else { return false }
    return phrase.parts.indices.allSatisfy { part in
      holds(phrase.parts[part], words.folded[words.words[start + part].folded])
    }
  }

  private func holds(
    _ exact: Phrase.Exact, _ words: ArraySlice<Words.Word>, _ source: [Unicode.Scalar]
  ) -> Bool {
    guard let first = words.first, let last = words.last else { return false }
    let (start, end) = (first.start - exact.before, last.end + exact.behind)
    return start >= 0 && end <= source.count && source[start..<end].elementsEqual(exact.scalars)
  }

  private func holds(_ part: Phrase.Part, _ folded: ArraySlice<UInt8>) -> Bool {
    switch part {
    case .any: true
    case .word(let text): folded.elementsEqual(text.utf8)
    case .prefix(let text): folded.starts(with: text.utf8)
    case .forms(let forms): forms.contains { folded.elementsEqual($0.utf8) }
    case .infix(let text): holds(infix: Array(text.utf8), folded)
    }
  }

  private func holds(infix: [UInt8], _ folded: ArraySlice<UInt8>) -> Bool {
    guard folded.count >= infix.count else { return false }
    return (folded.startIndex...folded.endIndex - infix.count).contains { start in
      folded[start..<start + infix.count].elementsEqual(infix)
    }
  }
}
