import Core
import FoundationEssentials

extension Turn {
  /// Tells what befell the program itself, by the rules that come with it.
  mutating func tellOwn(_ fact: RuleRecord.Fact) throws {
    switch fact {
    case .failed(let feed, let words): try begin(.feedDown, Self.group(feed), feed.rawValue, words)
    case .recovered(let feed): try end(.feedDown, Self.group(feed))
    case .unfollowed(let feed): try end(.feedDown, Self.group(feed), because: "withdrawn")
    case .gapped(let feed, let missed): try tellGap(feed, missed)
    case .article(let article, .surge?, nil, _): try tellSurge(article)
    case .networkLost(let hosts):
      try begin(.offline, [:], "no site answers", hosts.joined(separator: ", "))
    case .networkReturned: try end(.offline, [:])
    case .outletFailed(let name, let words): try begin(.outlet, Self.group(name), name, words)
    case .outletRemoved(let name): try end(.outlet, Self.group(name), because: "withdrawn")
    case .delivered(let name): try end(.outlet, Self.group(name))
    case .reread(let faults) where !faults.isEmpty:
      let words = faults.prefix(Limits.named).joined(separator: "\n")
      try begin(.reload, [:], "refused; the old configuration goes on", words)
    case .reread, .started: try end(.reload, [:])
    default: break
    }
  }

  private static func group(_ feed: Feed.ID) -> [String: String] {
    [Grouping.feed.rawValue: feed.rawValue]
  }

  private static func group(_ outlet: String) -> [String: String] { [Rule.outletGroup: outlet] }

  private func rule(_ own: BuiltIn) -> Rule? {
    engine.builtIns[own].flatMap { judges($0) ? $0 : nil }
  }

  private static func key(_ rule: Rule, _ group: [String: String]) -> GroupKey {
    GroupKey(rule: rule.id, group: JSONWriter.canonical(group))
  }

  // MARK: States

  /// `what`: in our words; `text`: in those of others.
  private mutating func begin(
    _ own: BuiltIn, _ group: [String: String], _ what: String, _ text: String
  ) throws {
    guard let rule = rule(own) else { return }
    let key = Self.key(rule, group)
    try change(rule, key) { turn, state in
      state.since = state.since ?? turn.now
      state.words = Alert.Clause(clause: "\(own.rawValue): \(what)", text: text, via: "built_in")
      try turn.weigh(rule, own, key, &state)
    }
  }

  /// Looks whether a state has lasted long enough to be told.
  mutating func weigh(
    _ rule: Rule, _ own: BuiltIn, _ key: GroupKey, _ state: inout GroupState
  ) throws {
    guard let since = state.since, state.alert == nil, now >= since + own.patience,
      state.retryAt.map({ now >= $0 }) ?? true
    else { return }
    var telling = Telling(reason: own.reason)
    telling.why = state.words.map { [$0] } ?? []
    _ = try open(rule, key, &state, telling)
  }

  private mutating func end(
    _ own: BuiltIn, _ group: [String: String], because reason: String = "recovered"
  ) throws {
    guard let rule = rule(own) else { return }
    let key = Self.key(rule, group)
    // Most deliveries are of outlets that never failed: no row is touched for them.
    guard try store.group(key).since != nil else { return }
    try change(rule, key) { turn, state in
      (state.since, state.retryAt, state.words) = (nil, nil, nil)
      try turn.resolve(rule, key, &state, Telling(reason: reason))
    }
  }

  // MARK: Happenings

  private mutating func tellGap(_ feed: Feed.ID, _ missed: Int) throws {
    guard let rule = rule(.gap) else { return }
    var telling = Telling(reason: BuiltIn.gap.reason)
    telling.why = [
      Alert.Clause(clause: "gap: \(feed) missed about \(missed) entries", via: "built_in")
    ]
    telling.measure = Alert.Measure(value: Double(missed), threshold: 0)
    try happen(rule, Self.key(rule, Self.group(feed)), telling)
  }

  /// One line for each surge of a feed; its further articles are counted.
  private mutating func tellSurge(_ article: Article) throws {
    guard let rule = rule(.surge) else { return }
    let key = Self.key(rule, Self.group(article.feed))
    try change(rule, key) { turn, state in
      guard state.alert == nil else {
        state.alert?.last = turn.now
        return state.held[.sameGroup] += 1
      }
      var telling = Telling(reason: BuiltIn.surge.reason)
      telling.summary = Alert.ArticleSummary(article)
      telling.article = article
      telling.why = [
        Alert.Clause(
          clause: "surge: \(article.feed) brings more than it ever did", via: "built_in")
      ]
      _ = try turn.open(rule, key, &state, telling)
    }
  }

  /// Says once that a rule ends soon, or wants to be looked at.
  mutating func tellExpiry(of rule: Rule) throws {
    guard let (time, words) = rule.expiry(after: try store.memory(rule.id).expiryTold),
      now >= time.timeIntervalSince1970 - Rule.expiryNotice
    else { return }
    try remember(rule) { $0.expiryTold = time.timeIntervalSince1970 }
    guard let own = self.rule(.expiry), own.id != rule.id else { return }
    var telling = Telling(reason: BuiltIn.expiry.reason)
    telling.why = [
      Alert.Clause(
        clause: "expiry: rule \(rule.id) \(words) \(Timestamp.text(time))", via: "built_in")
    ]
    try happen(own, Self.key(own, [Rule.ruleGroup: rule.id]), telling)
  }
}

extension BuiltIn {
  /// What its lines give as reason.
  var reason: String { rawValue.replacing("-", with: "_") }

  /// The outlets of a line: one that is told of takes none.
  static func outlets(
    _ outlets: [String], of rule: String, for group: [String: String]
  ) -> [String] {
    guard rule == BuiltIn.outlet.id, let failing = group[Rule.outletGroup] else { return outlets }
    return outlets.filter { $0 != failing }
  }
}

extension Rule {
  /// What alerts about outlets and about rules are told apart by.
  static let outletGroup = "outlet"
  static let ruleGroup = "rule"
}
