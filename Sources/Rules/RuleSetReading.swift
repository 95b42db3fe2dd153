import Core
import Text

/// The pass over a configuration that makes a `RuleSet` and gathers the faults.
struct RuleSetReading {
  private var reader = ConfigReader()
  private var set = RuleSet()
  private var phrases: [Phrase] = []
  private var defaults: [ConfigNode.Entry] = []
  private var places: [String: Place] = [:]

  private static let ruleKeys = [
    "id", "match", "severity", "cooldown", "outlets", "mode", "backlog", "note",
  ]
  private static let laterKeys = [
    "when", "by", "react_to", "late", "repeat", "max_per_hour", "update_at", "resolve_after",
    "inhibits", "until", "review_after", "tests",
  ]

  mutating func take(_ node: ConfigNode) -> RuleSet {
    for key in ["lists", "entities", "topics"] {
      guard let part = node[key] else { continue }
      set.vocabulary[key] = String(decoding: part.json, as: UTF8.self)
    }
    if let lists = node["lists"] { takeLists(lists) }
    if let entities = node["entities"] { takeEntities(entities) }
    if let topics = node["topics"] { takeTopics(topics) }
    if let node = node["defaults"] {
      defaults = reader.entries(
        node, known: Self.ruleKeys.filter { !["id", "match", "note"].contains($0) },
        later: Self.laterKeys)
    }
    for item in list(node["rules"]) { takeRule(item, among: node) }
    for (_, query) in set.topicQueries { file(query) }
    for rule in set.rules { file(rule.match) }
    set.matcher = PhraseMatcher(phrases)
    set.index = RuleIndex(set)
    set.faults = reader.faults
    return set
  }

  private mutating func list(_ node: ConfigNode?) -> [ConfigNode] {
    guard let node else { return [] }
    guard let list = node.list else {
      reader.fault(node.place, "expected a list, found \(node.kind)", fix: "write `- {…}` lines")
      return []
    }
    return list
  }

  // MARK: Words

  /// Words of a list: one list for any language, or a map of them by language code.
  private mutating func texts(
    byLanguage node: ConfigNode
  ) -> [(text: String, language: String?, node: ConfigNode)] {
    guard let entries = node.entries else {
      return (node.list ?? [node]).compactMap { item in
        reader.text(item).map { ($0, nil, item) }
      }
    }
    return entries.flatMap { entry in
      (entry.value.list ?? [entry.value]).compactMap { item in
        reader.text(item).map { ($0, entry.key == "any" ? nil : entry.key, item) }
      }
    }
  }

  /// A term of a list or alias; its marks are those of queries.
  private mutating func term(_ text: String, _ node: ConfigNode) -> Query.Term? {
    let isExact = text.hasPrefix("=")
    let term = Query.Term(
      text: isExact ? String(text.dropFirst()) : text, isExact: isExact,
      isQuoted: text.contains(" "))
    do {
      _ = try term.phrase()
      return term
    } catch {
      reader.fault(node.place, error.what, fix: error.fix, code: error.code)
      return nil
    }
  }

  private mutating func file(_ term: Query.Term, via: String) -> RuleSet.FiledPhrase? {
    guard let phrase = try? term.phrase() else { return nil }
    phrases.append(phrase)
    return RuleSet.FiledPhrase(index: phrases.count - 1, via: via)
  }

  private mutating func takeLists(_ node: ConfigNode) {
    guard let entries = node.entries else {
      return reader.fault(
        node.place, "expected a map, found \(node.kind)", fix: "write `name: [words]`")
    }
    for entry in entries {
      let terms = texts(byLanguage: entry.value).compactMap { term($0.text, $0.node) }
      set.lists[entry.key] = terms
      set.listPhrases[entry.key] = terms.compactMap { file($0, via: "list \(entry.key)") }
    }
  }

  // MARK: Entities and topics

  private mutating func takeEntities(_ node: ConfigNode) {
    guard let entries = node.entries else {
      return reader.fault(
        node.place, "expected a map, found \(node.kind)", fix: "write `Q7747: {…}`")
    }
    for entry in entries { takeEntity(entry) }
  }

