/// A word of a person that corrects or settles something: whose, and why.
public struct Judgement: Hashable, Sendable {
  public var by: String
  public var note: String?

  public init(by: String, note: String? = nil) {
    self.by = by
    self.note = note
  }
}

// MARK: - The stored form

extension Judgement {
  func writeFields(to writer: inout JSONWriter) {
    writer.field("by", by)
    writer.field("note", note)
  }

  init(_ fields: EventFields) throws(EventFormatError) {
    self.init(by: try fields.text("by"), note: fields.text(ifAny: "note"))
  }
}
