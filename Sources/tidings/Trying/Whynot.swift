import Core
import EventLog
import FoundationEssentials
import Projections
import Rules

/// Why a rule told nothing of an article: the first step of its judgement that stopped it.
///
/// By the rule and the words as they were when the article was judged; the log has them.
struct Whynot {
  /// The rule as it was; nil where it was not there.
  private(set) var rule: Rule?
  /// The alert that the rule raised of the article, if it did.
  private(set) var alert: Alert.ID?
  private(set) var article: Article
  /// One or more lines; none where it fired.
  private(set) var reasons: [String] = []
  /// The story that it is in by now, and the language that it was folded with.
  private let told: ArticleStory?
  private let language: String?
  /// The revision that was judged, and by what.
  private var judged: (revision: RulePast.Judged, rules: RuleSet)?

  /// - Returns: nil where the log never had the rule, or has not the article.
  init?(
    _ rule: String, _ article: Article.ID, in log: SegmentedLog, _ views: Views,
    progress: Projector.Report? = nil
  ) async throws {
    let past = try await RulePast(rule, article, in: log)
    guard past.hadRule, let last = past.revisions.last else { return nil }
    self.article = last.article
    alert = past.alert
    let told = try views.read { try ArticleStory(of: article, in: $0) }
    let language = try views.language(of: article)
    (self.told, self.language) = (told, language)
    var known = PastRules()
    for judged in past.revisions {
      let rules = known.rules(rule, for: judged)
      guard let found = rules.rules.first(where: { $0.id == rule }) else { continue }
      (self.rule, self.article, self.judged) = (found, judged.article, (judged, rules))
      // The first revision that met the query is what was judged; else the last one is looked at.
      let scanned = rules.scan(judged.article, in: told, language: language)
      if found.match.map({ rules.tree($0, scanned).isHeld }) ?? true { break }
    }
    reasons = try await reasons(past, log, views, progress)
  }

  private func reasons(
    _ past: RulePast, _ log: SegmentedLog, _ views: Views, _ progress: Projector.Report?
  ) async throws -> [String] {
    guard let rule, let (judged, rules) = self.judged else { return [past.absence] }
    let isFirst = judged.position == past.revisions[0].position
    // What was told was told, whatever story the article is in by now.
    if alert != nil { return [] }
    if let stop = stop(rule, judged, rules) { return stop }
    guard past.holds.isEmpty else { return past.holds.map(Self.words) }
    if rule.mode == .part { return ["it holds; the rule serves others and tells nothing"] }
    if past.isLearned, isFirst, !rule.backlog {
      return ["it holds; the article came with a backlog"]
    }
    if rules.isLate(article, seen: judged.at.timeIntervalSince1970), !rule.late {
      return ["it holds; the article was published long before it was seen"]
    }
    if case .change(let change) = rule.kind { return [past.wants(change)] }
    if rule.kind.isBuiltIn { return ["the rule tells of the program itself, not of articles"] }
    let wants = try await wants(rule, judged, rules, log, views, progress)
    let held = rule.match == nil ? "" : "it holds; "
    guard wants.isEmpty else { return wants.map { held + $0 } }
    // Stories of the time are nowhere kept: it came into this one later.
    if rules.asksForStory(rule) { return [held + "it is in the story by now"] }
    return isFirst
      ? [held + "what was decided on it is not in the log yet"]
      : [held + "an edit of what was there before the rule is no news"]
  }

  /// What stops a rule before its kind is asked: nil where nothing does.
  private func stop(
    _ rule: Rule, _ judged: RulePast.Judged, _ rules: RuleSet
  ) -> [String]? {
    if rule.mode == .off { return ["the rule was off"] }
    if let until = rule.until, judged.at >= until {
      return ["the rule was off from \(Timestamp.text(until))"]
    }
    let scanned = rules.scan(judged.article, in: told, language: language)
    if let filter = rules.filter(of: rule, for: scanned) {
      return ["kept from it by filter \(filter)"]
    }
    guard let match = rule.match, case let tree = rules.tree(match, scanned), !tree.isHeld
    else { return nil }
    return tree.lines
  }

  private static func words(_ hold: AlertHold) -> String {
    let end = hold.until.map { " until \(Timestamp.text($0))" } ?? ""
    let alert = hold.alert.map { ", in alert \($0)" } ?? ""
    return "held by \(hold.hold)\(end)" + (hold.reason.map { ": \($0)" } ?? "") + alert
  }

  /// Judges anew what the rule looks back at, up to the article.
  private func wants(
    _ rule: Rule, _ judged: RulePast.Judged, _ rules: RuleSet, _ log: SegmentedLog,
    _ views: Views, _ progress: Projector.Report?
  ) async throws -> [String] {
    let records = LogReplay(log: log, views: views, progress: progress)
    let replay = try await records.judge(
      by: rules, since: judged.at, before: judged.position.next
    ) { _, _, _ in }
    return try replay.wants(rule.id, article, rules.read(article, in: language), in: told)
  }
}
