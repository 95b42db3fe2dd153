import Core
import Text

extension RuleSetReading {
  /// Forms that an affix table gives to a base word and that mean something else, in whatever language.
  mutating func takeAffixes(_ node: ConfigNode) {
    for entry in reader.entries(node, fix: "write `temu: {not: [ditemukan]}`") {
      let base = Words(entry.key).joined
      let tables = Affixes.languages.compactMap { Affixes.forms(of: base, in: $0) }
      for inner in reader.entries(entry.value, known: ["not"]) {
        for item in list(inner.value) { prune(item, from: tables, of: entry.key) }
      }
    }
  }

  private mutating func prune(_ item: ConfigNode, from tables: [[String]], of base: String) {
    guard let text = reader.text(item) else { return }
    let folded = Words(text).joined
    let meant = tables.filter { $0.contains(folded) }
    guard !meant.isEmpty else {
      let fix = Suggestion.fix(for: folded, in: tables.flatMap { $0 })
      return reader.fault(item.place, "'\(text)' is no form of '\(base)'", fix: fix)
    }
    for forms in meant { prunings[forms, default: []].insert(folded) }
  }

  /// A phrase without the forms that its base words do not have.
  func pruned(_ phrase: Phrase) -> Phrase {
    guard !prunings.isEmpty else { return phrase }
    var phrase = phrase
    phrase.parts = phrase.parts.map { part in
      guard case .forms(let forms) = part, let gone = prunings[forms] else { return part }
      return .forms(forms.filter { !gone.contains($0) })
    }
    return phrase
  }
}
