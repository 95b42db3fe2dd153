import Core
import FoundationEssentials

extension RuleSetReading {
  /// In the order in which a rule's text has them.
  private static let ruleKeys = [
    "id", "match", "when", "by", "severity", "cooldown", "outlets", "mode", "react_to", "late",
    "backlog", "repeat", "max_per_hour", "update_at", "resolve_after", "inhibits", "until",
    "review_after", "note", "tests",
  ]
  /// They mean nothing for what the rule does.
  private static let asideKeys = ["note", "mode", "tests"]
  /// What makes up ``Rule/shape``.
  private static let shapeKeys = ["match", "when", "by"]

  /// The keys that `defaults` may have.
  static var defaultKeys: [String] {
    ruleKeys.filter { !["id", "match", "when", "by", "note", "tests"].contains($0) }
  }

  mutating func takeRule(_ node: ConfigNode, among whole: ConfigNode) {
    let given = reader.entries(node, known: Self.ruleKeys) + builtIn(node, among: whole)
    guard node.entries != nil else { return }
    var rule = Rule(id: "", place: node.place)
    if let own = node["id"]?.text.flatMap(BuiltIn.init(id:)) {
      (rule.kind, rule.severity) = (.builtIn(own), own.severity)
    } else if let when = node["when"] {
      guard let kind = kind(when) else { return }
      rule.kind = kind
    }
    let unfit = rule.kind.unfit
    // How severe it is belongs to what a built-in rule is about.
    let kept = rule.kind.isBuiltIn ? unfit + ["severity"] : unfit
    let filled =
      given
      + defaults.filter { entry in
        !given.contains { $0.key == entry.key } && !kept.contains(entry.key)
      }
    rule.by = rule.kind.groups
    for entry in filled { take(entry, unfit, into: &rule) }
    guard isWhole(rule, node), !rule.id.isEmpty else { return }
    finish(&rule, filled, whole)
    set.rules.append(rule)
  }

  /// Whether a rule has what every rule must have.
  private mutating func isWhole(_ rule: Rule, _ node: ConfigNode) -> Bool {
    for key in ["id", "match"] where node[key] == nil {
      if key == "match", !rule.kind.needsMatch { continue }
      reader.fault(node.place, "a rule without \(key)", fix: "add `\(key):`")
    }
    if case .silence(let quiet) = rule.kind, quiet.of == .feed, !rule.by.contains(.feed) {
      reader.fault(node.place, "a silence of feeds that is not by feed", fix: "write `by: [feed]`")
    }
    if let first = places[rule.id] {
      reader.fault(
        node.place, "rule '\(rule.id)' is given twice", fix: "rename one; the first is at \(first)",
        code: "E205")
    }
    places[rule.id] = node.place
    return !rule.kind.needsMatch || rule.match != nil
  }

  private mutating func take(_ entry: ConfigNode.Entry, _ unfit: [String], into rule: inout Rule) {
    guard !unfit.contains(entry.key) else {
      return reader.fault(
        entry.keyPlace, "'\(entry.key)' means nothing for kind \(rule.kind.name)", fix: "remove it")
    }
    switch entry.key {
    case "id": rule.id = id(entry.value) ?? ""
    case "match": rule.match = query(of: entry.value)
    case "when": break
    case "by": rule.by = groups(entry.value)
    case "severity": rule.severity = reader.oneOf(Alert.Severity.self, entry.value) ?? .info
    case "outlets": rule.outlets = reader.texts(entry.value)
    // `off` is a word here, quoted or not: no other reading of it is possible.
    case "mode": rule.mode = reader.oneOf(Rule.Mode.self, entry.value) ?? .live
    case "note": rule.note = reader.text(entry.value)
    case "tests": rule.tests = tests(entry.value, of: rule)
    default: takeTelling(entry, into: &rule)
    }
  }

  /// The keys that say when a line is written.
  private mutating func takeTelling(_ entry: ConfigNode.Entry, into rule: inout Rule) {
    switch entry.key {
    case "cooldown": rule.cooldown = cooldown(entry.value)
    case "react_to": rule.reactsToEdits = reacts(entry.value)
    case "late": rule.late = reader.bool(entry.value) ?? false
    case "backlog": rule.backlog = reader.bool(entry.value) ?? false
    case "repeat": rule.repeatAfter = reader.duration(entry.value)
    case "max_per_hour": rule.maxPerHour = reader.integer(entry.value, in: 1...100_000)
    case "update_at": rule.updateAt = counts(entry.value)
    case "resolve_after": rule.resolveAfter = reader.duration(entry.value)
    case "inhibits": rule.inhibits = reader.texts(entry.value)
    case "until": rule.until = moment(entry.value)
    default: rule.reviewAfter = moment(entry.value)
    }
  }

  private mutating func groups(_ node: ConfigNode) -> [Grouping] {
    var groups: [Grouping] = []
    for item in list(node) {
      guard let group = reader.oneOf(Grouping.self, item) else { continue }
      if groups.contains(group) {
        reader.fault(item.place, "\(group.rawValue) stands twice", fix: "remove one", code: "E202")
      } else {
        groups.append(group)
      }
    }
    return groups
  }

