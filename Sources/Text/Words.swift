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
  /// Whether a full stop was seen that ends the sentence if a blank follows: not that of `3.5`.
  private var isStopped = false

  /// A word that is being read; its end moves with each character that belongs to it.
  private struct Open {
    var start: Int
    var end: Int
    var folded: Int
    var kind: FoldTable.Class
  }

  public init(_ text: String) {
    var open: Open?
    var offset = 0
    for scalar in text.unicodeScalars {
      defer { offset += 1 }
      let entry = FoldTable.entry(scalar)
      switch entry.class {
      // Neither ends a word nor belongs to one that ends here: a direction mark behind a name.
      case .ignored: continue
      case .mark:
        if open != nil { append(mark: scalar, entry.folded) }
      case .letter where open?.kind == .letter: folded += entry.folded
      case .letter, .single, .unit:
        close(&open)
        open = Open(start: offset, end: offset, folded: folded.count, kind: entry.class)
        folded += entry.folded
      case .separator:
        close(&open)
        note(scalar)
      }
      open?.end = offset + 1
    }
    close(&open)
  }

  /// The folded form of a word.
  public func text(of word: Word) -> String {
    String(decoding: folded[word.folded], as: UTF8.self)
  }

  /// All words, folded, with a blank between: what a full-text index is given.
  public var joined: String {
    words.map(text).joined(separator: " ")
  }

  /// Puts a mark on the character before it.
  ///
  /// So й, パ and 각 are the same in one piece as in several (NFC, UAX #15). Where there is no such piece,
  /// marks that are spelt stay and accents go.
  private mutating func append(mark: Unicode.Scalar, _ bytes: [UInt8]) {
    guard let last = folded.last, last >= 0x80 else { return folded += bytes }
    let start = folded.lastIndex { $0 & 0xC0 != 0x80 } ?? 0
    let base = String(decoding: folded[start...], as: UTF8.self)
    if let piece = FoldTable.composed(base, mark) {
      folded.replaceSubrange(start..., with: piece)
    } else {
      folded += bytes
    }
  }

  private mutating func close(_ open: inout Open?) {
    guard let word = open else { return }
    open = nil
    guard folded.count > word.folded else { return }
    let range = word.folded..<folded.count
    isStopped = false
    words.append(
      Word(
        hash: Self.hash(folded[range]), folded: range, start: word.start, end: word.end,
        paragraph: paragraph, sentence: sentence))
  }

  private mutating func note(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\n", "\u{2029}":
      paragraph += 1
      sentence += 1
    case "。", "！", "？", "।": sentence += 1
    case ".", "!", "?", "؟": isStopped = true
    default:
      guard isStopped, scalar.properties.isWhitespace else { return }
      sentence += 1
      isStopped = false
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
