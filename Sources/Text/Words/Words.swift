/// The words of a text, folded, each with its place in the source.
///
/// One function makes the words of articles and of keywords, so both sides agree by construction.
public struct Words: Hashable, Sendable {
  /// A word, or a character of a script that writes no spaces.
  public struct Word: Hashable, Sendable {
    /// Of the folded bytes.
    public var hash: UInt64
    /// Where its folded form lies in `folded`.
    var foldedStart: UInt32
    var foldedEnd: UInt32
    // In bytes and in Unicode scalars of the source.
    var byteStart: UInt32
    var byteEnd: UInt32
    var scalarStart: UInt32
    var scalarEnd: UInt32
    var paragraphNumber: UInt32
    var sentenceNumber: UInt32

    public var folded: Range<Int> { Int(foldedStart)..<Int(foldedEnd) }
    /// In Unicode scalars of the source, end exclusive.
    public var start: Int { Int(scalarStart) }
    public var end: Int { Int(scalarEnd) }
    /// In bytes of the source's UTF-8, end exclusive.
    public var bytes: Range<Int> { Int(byteStart)..<Int(byteEnd) }
    /// Paragraph and sentence it stands in, counted from 0.
    public var paragraph: Int { Int(paragraphNumber) }
    public var sentence: Int { Int(sentenceNumber) }
  }

  static let blank = UInt8(ascii: " ")
  static let paragraphEnd = UInt8(ascii: "\n")

  public let words: [Word]
  /// The folded words, a blank between two, a line end where a paragraph ends.
  ///
  /// So a phrase is a run of bytes here, and none runs over a paragraph.
  public let folded: [UInt8]

  /// Up to 2 GiB of `text`; no article comes near.
  public init(_ text: String) {
    var text = text
    self = text.withUTF8 { unsafe WordReader.read($0) }
  }

  init(words: [Word], folded: [UInt8]) {
    (self.words, self.folded) = (words, folded)
  }

  /// The folded form of a word.
  public func text(of word: Word) -> String {
    String(decoding: folded[word.folded], as: UTF8.self)
  }

  /// All words, folded, with a blank between: what a full-text index is given.
  public var joined: String {
    guard words.last?.paragraph ?? 0 > 0 else { return String(decoding: folded, as: UTF8.self) }
    return String(
      decoding: folded.map { $0 == Self.paragraphEnd ? Self.blank : $0 }, as: UTF8.self)
  }
}
