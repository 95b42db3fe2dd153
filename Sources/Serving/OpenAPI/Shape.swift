import Core

/// The objects that the page's JSON is made of, as the description names them.
enum Shape: String, CaseIterable {
  case alert = "Alert"
  case alerts = "Alerts"
  case alertPortrait = "AlertPortrait"
  case article = "Article"
  case articles = "Articles"
  case articlePortrait = "ArticlePortrait"
  case checks = "Checks"
  case clause = "Clause"
  case count = "Count"
  case day = "Day"
  case entities = "Entities"
  case entityPortrait = "EntityPortrait"
  case feed = "Feed"
  case feeds = "Feeds"
  case form = "Form"
  case member = "Member"
  case place = "Place"
  case rule = "Rule"
  case rules = "Rules"
  case search = "Search"
  case site = "Site"
  case stories = "Stories"
  case story = "Story"
  case storyPortrait = "StoryPortrait"
  case teller = "Teller"
  case told = "Told"
  case topics = "Topics"
  case topicPortrait = "TopicPortrait"
  case trial = "Trial"
  case tried = "Tried"
  case trouble = "Trouble"
  case word = "Word"

  /// What a field holds.
  indirect enum Kind: Sendable {
    case text, time, integer, number, flag
    /// Any JSON.
    case any
    /// An object whose keys are data.
    case map
    case one(Shape)
    case list(Kind)
  }

  /// A field; those that are always there are required.
  struct Field: Sendable {
    var name: String
    var kind: Kind
    var isRequired = false

    /// One that may be missing.
    static func may(_ name: String, _ kind: Kind) -> Field { Field(name: name, kind: kind) }
    static func must(_ name: String, _ kind: Kind) -> Field {
      Field(name: name, kind: kind, isRequired: true)
    }
  }

  var reference: String { "#/components/schemas/\(rawValue)" }

  func write(to writer: inout JSONWriter) {
    writer.field("type", "object")
    let required = fields.filter(\.isRequired).map(\.name)
    if !required.isEmpty { writer.field("required", required) }
    writer.field(
      "properties",
      object: { writer in
        for field in fields { writer.field(field.name, object: field.kind.write) }
      })
  }
}

extension Shape.Kind {
  func write(to writer: inout JSONWriter) {
    switch self {
    case .text: writer.field("type", "string")
    case .time:
      writer.field("type", "string")
      writer.field("format", "date-time")
    case .integer: writer.field("type", "integer")
    case .number: writer.field("type", "number")
    case .flag: writer.field("type", "boolean")
    case .any: break
    case .map: writer.field("type", "object")
    case .one(let shape): writer.field("$ref", shape.reference)
    case .list(let kind):
      writer.field("type", "array")
      writer.field("items", object: kind.write)
    }
  }
}
