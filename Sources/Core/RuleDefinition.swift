/// The text of a rule from which on it judges.
public struct RuleDefinition: Hashable, Sendable {
  public var rule: String
  /// 12 hexadecimal digits over everything that the rule means.
  public var revision: String
  public var mode: String
  /// The rule's configuration as JSON, defaults filled in.
  public var text: String

  public init(rule: String, revision: String, mode: String, text: String) {
    self.rule = rule
    self.revision = revision
    self.mode = mode
    self.text = text
  }
}

// MARK: - The stored form

extension RuleDefinition {
  func writeFields(to writer: inout JSONWriter) {
    writer.field("rule", rule)
    writer.field("revision", revision)
    writer.field("mode", mode)
    writer.field("text", text)
  }

  init(_ fields: EventFields) throws(EventFormatError) {
    self.init(
      rule: try fields.text("rule"), revision: try fields.text("revision"),
      mode: try fields.text("mode"), text: try fields.text("text"))
  }
}
