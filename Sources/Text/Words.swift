/// The words of a text, folded, each with its place in the source.
///
/// One function makes the words of articles and of keywords, so both sides agree by construction.
public struct Words: Hashable, Sendable {
  /// A word, or a character of a script that writes no spaces.
  public struct Word: Hashable, Sendable {
    /// Of the folded bytes.
    public var hash: UInt64
    /// Where its folded form lies in `folded`.
    public var folded: Range<Int>
    /// In Unicode scalars of the source, end exclusive.
    public var start: Int
    public var end: Int
    /// Paragraph and sentence it stands in, counted from 0.
    public var paragraph: Int
    public var sentence: Int
  }

  public private(set) var words: [Word] = []
  /// The folded words, one after the other.
  public private(set) var folded: [UInt8] = []

  private var paragraph = 0
  private var sentence = 0

  public init(_ text: String) {
    var open: (start: Int, folded: Int, kind: FoldTable.Class)?
    var offset = 0
    // A word ends before what does not belong to it; marks that are ignored never end one.
    for scalar in text.unicodeScalars {
      defer { offset += 1 }
      let entry = FoldTable.entry(scalar)
      switch entry.class {
      case .ignored: continue
      case .mark:
        if open != nil { append(mark: scalar, entry.folded) }
        continue
      case .letter where open?.kind == .letter: folded += entry.folded
      case .letter, .single, .unit:
        close(&open, at: offset)
        open = (offset, folded.count, entry.class)
        folded += entry.folded
      case .separator:
        close(&open, at: offset)
        note(scalar)
      }
    }
    close(&open, at: offset)
  }

  /// The folded form of a word.
  public func text(of word: Word) -> String {
    String(decoding: folded[word.folded], as: UTF8.self)
  }

  /// All words, folded, with a blank between: what a full-text index is given.
  public var joined: String {
    words.map(text).joined(separator: " ")
  }

  /// и and a breve are й; other marks that stay are written as they are.
  private mutating func append(mark scalar: Unicode.Scalar, _ bytes: [UInt8]) {
    if scalar.value == 0x0306 {
      guard folded.suffix(2) == [0xD0, 0xB8] else { return }
      folded.replaceSubrange(folded.count - 2..<folded.count, with: Array("й".utf8))
    } else {
      folded += bytes
    }
  }

  private mutating func close(
    _ open: inout (start: Int, folded: Int, kind: FoldTable.Class)?, at end: Int
  ) {
    guard let word = open else { return }
    open = nil
    guard folded.count > word.folded else { return }
    let range = word.folded..<folded.count
    words.append(
      Word(
        hash: Self.hash(folded[range]), folded: range, start: word.start, end: end,
        paragraph: paragraph, sentence: sentence))
  }

  private mutating func note(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\n", "\u{2029}":
      paragraph += 1
      sentence += 1
    case ".", "!", "?", "。", "！", "？", "؟", "।": sentence += 1
    default: break
    }
  }

  /// FNV-1a, then mixed: the same in every process, unlike `hashValue`.
  static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93
    return hash ^ hash >> 32
  }
}