  private mutating func takeEntity(_ entry: ConfigNode.Entry) {
    var entity = Entity(id: Entity.ID(entry.key), name: "", kind: .person, aliases: [])
    var terms: [(Query.Term, String?)] = []
    for inner in reader.entries(entry.value, known: ["name", "type", "aliases"]) {
      switch inner.key {
      case "name":
        guard let name = reader.text(inner.value) else { continue }
        entity.name = name
        if let term = term(name, inner.value) { terms.append((term, nil)) }
      case "type": entity.kind = reader.oneOf(Entity.Kind.self, inner.value) ?? .person
      default:
        for (text, language, item) in texts(byLanguage: inner.value) {
          guard let term = term(text, item) else { continue }
          terms.append((term, language))
          entity.aliases.append(Alias(text: text, language: language))
        }
      }
    }
    for key in ["name", "type"] where entry.value.entries != nil && entry.value[key] == nil {
      reader.fault(entry.keyPlace, "entity '\(entry.key)' has no \(key)", fix: "add `\(key):`")
    }
    set.entities.append(entity)
    let phrases = terms.compactMap { term, language in
      file(term, via: "alias" + (language.map { " " + $0 } ?? ""))
    }
    set.entityPhrases[entry.key] = phrases
    for phrase in Set(phrases.map(\.index)) {
      set.phraseEntities[phrase, default: []].append(entry.key)
    }
    for name in [entry.key, Words(entity.name).joined] where !name.isEmpty {
      set.entityIDs[name] = entry.key
    }
  }

  private mutating func takeTopics(_ node: ConfigNode) {
    guard let entries = node.entries else {
      return reader.fault(
        node.place, "expected a map, found \(node.kind)", fix: "write `energy: {…}`")
    }
    for entry in entries {
      var topic = Topic(id: Topic.ID(entry.key), name: entry.key, match: "")
      var query: Query?
      for inner in reader.entries(entry.value, known: ["name", "match"]) {
        if inner.key == "name" {
          topic.name = reader.text(inner.value) ?? entry.key
        } else {
          query = self.query(inner.value)
          topic.match = inner.value.text ?? ""
        }
      }
      guard let query else {
        if entry.value["match"] == nil {
          reader.fault(entry.keyPlace, "topic '\(entry.key)' has no match", fix: "add `match:`")
        }
        continue
      }
      let usesTopics = query.all.contains {
        if case .filter(.topic, _) = $0 { true } else { false }
      }
      if usesTopics {
        reader.fault(
          entry.keyPlace, "topic '\(entry.key)' asks for a topic", fix: "write its words",
          code: "E206")
      }
      set.topics.append(topic)
      set.topicQueries.append((topic, query))
    }
  }

  // MARK: Rules

  /// A query whose names all exist.
  private mutating func query(_ node: ConfigNode) -> Query? {
    do {
      let query = try Query(node)
      for part in query.all { check(part, node) }
      guard query.needsPresence else {
        reader.fault(
          node.place, "nothing here must be present (NOT only)", fix: "add a term or a filter",
          code: "E106")
        return nil
      }
      return query
    } catch {
      reader.add([error])
      return nil
    }
  }

  private mutating func check(_ part: Query, _ node: ConfigNode) {
    switch part {
    case .list(let name) where set.lists[name] == nil:
      unknown("list", name, Array(set.lists.keys), node)
    case .filter(.entity, let values):
      for value in values where value != "*" && set.entityID(value) == nil {
        unknown("entity", value, set.entities.flatMap { [$0.id.rawValue, $0.name] }, node)
      }
    case .filter(.topic, let values):
      for value in values where set.topicID(value) == nil {
        unknown("topic", value, set.topics.map(\.id.rawValue), node)
      }
    case .filter(.story, _):
      reader.fault(node.place, "story: is not known to this version", fix: "remove it")
    default: break
    }
  }

  private mutating func unknown(
    _ what: String, _ name: String, _ known: [String], _ node: ConfigNode
  ) {
    let offset = node.text.flatMap { Self.offset(of: name, in: $0) } ?? 0
    reader.fault(
      node.place(atScalar: offset), "unknown \(what) '\(name)'",
      fix: Suggestion.fix(for: name, in: known), code: "E114")
  }

  private static func offset(of name: String, in text: String) -> Int? {
    let text = Array(text.unicodeScalars)
    let name = Array(name.unicodeScalars)
    guard !name.isEmpty, text.count >= name.count else { return nil }
    return (0...text.count - name.count).first { text[$0..<$0 + name.count].elementsEqual(name) }
  }

