import Core
import FoundationEssentials

/// Entries of lists, aliases and filters that end.
extension Turn {
  /// Clauses of a line; where one list has more entries the last says how many are not named.
  private static let clausesLimit = 32

  /// Whether a rule is the one that tells of entries, and is not over itself.
  func tellsOfEntries(_ rule: Rule) -> Bool {
    engine.builtIns[.expiry]?.id == rule.id
      && rule.until.map { now < $0.timeIntervalSince1970 } ?? true
  }

  /// When the next entry is to be told of; nil where there is none, or another rule tells of them.
  func entriesDue(_ rule: Rule, _ memory: RuleMemory) -> Double? {
    guard tellsOfEntries(rule), !rules.expiring.isEmpty else { return nil }
    let told = Set(memory.entriesTold)
    return rules.expiring.filter { !told.contains($0.key) }.map { max(now, $0.notice) }.min()
  }

  /// Says once that entries end soon, in one line for all of a list.
  mutating func tellEntries(_ rule: Rule) throws {
    guard tellsOfEntries(rule) else { return }
    let told = Set(try store.memory(rule.id).entriesTold)
    let due = rules.expiring.filter { $0.notice <= now && !told.contains($0.key) }
    guard !due.isEmpty else { return }
    // Of those that are configured no more nothing need be known.
    let kept = rules.expiring.map(\.key).filter(told.contains) + due.map(\.key)
    try remember(rule) { $0.entriesTold = Set(kept).sorted() }
    for (owner, entries) in Dictionary(grouping: due, by: { JSONWriter.canonical($0.owner) })
      .sorted(by: { $0.key < $1.key })
    {
      var telling = Telling(reason: BuiltIn.expiry.reason)
      let fits = entries.count <= Self.clausesLimit
      let named = entries.prefix(fits ? entries.count : Self.clausesLimit - 1).map(\.words)
      let words = named + (fits ? [] : ["and \(entries.count - named.count) more"])
      telling.why = words.map { Alert.Clause(clause: "expiry: \($0)", via: "built_in") }
      try happen(rule, GroupKey(rule: rule.id, group: owner), telling)
    }
  }
}
