import Core
import FoundationEssentials
import Text

extension Turn {
  /// The lines of alerts whose first article no longer meets its rule.
  mutating func correct(
    _ scanned: ScannedArticle, _ revision: Revision?, _ before: [Met], _ matches: [Rule]
  ) throws {
    let article = scanned.article
    // What is taken back is told as such, by the record that follows.
    guard let revision, !revision.classes.contains(EditClass.retracted.rawValue),
      try !isBackToFeed(article, before)
    else { return }
    for met in before where met.isFirst && !matches.contains(where: { $0.id == met.rule }) {
      guard let rule = engine.ruled[met.rule], rule.kind.fallsWithItsArticle, judges(rule),
        let query = rule.match
      else { continue }
      var telling = Telling(reason: "edit")
      telling.summary = Alert.ArticleSummary(article)
      telling.why = [Alert.Clause(clause: rules.failing(query, scanned), via: "failed")]
      try correct(rule, met, article.id, .amended, telling)
    }
  }

  /// Whether an edit by the feed, which has only the beginning, stands where the text of the page stood, which is asked
  /// for again: what met the rule may still be there.
  private func isBackToFeed(_ article: Article, _ before: [Met]) throws -> Bool {
    guard article.textSource == .feed, before.contains(where: \.isFirst) else { return false }
    return try store.article(article.id, before: position)?.textSource == .page
  }

  /// The lines of alerts whose first article was taken back, and of rules that look at edits.
  mutating func withdraw(_ article: Article.ID, _ reason: Withdrawal) throws {
    if reason != .notice { try tellChange(of: article, nil, nil) }
    for met in try store.met(article) where met.isFirst {
      // One of many that were counted takes no count away, nor did a surge not happen.
      guard let rule = engine.ruled[met.rule], !rule.kind.isResolved, !rule.kind.isBuiltIn,
        judges(rule)
      else { continue }
      var telling = Telling(reason: "withdrawn")
      telling.articles = [article.rawValue]
      telling.why = [Alert.Clause(clause: "withdrawn: \(reason.rawValue)", via: "value")]
      try correct(rule, met, article, .retracted, telling)
    }
  }

  private mutating func correct(
    _ rule: Rule, _ met: Met, _ article: Article.ID, _ standing: Alert.State, _ telling: Telling
  ) throws {
    guard let id = met.alert else { return }
    try store.forget(met, article)
    if standing == .retracted {
      // It stays known: what comes back was told.
      try store.note(Met(rule: met.rule, group: met.group), article)
    }
    guard rule.mode == .live else { return }
    let key = GroupKey(rule: rule.id, group: met.group)
    try change(rule, key) { turn, state in
      try turn.change(rule, key, &state, id, standing, telling)
    }
  }

  // MARK: The kind `change`

  /// Tells of an edit, or of a withdrawal where there is no revision.
  mutating func tellChange(
    of article: Article.ID, _ revised: Article?, _ revision: Revision?
  ) throws {
    guard !engine.changes.isEmpty else { return }
    let met = try store.met(article)
    for (rule, change) in engine.changes where judges(rule) && change.concerns(revision) {
      guard let alert = try alert(of: change, met) else { continue }
      var telling = Telling(reason: "change")
      telling.article = revised
      telling.summary = revised.map(Alert.ArticleSummary.init)
      telling.articles = [article.rawValue]
      telling.articleCount = 1
      let classes = revision?.classes.joined(separator: ", ") ?? "withdrawn"
      telling.why = [
        Alert.Clause(clause: classes, via: "change"),
        Alert.Clause(clause: "after alert \(alert.rawValue)", via: "change"),
      ]
      try tell(rule, change, revised, article, telling)
    }
  }

  /// The alert of a rule looked at that the article raised, not too long ago.
  private func alert(of change: RuleKind.Change, _ met: [Met]) throws -> Alert.ID? {
    for met in met where change.of.contains(met.rule) {
      guard let id = met.alert, let episode = try store.episode(id) else { continue }
      if now - episode.opened <= change.within.seconds { return id }
    }
    return nil
  }

  private mutating func tell(
    _ rule: Rule, _ change: RuleKind.Change, _ revised: Article?, _ article: Article.ID,
    _ telling: Telling
  ) throws {
    var group: [String: String] = [:]
    for grouping in rule.by {
      switch grouping {
      case .article: group[grouping.rawValue] = article.rawValue
      case .story: group[grouping.rawValue] = told?.story.rawValue ?? article.rawValue
      case .feed: group[grouping.rawValue] = revised?.feed.rawValue
      case .publisher: group[grouping.rawValue] = revised?.publisher
      default: break
      }
    }
    let key = GroupKey(rule: rule.id, group: JSONWriter.canonical(group))
    let count = GroupKey(rule: rule.id, group: key.group, term: article.rawValue)
    var edits = 0
    try self.change(rule, count) { turn, state in
      state.edits += 1
      state.last = turn.now
      edits = state.edits
    }
    guard edits <= change.maxPerArticle else { return }
    try happen(rule, key, telling)
  }
}

extension RuleKind {
  /// Whether an alert of the kind stands and falls with the article that opened it.
  var fallsWithItsArticle: Bool {
    switch self {
    case .match, .newTerm, .newPair: true
    default: false
    }
  }
}

extension RuleKind.Change {
  /// Whether a revision, or a withdrawal, is one of those wanted; never for noise.
  func concerns(_ revision: Revision?) -> Bool {
    guard let revision else { return classes.isEmpty || classes.contains(.retracted) }
    guard revision.isMoreThanNoise, !(isStealth && revision.isDeclared) else { return false }
    let isOfClass = classes.isEmpty || classes.contains { revision.classes.contains($0.rawValue) }
    let isOfField = fields.isEmpty || fields.contains { revision.changed.contains($0) }
    return isOfClass && isOfField
  }
}
