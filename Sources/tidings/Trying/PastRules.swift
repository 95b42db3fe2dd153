import Core
import Rules

/// The vocabulary at some place of the log.
struct PastWords {
  /// How often it was defined: they are told apart by this, for a text may be long.
  private(set) var edition = 0
  private(set) var parts: [String: String] = [:]

  mutating func take(_ part: VocabularyDefinition) {
    parts[part.part] = part.text
    edition += 1
  }
}

/// Rules as they were, read once for each definition.
struct PastRules {
  private struct Key: Hashable {
    var edition: Int
    var definitions: [RuleDefinition]
  }

  private var known: [Key: RuleSet] = [:]

  /// Sets that were read.
  var count: Int { known.count }

  /// The rule with those that it looks at, as they were when a revision was judged.
  mutating func rules(_ id: String, for judged: RulePast.Judged) -> RuleSet {
    func definitions(_ ids: [String]) -> [RuleDefinition] {
      ids.compactMap { judged.definitions[$0] }
    }
    let alone = read(definitions([id]), judged.words)
    let used = alone.rules.first?.kind.uses ?? []
    return used.isEmpty ? alone : read(definitions(used + [id]), judged.words)
  }

  private mutating func read(_ definitions: [RuleDefinition], _ words: PastWords) -> RuleSet {
    let key = Key(edition: words.edition, definitions: definitions)
    if let rules = known[key] { return rules }
    let rules = RuleSet(recorded: words.parts, definitions)
    known[key] = rules
    return rules
  }
}
