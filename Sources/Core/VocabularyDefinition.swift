/// A part of the operator's words from which on articles are read with it.
public struct VocabularyDefinition: Hashable, Sendable {
  /// entities, topics or lists.
  public var part: String
  /// Of the text, in hexadecimal.
  public var digest: String
  /// The part's configuration as JSON.
  public var text: String

  public init(part: String, text: String) {
    self.part = part
    self.text = text
    digest = String(SHA256.hex(Array(text.utf8)).prefix(32))
  }
}

// MARK: - The stored form

extension VocabularyDefinition {
  func writeFields(to writer: inout JSONWriter) {
    writer.field("part", part)
    writer.field("digest", digest)
    writer.field("text", text)
  }

  /// The digest is made anew: it is one of the text.
  init(_ fields: EventFields) throws(EventFormatError) {
    self.init(part: try fields.text("part"), text: try fields.text("text"))
  }
}
