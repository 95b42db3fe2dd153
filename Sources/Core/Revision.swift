/// The step from one revision of an article to the next.
public struct Revision: Hashable, Sendable {
  public var previous: Int
  /// Names of the article's fields that differ.
  public var changed: [String]
  /// Names of `EditClass`es.
  public var classes: [String]
  /// Whether the publisher announced the edit.
  public var isDeclared: Bool
  /// States in between that were seen and not kept, for there were too many; nil for none.
  public var passedOver: Int?

  public init(
    previous: Int, changed: [String], classes: [String] = [], isDeclared: Bool,
    passedOver: Int? = nil
  ) {
    self.previous = previous
    self.changed = changed
    self.classes = classes
    self.isDeclared = isDeclared
    self.passedOver = passedOver
  }
}

// MARK: - The stored form

extension Revision {
  func writeFields(to writer: inout JSONWriter) {
    writer.field("previous", previous)
    writer.field("changed", changed)
    writer.field("classes", classes)
    writer.field("declared", isDeclared)
    writer.field("passed_over", passedOver)
  }

  init(_ fields: EventFields) throws(EventFormatError) {
    self.init(
      previous: try fields.number("previous"), changed: fields.list(ifAny: "changed") ?? [],
      classes: fields.list(ifAny: "classes") ?? [],
      isDeclared: fields.flag(ifAny: "declared") ?? false,
      passedOver: fields.number(ifAny: "passed_over"))
  }
}