  private mutating func cooldown(_ node: ConfigNode) -> Rule.Cooldown? {
    guard node.entries != nil else {
      return reader.duration(node).map { Rule.Cooldown(start: $0) }
    }
    var cooldown = Rule.Cooldown(start: .zero)
    for entry in reader.entries(node, known: ["start", "double_to"]) {
      guard let duration = reader.duration(entry.value) else { continue }
      if entry.key == "start" { cooldown.start = duration } else { cooldown.doubleTo = duration }
    }
    guard node["start"] != nil else {
      reader.fault(node.place, "a cooldown without start", fix: "write `start: 1h`")
      return nil
    }
    if let most = cooldown.doubleTo, most < cooldown.start {
      reader.fault(node.place, "double_to is shorter than start", fix: "write a longer one")
    }
    return cooldown
  }

  private mutating func reacts(_ node: ConfigNode) -> Bool {
    let texts = reader.texts(node)
    for text in texts where !["new", "edit"].contains(text) {
      let fix = Suggestion.fix(for: text, in: ["new", "edit"])
      reader.fault(node.place, "unknown value '\(text)'", fix: fix)
    }
    return texts.contains("edit")
  }

  private mutating func counts(_ node: ConfigNode) -> [Int] {
    list(node).compactMap { reader.integer($0, in: 2...100_000) }.sorted()
  }

  private mutating func id(_ node: ConfigNode) -> String? {
    guard let text = reader.text(node) else { return nil }
    let isPlain = text.utf8.allSatisfy {
      switch $0 {
      case 0x30...0x39, 0x61...0x7A, 0x2D: true
      default: false
      }
    }
    if BuiltIn(id: text) != nil { return text }
    guard isPlain, !text.isEmpty, text.utf8.count <= 64, !text.hasPrefix("-") else {
      let fix =
        text.hasPrefix(BuiltIn.prefix)
        ? Suggestion.fix(for: text, in: BuiltIn.allCases.map(\.id))
        : "use a-z, 0-9 and '-', at most 64"
      reader.fault(node.place, "'\(text)' is no id of a rule", fix: fix)
      return nil
    }
    return text
  }

  // MARK: What rules say of each other

  /// Names of other rules exist, and none inhibits itself by way of others.
  mutating func checkReferences(of rule: Rule) {
    var reached = rule.inhibits + rule.kind.uses
    // Hardly any rule does, and all rules are not looked through for each.
    guard !reached.isEmpty else { return }
    for id in reached where places[id] == nil {
      reader.fault(
        rule.place, "rule '\(rule.id)' names the unknown rule '\(id)'",
        fix: Suggestion.fix(for: id, in: set.rules.map(\.id)), code: "E114")
    }
    var index = 0
    while index < reached.count {
      let next = set.rules.first { $0.id == reached[index] }
      for id in (next.map { $0.inhibits + $0.kind.uses } ?? []) where !reached.contains(id) {
        reached.append(id)
      }
      index += 1
    }
    guard reached.contains(rule.id) else { return }
    reader.fault(
      rule.place, "rule '\(rule.id)' refers to itself, by way of others or at once", fix: "cut one",
      code: "E206")
  }

  // MARK: What the log is told

  /// The rule as JSON, and its revision over that and the words it names.
  private func finish(_ rule: inout Rule, _ entries: [ConfigNode.Entry], _ whole: ConfigNode) {
    let ordered = Self.ruleKeys.compactMap { key in entries.first { $0.key == key } }
    rule.text = Self.json(ordered.filter { $0.key != "tests" })
    let words = words(of: rule, whole)
    let meaning = Self.json(ordered.filter { !Self.asideKeys.contains($0.key) })
    // The hours that a spike knows are those of the zone's clock.
    let zone = rule.kind.counted != nil && rule.kind.name == "spike" ? set.zone.name : nil
    let clock = zone.map { ["timezone", $0] } ?? []
    rule.revision = Self.digest([meaning] + words + clock)
    rule.shape = Self.digest(
      [Self.json(ordered.filter { Self.shapeKeys.contains($0.key) })] + clock)
  }

  /// The definitions of all that a rule's query names.
  private func words(of rule: Rule, _ whole: ConfigNode) -> [String] {
    var words = set.filters.filter { $0.concerns(rule.id) }.map(\.text)
    for part in rule.match?.all ?? [] {
      switch part {
      case .term(let term) where term.text.contains("~"):
        words.append(Self.json(whole["affixes"]))
      case .list(let name): words.append(Self.json(whole["lists"]?[name]))
      case .filter(.entity, let values):
        for value in values {
          words.append(Self.json(set.entityID(value).flatMap { whole["entities"]?[$0] }))
        }
      case .filter(.topic, let values):
        for value in values {
          words.append(Self.json(set.topicID(value).flatMap { whole["topics"]?[$0] }))
        }
      default: continue
      }
    }
    return words
  }

  private static func digest(_ parts: [String]) -> String {
    String(SHA256.hex(Array(parts.joined(separator: "\n").utf8)).prefix(12))
  }

  private static func json(_ entries: [ConfigNode.Entry]) -> String {
    json(ConfigNode(.map(entries), at: Place(file: "", line: 1, column: 1)))
  }

  private static func json(_ node: ConfigNode?) -> String {
    node.map { String(decoding: $0.json, as: UTF8.self) } ?? ""
  }
}
