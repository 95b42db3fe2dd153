import Core
import Text

extension RuleSetReading {
  /// Forms that the affix table gives to a base word and that mean something else.
  mutating func takeAffixes(_ node: ConfigNode) {
    guard let entries = node.entries else {
      return reader.fault(
        node.place, "expected a map, found \(node.kind)", fix: "write `temu: {not: [ditemukan]}`")
    }
    for entry in entries {
      let forms = Affixes.forms(of: Words(entry.key).joined)
      for inner in reader.entries(entry.value, known: ["not"]) {
        for item in list(inner.value) { prune(item, from: forms, of: entry.key) }
      }
    }
  }

  private mutating func prune(_ item: ConfigNode, from forms: [String], of base: String) {
    guard let text = reader.text(item) else { return }
    let folded = Words(text).joined
    guard forms.contains(folded) else {
      return reader.fault(
        item.place, "'\(text)' is no form of '\(base)'", fix: Suggestion.fix(for: folded, in: forms)
      )
    }
    prunings[forms, default: []].insert(folded)
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
