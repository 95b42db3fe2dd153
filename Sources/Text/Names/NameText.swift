/// A field of an article as names are looked for in it: words, the marks between them, sentences.
struct NameText: Sendable {
  /// Marks that are kept between two words; lines of dots and stars say no more than this.
  private static let marksKept = 3

  let source: [UInt8]
  let words: Words
  private(set) var tokens: [NameToken] = []
  /// The token that each word is.
  private(set) var tokenOfWord: [Int] = []
  /// The tokens of each sentence, in order.
  private(set) var sentences: [Range<Int>] = []

  /// `words` are those of `source`.
  init(_ source: String, words: Words) {
    self.source = Array(source.utf8)
    self.words = words
    tokens.reserveCapacity(words.words.count * 5 / 4)
    tokenOfWord.reserveCapacity(words.words.count)
    readTokens()
    markSentences()
  }

  init(_ source: String) { self.init(source, words: Words(source)) }

  /// The folded bytes of a token that is a word; none of a mark.
  func folded(_ token: NameToken) -> ArraySlice<UInt8> {
    token.word.map { words.folded[words.words[$0].folded] } ?? []
  }

  /// The source of a range of tokens.
  func text(_ range: Range<Int>) -> ArraySlice<UInt8> {
    source[tokens[range.lowerBound].start..<tokens[range.upperBound - 1].end]
  }

  // MARK: Reading

  private mutating func readTokens() {
    var end = 0
    for (index, word) in words.words.enumerated() {
      let isSpaced = readMarks(end..<word.bytes.lowerBound)
      let shape = WordShape(source[word.bytes])
      tokenOfWord.append(tokens.count)
      tokens.append(
        NameToken(
          hash: word.hash, word: index, start: word.bytes.lowerBound, end: word.bytes.upperBound,
          letters: shape.letters, shape: shape.bits, isSpaced: isSpaced || index == 0))
      end = word.bytes.upperBound
    }
    _ = readMarks(end..<source.count)
  }

  /// Adds the marks that stand in `range`; says whether white space stands at its end.
  private mutating func readMarks(_ range: Range<Int>) -> Bool {
    var isSpaced = false
    var kept = 0
    var place = range.lowerBound
    while place < range.upperBound {
      let byte = source[place]
      var next = place + 1
      while next < range.upperBound, source[next] & 0xC0 == 0x80 { next += 1 }
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        isSpaced = true
      } else if let mark = PunctuationMark(source[place..<next]) {
        if kept < Self.marksKept {
          tokens.append(
            NameToken(
              hash: mark.hash, word: nil, start: place, end: next, letters: .uncased,
              shape: mark.hash & 0xFF, isSpaced: isSpaced))
          kept += 1
        }
        isSpaced = false
      } else {
        isSpaced = true
      }
      place = next
    }
    return isSpaced
  }

  // MARK: Sentences

  private mutating func markSentences() {
    var start = 0
    for index in tokens.indices where tokens[index].word != nil {
      guard beginsSentence(index) else { continue }
      // An opening quotation mark belongs to what it opens.
      var first = index
      while first > start, tokens[first - 1].word == nil, tokens[first - 1].isSpaced { first -= 1 }
      if first > start { close(start..<first) }
      start = first
      tokens[index].isFirst = true
    }
    if start < tokens.count { close(start..<tokens.count) }
  }

  /// Whether the word at `index` is the first of a sentence.
  private func beginsSentence(_ index: Int) -> Bool {
    guard let word = tokens[index].word, word > 0 else { return true }
    let before = words.words[word - 1]
    let this = words.words[word]
    if before.paragraph != this.paragraph { return true }
    guard before.sentence != this.sentence else { return false }
    let last = tokens[tokenOfWord[word - 1]]
    // After 。 nothing need follow.
    guard tokens[index].letters != .lower else { return false }
    let isStop =
      tokenOfWord[word - 1] + 1 < index
      && tokens[tokenOfWord[word - 1] + 1].hash == PunctuationMark.stop.hash
    guard isStop else { return true }
    if last.letters == .capitalised, last.end - last.start == 1 { return false }
    return !NameWords.closed.holds(last.hash, .abbreviation)
  }

  private mutating func close(_ range: Range<Int>) {
    sentences.append(range)
    let style = SentenceStyle(tokens[range])
    guard style != .plain else { return }
    for index in range {
      tokens[index].style = style
      guard style == .capitals, tokens[index].word != nil else { continue }
      tokens[index].shape = WordShape(source[tokens[index].start..<tokens[index].end]).lowered
    }
  }
}

extension SentenceStyle {
  /// Bytes from which on a word is long enough to have a capital in a headline.
  private static let longWord = 4

  init(_ tokens: ArraySlice<NameToken>) {
    var counts = (words: 0, capitalised: 0, upper: 0, long: 0, longCapitalised: 0)
    for token in tokens where token.word != nil && token.letters != .uncased {
      counts.words += 1
      let isLong = token.end - token.start >= Self.longWord
      if isLong { counts.long += 1 }
      guard token.isCapitalised || token.letters == .mixed else { continue }
      counts.capitalised += 1
      if token.letters == .upper { counts.upper += 1 }
      if isLong { counts.longCapitalised += 1 }
    }
    if counts.words > 0, counts.capitalised == 0 {
      self = .lower
    } else if counts.words > 2, counts.upper * 10 > counts.words * 7 {
      self = .capitals
    } else if counts.long > 2, counts.longCapitalised * 10 >= counts.long * 8 {
      self = .title
    } else {
      self = .plain
    }
  }
}
