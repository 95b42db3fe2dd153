import Core
import FoundationEssentials
import Text

extension Turn {
  /// Judges an article by every rule that it meets; those that inhibit others come first.
  mutating func judge(
    _ article: Article, _ origin: Origin?, _ revision: Revision?, _ reading: Reading
  ) throws {
    // Most articles meet no rule, and cost no look at what rules remember.
    let scanned = rules.scan(article, in: told, reading: reading)
    let matches = rules.met(by: scanned).filter { judges($0) || isStep($0) }
    let before = revision == nil ? [] : try store.met(article.id)
    if revision != nil {
      try tellChange(of: article.id, article, revision)
      try correct(scanned, revision, before, matches)
    }
    guard !matches.isEmpty else { return }
    let beholding = Beholding(
      scanned, origin, reading, rules, now: now, isCatchup: try isCatchup(article), told: told)
    let known = revision == nil ? try store.met(article.id) : before
    for rule in ordered(matches) { try judge(rule, beholding, known, revision) }
  }

  /// In the order they are written, those behind that others inhibit.
  private func ordered(_ matches: [Rule]) -> [Rule] {
    guard !engine.ranks.isEmpty else { return matches }
    func rank(_ rule: Rule) -> Int { engine.ranks[rule.id, default: 0] }
    return matches.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }.map(\.element)
  }

  /// Whether, while the past is learned, a rule that knows it is a step of one that does not.
  private func isStep(_ rule: Rule) -> Bool {
    guard let learning, let dependents = engine.dependents[rule.id] else { return false }
    return dependents.contains { learning.contains($0.id) }
  }

  /// Whether its feed brings something for the first time since nothing was recorded.
  private func isCatchup(_ article: Article) throws -> Bool {
    guard let resumed = try store.clock.resumed, let last = try store.lastFetched(article.feed)
    else {
      return false
    }
    return last < resumed
  }

  private mutating func judge(
    _ rule: Rule, _ beholding: Beholding, _ known: [Met], _ revision: Revision?
  ) throws {
    // Its steps are matches of others.
    guard rule.kind.uses.isEmpty else { return }
    let sighting = beholding.sighting(rule)
    // What it met before, told or not, is decided: an edit of what was learned with a backlog is no news.
    let isKnown = learning == nil && known.contains { $0.rule == rule.id }
    if isKnown, revision == nil { return }
    if isKnown { return try react(to: revision, rule, known, sighting) }
    if learning == nil, revision != nil, try held(rule, before: beholding) {
      // It met the rule before there was one: an edit does not make it news.
      return try store.note(Met(rule: rule.id, group: "{}"), beholding.article.id)
    }
    for dependent in engine.dependents[rule.id] ?? [] where judges(dependent) {
      try step(dependent, from: rule.id, sighting, beholding)
    }
    // It knows the past itself, and must not count it twice.
    guard judges(rule) else { return }
    if rule.kind.hasTerms {
      try store.note(Met(rule: rule.id, group: "{}"), beholding.article.id)
      guard rule.mode != .part else { return }
      return try seeTerms(rule, sighting, beholding)
    }
    for group in beholding.groups(rule.by) {
      let key = GroupKey(rule: rule.id, group: JSONWriter.canonical(group))
      try store.note(Met(rule: rule.id, group: key.group), beholding.article.id)
      guard rule.mode != .part else { continue }
      try see(rule, key, sighting)
    }
  }

  /// Whether an article met a rule already as it was before this record.
  private func held(_ rule: Rule, before beholding: Beholding) throws -> Bool {
    guard let earlier = try store.article(beholding.article.id, before: position) else {
      return false
    }
    let language = beholding.scanned.language
    return rules.holds(rule, rules.scan(earlier, in: told, language: language))
  }

  /// What a match means to the kind of its rule.
  private mutating func see(_ rule: Rule, _ key: GroupKey, _ sighting: Sighting) throws {
    guard !sighting.isLearned else { return }
    try change(rule, key) { turn, state in
      switch rule.kind {
      case .match: try turn.join(rule, key, &state, sighting)
      case .frequency(let frequency):
        try turn.count(rule, frequency, key, &state, sighting)
      case .spike(let spike): try turn.count(rule, spike, key, &state, sighting)
      case .silence(let quiet): try turn.hear(rule, quiet, key, &state, sighting)
      case .newTerm, .newPair, .cooccur, .sequence, .absentAfter, .change, .builtIn: break
      }
    }
  }

  /// The kind `match`: a line at the first match of a group, and for each further story.
  private mutating func join(
    _ rule: Rule, _ key: GroupKey, _ state: inout GroupState, _ sighting: Sighting
  ) throws {
    guard state.alert != nil else {
      let telling = Telling(reason: sighting.reason, sighting, rules)
      _ = try open(rule, key, &state, telling)
      return
    }
    let isSame =
      rule.by.contains(.story) || state.alert?.stories.contains(sighting.item.story) == true
    try joins(rule, key, &state, sighting)
    guard isSame else {
      let telling = Telling(reason: "joined", sighting, rules)
      try update(rule, key, &state, telling)
      return
    }
    state.held.sameStory += 1
    keep(
      AlertHold(
        rule: rule.id, group: key.values, article: sighting.article.id,
        hold: Alert.Hold.sameStory.rawValue, alert: state.alert?.id))
    guard !rule.updateAt.isEmpty else { return }
    let telling = Telling(reason: "grown", sighting, rules)
    try grow(rule, key, &state, telling)
  }

  /// Takes an article into the open alert.
  mutating func joins(
    _ rule: Rule, _ key: GroupKey, _ state: inout GroupState, _ sighting: Sighting
  ) throws {
    guard var alert = state.alert else { return }
    alert.take(sighting.item, at: now)
    state.alert = alert
    guard alert.isTold else { return }
    try store.note(
      Met(rule: rule.id, group: key.group, alert: alert.id), sighting.article.id)
  }

  /// An edit of an article that the rule knows.
  private mutating func react(
    to revision: Revision?, _ rule: Rule, _ known: [Met], _ sighting: Sighting
  ) throws {
    guard rule.reactsToEdits, let revision, revision.isMoreThanNoise else { return }
    for met in known where met.rule == rule.id && met.alert != nil {
      let key = GroupKey(rule: rule.id, group: met.group)
      try change(rule, key) { turn, state in
        guard state.alert?.id == met.alert else { return }
        let telling = Telling(reason: "edit", sighting, turn.rules)
        try turn.update(rule, key, &state, telling)
      }
    }
  }
}

extension RuleKind {
  /// Whether it looks at values of articles, not at articles.
  var hasTerms: Bool {
    switch self {
    case .newTerm, .newPair: true
    default: false
    }
  }
}

extension Revision {
  /// Whether something changed that a reader would call a change.
  var isMoreThanNoise: Bool { classes.contains { $0 != EditClass.typo.rawValue } }
}

extension GroupState.Open {
  /// Takes an article in, and names it while there is room.
  mutating func take(_ item: GroupState.Item, at time: Double) {
    last = time
    articleCount += 1
    if articles.count < Limits.named { articles.append(item.article) }
    if !stories.contains(item.story) {
      stories = (stories + [item.story]).suffix(Limits.named)
    }
    if !sources.contains(item.source), sources.count < Limits.sources {
      sources.append(item.source)
    }
  }
}
