public import Core
public import FoundationEssentials

/// What a rule has done so far, as far as it matters for what it does next.
public struct RuleState: Hashable, Sendable {
  /// Log time of its last line.
  public var lastLine: Date?
  /// Lines held by the cooldown since then.
  public var heldByCooldown: Int

  public init(lastLine: Date? = nil, heldByCooldown: Int = 0) {
    self.lastLine = lastLine
    self.heldByCooldown = heldByCooldown
  }
}

/// What is to be done about a match.
public enum Decision: Hashable, Sendable {
  case raise(Alert)
  case hold(AlertHold)
}

/// An article as it comes to be judged.
public struct Judged: Sendable {
  public var article: Article
  /// Nil for an edit of an article that is known.
  public var origin: Origin?
  /// Position of its record.
  public var cause: UInt64
  /// Log time.
  public var at: Date
  public var coverage: Alert.Coverage

  public init(
    article: Article, origin: Origin?, cause: UInt64, at: Date, coverage: Alert.Coverage
  ) {
    self.article = article
    self.origin = origin
    self.cause = cause
    self.at = at
    self.coverage = coverage
  }
}

/// Decides which matches become alerts.
///
/// A function of the record, the rules in force and the states given: equal input, equal decisions, live
/// and in every replay.
public struct RuleEngine: Sendable {
  /// Enters `rules.evaluated`; another number may decide otherwise.
  public static let version = "1"

  public let rules: RuleSet

  public init(_ rules: RuleSet) {
    self.rules = rules
  }

  /// Judges one article by all rules.
  ///
  /// `states` are read and updated; `hasFired` says whether a rule has told of the article before.
  public func judge(
    _ judged: Judged, states: inout [String: RuleState],
    hasFired: (_ rule: String, Article.ID) throws -> Bool
  ) rethrows -> [Decision] {
    var decisions: [Decision] = []
    for match in rules.matches(judged.article) {
      guard judged.origin != .backlog && judged.origin != .import || match.rule.backlog,
        try !hasFired(match.rule.id, judged.article.id)
      else { continue }
      decisions.append(decide(match, judged, &states[match.rule.id, default: RuleState()]))
    }
    return decisions
  }

  private func decide(_ match: Match, _ judged: Judged, _ state: inout RuleState) -> Decision {
    let rule = match.rule
    if rule.mode == .shadow {
      return .hold(
        AlertHold(rule: rule.id, article: judged.article.id, hold: "shadow", why: match.why))
    }
    if let cooldown = rule.cooldown, let last = state.lastLine {
      let end = last.addingTimeInterval(cooldown.seconds)
      if judged.at < end {
        state.heldByCooldown += 1
        return .hold(
          AlertHold(rule: rule.id, article: judged.article.id, hold: "cooldown", until: end))
      }
    }
    defer { state = RuleState(lastLine: judged.at) }
    return .raise(alert(match, judged, held: state.heldByCooldown))
  }

  private func alert(_ match: Match, _ judged: Judged, held: Int) -> Alert {
    let group = ["article": judged.article.id.rawValue]
    let key = ["tidings/1", "alert.raised", match.rule.id, JSONWriter.canonical(group)]
    return Alert(
      id: Alert.ID(Digest(of: key + [String(judged.cause), "0"]).description),
      rule: match.rule.id, ruleRevision: match.rule.revision, severity: match.rule.severity,
      state: .fired, at: judged.at, reason: judged.origin == nil ? "became_match" : "new",
      article: Alert.ArticleSummary(judged.article), why: match.why,
      held: Alert.Held(cooldown: held), coverage: judged.coverage, group: group,
      note: match.rule.note, outlets: match.rule.outlets)
  }
}
