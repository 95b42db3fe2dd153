import Core
import EventLog
import FoundationEssentials
import Projections
import Rules

/// What the log says of a rule and an article.
struct RulePast {
  /// A revision of the article, and what it was judged by.
  struct Judged {
    var article: Article
    var position: Position
    /// Log time.
    var at: Date
    var vocabulary: [String: String]
    var definitions: [String: RuleDefinition]

    /// The rule with those that it looks at.
    func rules(_ id: String) -> RuleSet {
      let alone = RuleSet(
        vocabulary: vocabulary, definitions: definitions[id].map { [$0] } ?? [],
        zones: SystemZones.names)
      let used = alone.rules.first?.kind.uses ?? []
      return RuleSet(
        vocabulary: vocabulary, definitions: (used + [id]).compactMap { definitions[$0] },
        zones: SystemZones.names)
    }
  }

  private(set) var revisions: [Judged] = []
  /// The edits of the article, by their classes.
  private(set) var edits: [[String]] = []
  private(set) var alert: Alert.ID?
  private(set) var holds: [AlertHold] = []
  /// Whether the article came with a backlog.
  private(set) var isLearned = false
  /// Whether the rule was ever there.
  private(set) var hadRule = false
  /// Alerts that the article raised, by rule.
  private var raised: [String: Alert.ID] = [:]
  /// When the rule first came, and when it last went.
  private var came: Date?
  private var went: Date?

  private let rule: String
  private let id: Article.ID
  private var vocabulary: [String: String] = [:]
  private var definitions: [String: RuleDefinition] = [:]

  init(_ rule: String, _ article: Article.ID, in log: SegmentedLog) async throws {
    (self.rule, id) = (rule, article)
    let kinds: [EventKind] = [
      .ruleDefined, .ruleRemoved, .vocabularyDefined, .articlePublished, .articleRevised,
      .alertRaised, .alertChanged, .alertHeld,
    ]
    try await log.forEachBatch { records in
      for record in records where kinds.contains(where: { $0.rawValue == record.kind }) {
        if let event = try Event(of: record) { take(event.fact, record) }
      }
    }
  }

  private mutating func take(_ fact: Event.Fact, _ record: Record) {
    switch fact {
    case .ruleDefined(let definition):
      definitions[definition.rule] = definition
      guard definition.rule == rule else { return }
      hadRule = true
      if came == nil || went != nil { came = record.recordedAt }
    case .ruleRemoved(let gone):
      definitions[gone] = nil
      if gone == rule { went = record.recordedAt }
    case .vocabularyDefined(let part): vocabulary[part.part] = part.text
    case .articlePublished(let article, let origin) where article.id == id:
      isLearned = origin == .backlog || origin == .import
      note(article, record)
    case .articleRevised(let article, let revision) where article.id == id:
      edits.append(revision.classes)
      note(article, record)
    case .alertRaised(let alert, _), .alertChanged(let alert, _): take(alert)
    case .alertHeld(let hold, _): if hold.rule == rule, hold.article == id { holds.append(hold) }
    default: break
    }
  }

  private mutating func note(_ article: Article, _ record: Record) {
    revisions.append(
      Judged(
        article: article, position: record.position, at: record.recordedAt, vocabulary: vocabulary,
        definitions: definitions))
  }

  private mutating func take(_ alert: Alert) {
    guard alert.article?.id == id || alert.articles.contains(id) else { return }
    raised[alert.rule] = raised[alert.rule] ?? alert.id
    if alert.rule == rule { self.alert = self.alert ?? alert.id }
  }

  // MARK: In words

  /// Why the rule was not there when the article was judged.
  var absence: String {
    if let went, let last = revisions.last, went <= last.at {
      return "the rule was removed at \(Timestamp.text(went))"
    }
    return "the rule was not there yet; it came at \(Timestamp.text(came ?? .distantPast))"
  }

  /// What a rule about edits misses.
  func wants(_ change: RuleKind.Change) -> String {
    guard change.of.contains(where: { raised[$0] != nil }) else {
      return "it raised no alert of \(change.of.joined(separator: ", "))"
    }
    guard !edits.isEmpty else { return "it raised an alert, and was not edited since" }
    let classes = Set(edits.joined()).sorted().joined(separator: ", ")
    let wanted = change.classes.map(\.rawValue).joined(separator: ", ")
    return "its edits were \(classes.isEmpty ? "noise" : classes); "
      + "wanted are \(wanted.isEmpty ? "any that are no noise" : wanted)"
  }
}
