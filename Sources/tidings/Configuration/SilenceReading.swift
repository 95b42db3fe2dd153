import Core
import FoundationEssentials
import Projections
import Rules

/// The pass over `silences:` that makes silences and gathers the faults.
struct SilenceReading {
  private var reader = ConfigReader()
  private let rules: RuleSet

  /// The faults found so far.
  var faults: [Fault] { reader.faults }

  /// `rules` are those that a silence may name.
  init(_ rules: RuleSet) {
    self.rules = rules
  }

  mutating func take(_ node: ConfigNode) -> [Silence] {
    guard let list = node.list else {
      let fix = "write `- {rules: […], until: …, reason: …}` lines"
      reader.fault(node.place, "expected a list, found \(node.kind)", fix: fix)
      return []
    }
    return list.compactMap { silence($0) }
  }

  private mutating func silence(_ node: ConfigNode) -> Silence? {
    let before = reader.faults.count
    var silence = Silence(
      id: Silence.ID(""), rules: [], until: .distantPast, reason: "", by: PeopleView.configuration)
    let known = ["rules", "where", "until", "by", "reason", "expire_if_idle"]
    for entry in reader.entries(node, known: known) { take(entry, into: &silence) }
    guard reader.faults.count == before else { return nil }
    for key in ["rules", "until", "reason"] where node[key] == nil {
      reader.fault(node.place, "a silence without \(key)", fix: "add `\(key):`")
    }
    guard reader.faults.count == before else { return nil }
    silence.id = PeopleView.id(configured: silence)
    return silence
  }

  private mutating func take(_ entry: ConfigNode.Entry, into silence: inout Silence) {
    switch entry.key {
    case "rules": silence.rules = ids(entry.value)
    case "where": silence.scope = scope(entry.value)
    case "until":
      silence.until =
        reader.moment(entry.value).map { rules.moment($0, entry.value.text ?? "") } ?? .distantPast
    case "expire_if_idle": silence.expireIfIdle = reader.duration(entry.value)
    case "by": silence.by = reader.text(entry.value) ?? ""
    default: silence.reason = reader.text(entry.value) ?? ""
    }
  }

  private mutating func ids(_ node: ConfigNode) -> [String] {
    let ids = reader.texts(node)
    let known = rules.rules.map(\.id)
    for id in ids where !known.contains(id) {
      let fix = Suggestion.fix(for: id, in: known)
      reader.fault(node.place, "a silence of the unknown rule '\(id)'", fix: fix, code: "E114")
    }
    return ids
  }

  private mutating func scope(_ node: ConfigNode) -> [String: String] {
    var scope: [String: String] = [:]
    for entry in reader.entries(node, known: Silence.scopeKeys) {
      scope[entry.key] = reader.text(entry.value)
    }
    return scope
  }
}
