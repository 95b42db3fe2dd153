import Core
import Text

/// A text of a labelled file, and the names in it.
struct LabelledText {
  var text: String
  var language: String
  var spans: [LabelledSentence.Span]

  /// Reads sentences of tokens and tags, each changed by `copy`, or texts with places where `file` is
  /// JSON Lines.
  ///
  /// - Throws: `Failure` for the first line that is none.
  static func read(
    _ file: String, language: String, copy: (LabelledSentence) -> LabelledSentence
  ) throws -> [LabelledText] {
    guard !file.hasSuffix(".jsonl") else {
      return try JSONFile.values(
        file, what: "is no labelled text",
        fix: "write text and entities with start, end and type (PER, LOC, ORG)"
      ) { LabelledText($0, language: language) }
    }
    return try sentences(of: Input.bytes(of: file), file).map { sentence in
      let (text, spans) = copy(sentence).text
      return LabelledText(text: text, language: language, spans: spans)
    }
  }

  /// - Throws: `Failure` for the first line without a tag that is known.
  static func sentences(of bytes: [UInt8], _ file: String) throws(Failure) -> [LabelledSentence] {
    do {
      return try LabelledSentence.sentences(ofBIO: bytes)
    } catch {
      throw Failure(
        "\(file):\(error.line)", error.what, fix: "write a token, a blank and a tag a line",
        code: Exit.badData)
    }
  }

  private init(text: String, language: String, spans: [LabelledSentence.Span]) {
    (self.text, self.language, self.spans) = (text, language, spans)
  }

  private init?(_ value: JSONValue, language: String) {
    guard let text = value["text"]?.string, let entities = value["entities"]?.array
    else { return nil }
    self.init(text: text, language: value["lang"]?.string ?? language, spans: [])
    for entity in entities {
      guard let start = entity["start"]?.number, let end = entity["end"]?.number,
        let kind = entity["type"]?.string.flatMap({ LabelledSentence.kinds[$0] })
      else { return nil }
      spans.append(.init(start: Int(start), end: Int(end), kind: kind))
    }
  }
}
