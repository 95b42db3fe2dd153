import FoundationEssentials

/// Why a stored event could not be read.
public enum EventFormatError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A newer version of the program wrote it.
  case unknownKind(UInt16)
  case malformed(JSONError)
  case missing(field: String, type: String)

  public var description: String {
    switch self {
    case .unknownKind(let kind):
      "event kind \(kind) is not known; read this log with a newer version of tidings"
    case .malformed(let error): "event is not readable JSON: \(error)"
    case .missing(let field, let type): "\(type) has no \(field)"
    }
  }
}

extension Event {
  /// Reads what `json` wrote, whatever order its fields have; unknown fields are ignored.
  public init(kind code: UInt16, json: [UInt8]) throws(EventFormatError) {
    guard let kind = EventKind(rawValue: code) else { throw .unknownKind(code) }
    var fields = EventFields(type: kind.type)
    var reader = JSONReader(json)
    do {
      try reader.object { reader, key throws(JSONError) in try fields.read(key, from: &reader) }
      try reader.end()
    } catch {
      throw .malformed(error)
    }
    self.init(at: try fields.need(fields.at, "at"), try fields.fact(of: kind))
  }
}

/// The fields of all stored events, gathered before it is decided what they make.
private struct EventFields {
  let type: String
  var at: Date?
  var texts: [String: String] = [:]
  var numbers: [String: Int] = [:]
  var lists: [String: [String]] = [:]
  var flags: [String: Bool] = [:]
  var since: Date?
  var until: Date?
  var article: Article?
  var alert: Alert?
  var group: [String: String] = [:]
  var why: [Alert.Clause] = []

  init(type: String) {
    self.type = type
  }

  mutating func read(_ key: String, from reader: inout JSONReader) throws(JSONError) {
    switch key {
    case "at": at = try reader.date()
    case "since": since = try reader.date()
    case "until": until = try reader.date()
    case "article": article = try Article(from: &reader, now: .distantPast)
    case "alert": alert = try Alert(from: &reader)
    case "group": group = try reader.stringMap()
    case "why": why = try reader.all(Alert.Clause.init(from:))
    default: try readScalar(key, from: &reader)
    }
  }

  private mutating func readScalar(
    _ key: String, from reader: inout JSONReader
  ) throws(JSONError) {
    switch reader.peek() {
    case .string: texts[key] = try reader.string()
    case .number: numbers[key] = try reader.integer()
    case .bool: flags[key] = try reader.bool()
    case .array where ["tags", "changed", "classes"].contains(key):
      lists[key] = try reader.strings()
    default: try reader.skipValue()
    }
  }

  func need<Value>(_ value: Value?, _ field: String) throws(EventFormatError) -> Value {
    guard let value else { throw .missing(field: field, type: type) }
    return value
  }

  func text(_ key: String) throws(EventFormatError) -> String { try need(texts[key], key) }

  func number(_ key: String) throws(EventFormatError) -> Int { try need(numbers[key], key) }

  func position(_ key: String) throws(EventFormatError) -> UInt64 {
    try need(UInt64(exactly: number(key)), key)
  }

  func feedID() throws(EventFormatError) -> Feed.ID { Feed.ID(try text("feed")) }
}

extension EventFields {
  func fact(of kind: EventKind) throws(EventFormatError) -> Event.Fact {
    switch kind {
    case .feedFollowed: .feedFollowed(try feed(), by: try text("by"))
    case .feedChanged: .feedChanged(try feed())
    case .feedUnfollowed: .feedUnfollowed(try feedID(), by: try text("by"))
    case .feedMoved:
      .feedMoved(
        try feedID(), from: try text("from"), to: try text("to"), answers: try number("answers"))
    case .feedGone:
      .feedGone(try feedID(), status: try number("status"), answers: try number("answers"))
    case .feedFailed: .feedFailed(try feedFailure())
    case .feedRecovered:
      .feedRecovered(
        try feedID(), since: try need(since, "since"), failures: try number("failures"))
    case .feedFetched: .feedFetched(try feedFetch())
    case .articlePublished: .articlePublished(try need(article, "article"), try origin())
    case .articleRevised: .articleRevised(try need(article, "article"), try revision())
    case .articleSighted:
      .articleSighted(Article.ID(try text("article_id")), in: try feedID())
    case .ruleDefined: .ruleDefined(try ruleDefinition())
    case .ruleRemoved: .ruleRemoved(rule: try text("rule"))
    case .vocabularyDefined:
      .vocabularyDefined(VocabularyDefinition(part: try text("part"), text: try text("text")))
    case .alertRaised: .alertRaised(try need(alert, "alert"), cause: try position("cause"))
    case .alertHeld: .alertHeld(try alertHold(), cause: try position("cause"))
    case .rulesEvaluated:
      .rulesEvaluated(through: try position("through"), engine: try text("engine"))
    case .alertDelivered: .alertDelivered(try delivery())
    case .alertUndeliverable: .alertUndeliverable(try delivery())
    case .clockTicked: .clockTicked
    case .daemonStarted: .daemonStarted(version: try text("version"))
    case .daemonStopped: .daemonStopped(reason: try text("reason"))
    }
  }

  private func feed() throws(EventFormatError) -> Feed {
    Feed(
      id: try feedID(), url: try text("url"),
      every: numbers["every_seconds"].map { .seconds($0) },
      privateNetwork: flags["private_network"] ?? false, publisher: texts["publisher"],
      language: texts["language"], tags: lists["tags"] ?? [], timezone: texts["timezone"])
  }

  private func feedFailure() throws(EventFormatError) -> FeedFailure {
    FeedFailure(
      feed: try feedID(), failureClass: try text("class"), status: numbers["status"],
      message: try text("message"))
  }

  private func feedFetch() throws(EventFormatError) -> FeedFetch {
    FeedFetch(
      feed: try feedID(), url: try text("url"), bytes: try number("bytes"),
      sha256: try text("sha256"), format: try text("format"), entries: try number("entries"),
      published: try number("published"), revised: try number("revised"), title: texts["title"],
      home: texts["home"], language: texts["language"])
  }

  private func origin() throws(EventFormatError) -> Origin {
    try need(Origin(rawValue: try text("origin")), "origin")
  }

  private func revision() throws(EventFormatError) -> Revision {
    Revision(
      previous: try number("previous"), changed: lists["changed"] ?? [],
      classes: lists["classes"] ?? [], isDeclared: flags["declared"] ?? false)
  }

  private func ruleDefinition() throws(EventFormatError) -> RuleDefinition {
    RuleDefinition(
      rule: try text("rule"), revision: try text("revision"), mode: try text("mode"),
      text: try text("text"))
  }

  private func alertHold() throws(EventFormatError) -> AlertHold {
    AlertHold(
      rule: try text("rule"), group: group, article: texts["article_id"].map(Article.ID.init),
      hold: try text("hold"), until: until, alert: texts["alert_id"].map(Alert.ID.init), why: why)
  }

  private func delivery() throws(EventFormatError) -> Delivery {
    Delivery(
      alert: Alert.ID(try text("alert_id")), number: try number("n"),
      state: try need(Alert.State(rawValue: try text("state")), "state"),
      outlet: try text("outlet"), attempts: try number("attempts"), detail: texts["detail"])
  }
}
