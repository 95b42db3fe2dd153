import Core
import EventLog
import FoundationEssentials
import Projections
import Rules
import Text

/// What the log says of a rule and an article.
struct RulePast {
  /// A revision of the article, and what it was judged by.
  struct Judged {
    var article: Article
    var position: Position
    /// Log time.
    var at: Date
    var words: PastWords
    var definitions: [String: RuleDefinition]
  }

  /// A time in which the rule was there.
  private struct Presence {
    var came: Moment
    var went: Moment?
  }

  /// Told apart by its position: the clock may have been set back.
  private struct Moment {
    var position: Position
    var at: Date

    init(_ record: Record) { (position, at) = (record.position, record.recordedAt) }
  }

  private(set) var revisions: [Judged] = []
  /// The edits of the article, by their classes.
  private(set) var edits: [[String]] = []
  private(set) var alert: Alert.ID?
  private(set) var holds: [AlertHold] = []
  /// Whether the article came with a backlog.
  private(set) var isLearned = false
  /// Whether the rule was ever there.
  var hadRule: Bool { !presences.isEmpty }
  /// Alerts that the article raised, by rule.
  private var raised: [String: Alert.ID] = [:]
  private var presences: [Presence] = []

  private let rule: String
  private let id: Article.ID
  private var words = PastWords()
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
      guard definition.rule == rule, presences.last.map({ $0.went != nil }) ?? true else { return }
      presences.append(Presence(came: Moment(record)))
    case .ruleRemoved(let gone):
      definitions[gone] = nil
      if gone == rule, !presences.isEmpty {
        presences[presences.count - 1].went = Moment(record)
      }
    case .vocabularyDefined(let part): words.take(part)
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
        article: article, position: record.position, at: record.recordedAt, words: words,
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
    let judged = revisions.last?.position ?? .origin
    let went = (presences.last { $0.came.position <= judged }?.went?.at).map(Timestamp.text)
    let came = (presences.first { $0.came.position > judged }?.came.at).map(Timestamp.text)
    switch (went, came) {
    case (let went?, let came?):
      return "the rule was removed at \(went), and came back at \(came)"
    case (let went?, nil): return "the rule was removed at \(went)"
    case (nil, let came?): return "the rule was not there yet; it came at \(came)"
    case (nil, nil): return "the rule could not be read as it was then"
    }
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
