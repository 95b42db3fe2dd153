import ArgumentParser
import Core
import EventLog
import FoundationEssentials
import Projections
import Rules

/// Why a rule said nothing about an article: the first step of its judgement that stopped it.
struct WhynotCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whynot",
    abstract: "Show why a rule did not fire on an article: what failed, or what held it.",
    discussion: """
      Goes by the rules that are in force now. Exit 2 if the rule or the article is unknown.
      Example: tidings whynot putin-xi 8f31c0
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "The rule's id.") var rule: String
  @Argument(help: "The article's id, or its beginning.") var article: String

  func run() async throws {
    let paths = try options.read().paths
    let views = try Reading.views(paths)
    let rules = RuleSet(
      vocabulary: try views.vocabulary(), definitions: try views.ruleDefinitions())
    guard let rule = rules.rules.first(where: { $0.id == self.rule }) else {
      let fix = Suggestion.fix(for: self.rule, in: rules.rules.map(\.id))
      throw Failure(self.rule, "is no rule in force", fix: fix, code: Exit.nothingFound)
    }
    let found = try views.articles(idPrefix: article)
    guard let known = found.first else {
      throw Failure(
        article, "no article has an id that begins so", fix: "see `tidings articles`",
        code: Exit.nothingFound)
    }
    guard found.count == 1 else {
      throw Failure(article, "begins \(found.count) ids", fix: "give more of it")
    }
    let log = try Reading.log(paths)
    let told = try await Told(rule.id, known.id, in: log)
    show(rule, known, told, rules)
  }

  private func show(_ rule: Rule, _ article: Article, _ told: Told, _ rules: RuleSet) {
    let fired = told.alert.map { "fired (\($0))" } ?? "did not fire"
    Terminal.line(
      SafeText.line(
        "\(rule.id) \(fired) on \"\(article.title)\" (\(article.feed), seen "
          + "\(Timestamp.text(article.seen))); rule revision \(rule.revision)"))
    for line in reasons(rule, article, told, rules) { Terminal.line(SafeText.line(line)) }
  }

  /// In the order of judgement, the first that stopped it; all lines that were held.
  private func reasons(
    _ rule: Rule, _ article: Article, _ told: Told, _ rules: RuleSet
  ) -> [String] {
    if rule.mode == .off { return ["the rule is off"] }
    if let until = rule.until, article.seen >= until {
      return ["the rule was off from \(Timestamp.text(until))"]
    }
    if let filter = rules.filter(of: rule, for: article) {
      return ["kept from it by filter \(filter)"]
    }
    if let match = rule.match {
      let tree = rules.tree(match, article)
      guard tree.isHeld else { return tree.lines }
    }
    return later(rule, article, told, rules)
  }

  /// What may have stopped it where its query holds.
  private func later(
    _ rule: Rule, _ article: Article, _ told: Told, _ rules: RuleSet
  ) -> [String] {
    if told.alert != nil { return [] }
    guard told.holds.isEmpty else {
      return told.holds.map { hold in
        let end = hold.until.map { " until \(Timestamp.text($0))" } ?? ""
        return "held by \(hold.hold)\(end)" + (hold.reason.map { ": \($0)" } ?? "")
      }
    }
    if rule.mode == .part { return ["it holds; the rule serves others and tells nothing"] }
    if told.isLearned, !rule.backlog { return ["it holds; the article came with a backlog"] }
    if rules.isLate(article, seen: article.seen.timeIntervalSince1970), !rule.late {
      return ["it holds; the article was published long before it was seen"]
    }
    guard rule.kind == .match else {
      return ["it holds; the condition of kind \(rule.kind.name) was not met by it"]
    }
    return ["it holds; the article was judged before the rule was there, or is not judged yet"]
  }
}

/// What the log says of a rule and an article.
private struct Told {
  var alert: Alert.ID?
  var holds: [AlertHold] = []
  /// Whether the article came with a backlog.
  var isLearned = false

  init(_ rule: String, _ article: Article.ID, in log: SegmentedLog) async throws {
    let kinds: [EventKind] = [.alertRaised, .alertChanged, .alertHeld, .articlePublished]
    try await log.forEachBatch { records in
      for record in records where kinds.contains(where: { $0.rawValue == record.kind }) {
        if let event = try Event(of: record) { take(event.fact, rule, article) }
      }
    }
  }

  private mutating func take(_ fact: Event.Fact, _ rule: String, _ article: Article.ID) {
    switch fact {
    case .alertRaised(let alert, _), .alertChanged(let alert, _):
      let isAbout = alert.article?.id == article || alert.articles.contains(article)
      if alert.rule == rule, isAbout { self.alert = self.alert ?? alert.id }
    case .alertHeld(let hold, _):
      if hold.rule == rule, hold.article == article { holds.append(hold) }
    case .articlePublished(let known, let origin):
      if known.id == article { isLearned = origin == .backlog || origin == .import }
    default: break
    }
  }
}
