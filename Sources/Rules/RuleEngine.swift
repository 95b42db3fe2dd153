public import Core
public import FoundationEssentials

/// What a rule has done so far, as far as it matters for what it does next.
public struct RuleState: Hashable, Sendable {
  /// Until when its cooldown holds further lines, in log time; nil once that is over.
  public var coolingUntil: Date?
  /// Lines held by the cooldown since then.
  public var heldByCooldown: Int
  /// Lines held by silences since its last one.
  public var heldBySilence: Int

  public init(coolingUntil: Date? = nil, heldByCooldown: Int = 0, heldBySilence: Int = 0) {
    self.coolingUntil = coolingUntil
    self.heldByCooldown = heldByCooldown
    self.heldBySilence = heldBySilence
  }
}

/// What is to be done about a match.
public enum Decision: Hashable, Sendable {
  case raise(Alert)
  case hold(AlertHold)
}

/// What is to be done about an article, and what to remember of it.
public struct Judgement: Hashable, Sendable {
  public internal(set) var decisions: [Decision] = []
  /// The rules that the article meets for the first time.
  public internal(set) var met: [String] = []
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
  public static let version = "3"

  public let rules: RuleSet

  public init(_ rules: RuleSet) {
    self.rules = rules
  }

  /// Judges what an article meets, by the rules' own order.
  ///
  /// `silences` are those that may be in force. `states` are read and updated; `hasMet` says whether an earlier revision of the article met a rule.
  /// Then nothing is decided again, told or not: an edit of what was learned with a backlog is no news, and
  /// one of what a cooldown holds is not held twice.
  public func judge(
    _ matches: [Match], of judged: Judged, silences: [Silence] = [],
    states: inout [String: RuleState],
    hasMet: (_ rule: String, Article.ID) throws -> Bool
  ) rethrows -> Judgement {
    var judgement = Judgement()
    for match in matches where try !hasMet(match.rule.id, judged.article.id) {
      judgement.met.append(match.rule.id)
      let isLearned = judged.origin == .backlog || judged.origin == .import
      guard !isLearned || match.rule.backlog else { continue }
      judgement.decisions.append(
        decide(match, judged, silences, &states[match.rule.id, default: RuleState()]))
    }
    return judgement
  }

  private func decide(
    _ match: Match, _ judged: Judged, _ silences: [Silence], _ state: inout RuleState
  ) -> Decision {
    let rule = match.rule
    if rule.mode == .shadow {
      return .hold(
        AlertHold(rule: rule.id, article: judged.article.id, hold: "shadow", why: match.why))
    }
    if let silence = longest(silences, on: rule, judged) {
      state.heldBySilence += 1
      return .hold(
        AlertHold(
          rule: rule.id, article: judged.article.id, hold: "silence", until: silence.until,
          reason: silence.reason))
    }
    if let end = state.coolingUntil, judged.at < end {
      state.heldByCooldown += 1
      return .hold(
        AlertHold(rule: rule.id, article: judged.article.id, hold: "cooldown", until: end))
    }
    defer {
      let end = rule.cooldown.map { judged.at.addingTimeInterval($0.seconds) }
      state = RuleState(coolingUntil: end)
    }
    return .raise(alert(match, judged, held: state))
  }

  /// Of the silences that hold a line the one that ends last.
  private func longest(_ silences: [Silence], on rule: Rule, _ judged: Judged) -> Silence? {
    silences.filter {
      $0.holds(
        rule: rule.id, group: Self.group(judged), article: judged.article, at: judged.at)
    }.max { ($0.until, $0.id) < ($1.until, $1.id) }
  }

  private static func group(_ judged: Judged) -> [String: String] {
    ["article": judged.article.id.rawValue]
  }

  private func alert(_ match: Match, _ judged: Judged, held: RuleState) -> Alert {
    let group = Self.group(judged)
    let key = ["tidings/1", "alert.raised", match.rule.id, JSONWriter.canonical(group)]
    return Alert(
      id: Alert.ID(Digest(of: key + [String(judged.cause), "0"]).description),
      rule: match.rule.id, ruleRevision: match.rule.revision, severity: match.rule.severity,
      state: .fired, at: judged.at, reason: judged.origin == nil ? "became_match" : "new",
      article: Alert.ArticleSummary(judged.article), why: match.why,
      held: Alert.Held(cooldown: held.heldByCooldown, silence: held.heldBySilence),
      coverage: judged.coverage, group: group,
      note: match.rule.note, outlets: match.rule.outlets)
  }
}
