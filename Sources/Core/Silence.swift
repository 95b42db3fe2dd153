public import FoundationEssentials

/// A person's order to hold the lines of some rules until a time.
public struct Silence: Hashable, Sendable {
  public struct ID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var rawValue: String

    public init(_ rawValue: String) {
      self.rawValue = rawValue
    }

    public var description: String { rawValue }

    public static func < (a: ID, b: ID) -> Bool { a.rawValue < b.rawValue }
  }

  public var id: ID
  public var rules: [String]
  /// Group values, feed or publisher that a line must have to be held; empty: every line.
  public var scope: [String: String]
  public var until: Date
  public var reason: String
  public var by: String
  /// It is over before its end when it has held nothing for so long.
  public var expireIfIdle: Duration?

  public init(
    id: ID, rules: [String], scope: [String: String] = [:], until: Date, reason: String, by: String,
    expireIfIdle: Duration? = nil
  ) {
    self.expireIfIdle = expireIfIdle
    self.id = id
    self.rules = rules
    self.scope = scope
    self.until = until
    self.reason = reason
    self.by = by
  }
}

extension Silence {
  /// The keys that `where` may have besides the values of a rule's group.
  public static let scopeKeys = [
    "article", "copies", "entity", "entity_pair", "feed", "filter", "lang", "list", "outlet",
    "place", "publisher", "rule", "story", "topic",
  ]

  /// Whether it holds a line of `rule` on `article` at `time`: from when it was set, before it ends.
  ///
  /// Every key of its scope must have the line's value; one that the line lacks holds nothing, for a
  /// silence that is not understood must not hide news.
  public func holds(
    rule: String, group: [String: String], article: Article?, at time: Date
  ) -> Bool {
    guard time < until, rules.contains(rule) else { return false }
    return scope.allSatisfy { key, value in
      switch key {
      case "article": article?.id.rawValue == value || group[key] == value
      case "feed": article?.feed.rawValue == value || group[key] == value
      case "publisher": article?.publisher == value || group[key] == value
      default: group[key] == value
      }
    }
  }
}

// MARK: - The stored form

extension Silence {
  func writeFields(to writer: inout JSONWriter) {
    writer.field("silence", id.rawValue)
    writer.field("rules", rules)
    if !scope.isEmpty {
      writer.key("where")
      writer.strings(scope)
    }
    writer.field("until", until)
    writer.field("reason", reason)
    writer.field("by", by)
    writer.field("expire_if_idle", expireIfIdle.map(DurationText.text))
  }

  init(_ fields: EventFields) throws(EventFormatError) {
    self.init(
      id: ID(try fields.text("silence")), rules: try fields.list("rules"), scope: fields.scope,
      until: try fields.time("until"), reason: try fields.text("reason"),
      by: try fields.text("by"),
      expireIfIdle: fields.text(ifAny: "expire_if_idle").flatMap(DurationText.duration))
  }
}
