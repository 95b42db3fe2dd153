extension LabelledSentence {
  /// Bytes of a file; more is refused.
  public static let fileLimit = 256 << 20

  /// Reads a file of a token and its tag a line, whatever stands between, an empty line behind each sentence.
  ///
  /// Tags are O, B-kind and I-kind; PER, PERSON, LOC, PLACE, ORG and ORGANISATION are known kinds, others count as
  /// outside. An I without its B begins a name.
  ///
  /// - Throws: `LabelError` with the first line that is none of this.
  public static func sentences(ofBIO file: [UInt8]) throws(LabelError) -> [LabelledSentence] {
    guard file.count <= fileLimit else { throw LabelError(line: 0, what: "is over 256 MiB") }
    var sentences: [LabelledSentence] = []
    var sentence = LabelledSentence(words: [], names: [])
    let lines = file.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let fields = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      guard let word = fields.first, let tag = fields.last else {
        if !sentence.words.isEmpty { sentences.append(sentence) }
        sentence = LabelledSentence(words: [], names: [])
        continue
      }
      guard fields.count > 1, String(decoding: word, as: UTF8.self).isEmpty == false else {
        throw LabelError(line: index + 1, what: "has no tag")
      }
      try sentence.take(word, String(decoding: tag, as: UTF8.self), index + 1)
    }
    if !sentence.words.isEmpty { sentences.append(sentence) }
    return sentences
  }

  private mutating func take(
    _ word: ArraySlice<UInt8>, _ tag: String, _ line: Int
  ) throws(LabelError) {
    let index = words.count
    words.append(String(decoding: word, as: UTF8.self))
    guard tag != "O" else { return }
    guard tag.hasPrefix("B-") || tag.hasPrefix("I-") else {
      throw LabelError(line: line, what: "has the tag '\(tag)', which is not O, B-… or I-…")
    }
    guard let kind = Self.kinds[String(tag.dropFirst(2))] else { return }
    if tag.hasPrefix("I-"), let last = names.last, last.words.upperBound == index,
      last.kind == kind
    {
      names[names.count - 1].words = last.words.lowerBound..<index + 1
    } else {
      names.append(Name(words: index..<index + 1, kind: kind))
    }
  }

  /// What types are called in labelled files.
  public static let kinds: [String: NameKind] = [
    "PER": .person, "PERSON": .person, "LOC": .place, "PLACE": .place, "ORG": .organisation,
    "ORGANISATION": .organisation, "ORGANIZATION": .organisation,
  ]
}

/// A line of a labelled file that cannot be read.
public struct LabelError: Error, Hashable, Sendable {
  /// From 1; 0 for the file as a whole.
  public var line: Int
  public var what: String
}