  private mutating func takeRule(_ node: ConfigNode, among whole: ConfigNode) {
    var rule = Rule(
      id: "", match: .term(Query.Term(text: "")), severity: .info, outlets: ["file"], mode: .live,
      backlog: false, revision: "", place: node.place, text: "")
    var query: Query?
    let given = reader.entries(node, known: Self.ruleKeys, later: Self.laterKeys)
    let filled = given + defaults.filter { entry in !given.contains { $0.key == entry.key } }
    for entry in filled {
      if entry.key == "match" {
        query = self.query(entry.value)
      } else {
        take(entry, into: &rule)
      }
    }
    for key in ["id", "match"] where node.entries != nil && node[key] == nil {
      reader.fault(node.place, "a rule without \(key)", fix: "add `\(key):`")
    }
    guard let query, !rule.id.isEmpty else { return }
    if let first = places[rule.id] {
      reader.fault(
        node.place, "rule '\(rule.id)' is given twice", fix: "rename one; the first is at \(first)",
        code: "E205")
    }
    places[rule.id] = node.place
    rule.match = query
    finish(&rule, filled, whole)
    set.rules.append(rule)
  }

  private mutating func take(_ entry: ConfigNode.Entry, into rule: inout Rule) {
    switch entry.key {
    case "id": rule.id = id(entry.value) ?? ""
    case "severity": rule.severity = reader.oneOf(Alert.Severity.self, entry.value) ?? .info
    case "cooldown": rule.cooldown = reader.duration(entry.value)
    case "outlets": rule.outlets = reader.texts(entry.value)
    case "mode": rule.mode = mode(entry.value)
    case "backlog": rule.backlog = reader.bool(entry.value) ?? false
    default: rule.note = reader.text(entry.value)
    }
  }

  /// `off` is a word here, quoted or not: no other reading of it is possible.
  private mutating func mode(_ node: ConfigNode) -> Rule.Mode {
    reader.oneOf(Rule.Mode.self, node) ?? .live
  }

  private mutating func id(_ node: ConfigNode) -> String? {
    guard let text = reader.text(node) else { return nil }
    let isPlain = text.utf8.allSatisfy {
      switch $0 {
      case 0x30...0x39, 0x61...0x7A, 0x2D: true
      default: false
      }
    }
    guard isPlain, !text.isEmpty, text.utf8.count <= 64, !text.hasPrefix("-") else {
      let fix = "use a-z, 0-9 and '-', at most 64"
      reader.fault(node.place, "'\(text)' is no id of a rule", fix: fix)
      return nil
    }
    return text
  }

  /// The rule as JSON, and its revision over that and the words it names.
  private func finish(_ rule: inout Rule, _ entries: [ConfigNode.Entry], _ whole: ConfigNode) {
    let ordered = Self.ruleKeys.compactMap { key in entries.first { $0.key == key } }
    rule.text = Self.json(ordered)
    var meaning = [Self.json(ordered.filter { !["note", "mode"].contains($0.key) })]
    for part in rule.match.all {
      switch part {
      case .list(let name): meaning.append(Self.json(whole["lists"]?[name]))
      case .filter(.entity, let values):
        for value in values {
          meaning.append(Self.json(set.entityID(value).flatMap { whole["entities"]?[$0] }))
        }
      case .filter(.topic, let values):
        for value in values {
          meaning.append(Self.json(set.topicID(value).flatMap { whole["topics"]?[$0] }))
        }
      default: continue
      }
    }
    rule.revision = String(SHA256.hex(Array(meaning.joined(separator: "\n").utf8)).prefix(12))
  }

  private static func json(_ entries: [ConfigNode.Entry]) -> String {
    json(ConfigNode(.map(entries), at: Place(file: "", line: 1, column: 1)))
  }

  private static func json(_ node: ConfigNode?) -> String {
    node.map { String(decoding: $0.json, as: UTF8.self) } ?? ""
  }

  /// Files the terms of a query with the matcher; equal terms of many rules are one phrase.
  private mutating func file(_ query: Query) {
    for case .term(let term) in query.all where set.termPhrases[term] == nil {
      set.termPhrases[term] = file(term, via: Self.via(term))
    }
  }

  private static func via(_ term: Query.Term) -> String {
    if term.isExact { return "exact" }
    if term.text.contains("~") { return "affix \(term.text)" }
    if term.text.hasSuffix("*") { return "prefix" }
    return term.isQuoted ? "phrase" : "word"
  }
}
