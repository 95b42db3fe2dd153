/// A sentence whose names are known: for training, and to measure by.
public struct LabelledSentence: Hashable, Sendable {
  /// The words and marks, as the file has them.
  public var words: [String]
  /// Names, as ranges of `words`, in order.
  public var names: [Name]

  public struct Name: Hashable, Sendable {
    public var words: Range<Int>
    public var kind: NameKind
  }

  /// A place of its text, in Unicode scalars, and what it names.
  public struct Span: Hashable, Sendable {
    public var start: Int
    public var end: Int
    public var kind: NameKind

    public init(start: Int, end: Int, kind: NameKind) {
      (self.start, self.end, self.kind) = (start, end, kind)
    }
  }

  /// The text, its words joined by blanks, and where its names stand.
  public var text: (String, [Span]) {
    var starts: [Int] = []
    var ends: [Int] = []
    var text = ""
    var count = 0
    for (index, word) in words.enumerated() {
      if index > 0 {
        text += " "
        count += 1
      }
      starts.append(count)
      text += word
      count += word.unicodeScalars.count
      ends.append(count)
    }
    let spans = names.map {
      Span(start: starts[$0.words.lowerBound], end: ends[$0.words.upperBound - 1], kind: $0.kind)
    }
    return (text, spans)
  }

  // MARK: Copies

  private static let small: Set<String> = [
    "di", "ke", "dari", "dan", "yang", "untuk", "pada", "dengan", "oleh", "atau", "dalam", "bagi",
  ]

  /// As a headline writes it: every word with a capital, but for the smallest.
  public var titleCased: LabelledSentence {
    var copy = self
    for index in words.indices where index == 0 || !Self.small.contains(words[index]) {
      copy.words[index] = words[index].prefix(1).uppercased() + words[index].dropFirst()
    }
    return copy
  }

  public var lowerCased: LabelledSentence {
    var copy = self
    copy.words = words.map { $0.lowercased() }
    return copy
  }
}
