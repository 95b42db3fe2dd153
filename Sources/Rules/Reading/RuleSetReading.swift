import Core
import Text

/// The pass over a configuration that makes a `RuleSet` and gathers the faults.
struct RuleSetReading {
  var reader = ConfigReader()
  var set = RuleSet()
  var phrases: [Phrase] = []
  var defaults: [ConfigNode.Entry] = []
  var places: [String: Place] = [:]
  /// Forms that a base word does not have, by the list of those that the table gives it.
  var prunings: [[String]: Set<String>] = [:]

  /// Whether the rules that come with the program belong to it, as they do to a daemon's configuration.
  var hasBuiltIns = false
  var zones: RuleZone.Zones = { _, _ in nil }
  /// Whether what is hardly meant is told of; not where the log is read.
  var hasWarnings = false

  mutating func take(_ node: ConfigNode) -> RuleSet {
    for key in [
      "lists", "entities", "topics", "owners", "max_age", "filters", "affixes", "timezone",
      "find_names",
    ] {
      guard let part = node[key] else { continue }
      set.vocabulary[key] = String(decoding: part.json, as: UTF8.self)
    }
    // What is configured no more is an empty map.
    if let zone = node["timezone"], zone.entries == nil { takeTimezone(zone) }
    if let affixes = node["affixes"] { takeAffixes(affixes) }
    if let lists = node["lists"] { takeLists(lists) }
    if let entities = node["entities"] { takeEntities(entities) }
    if let topics = node["topics"] { takeTopics(topics) }
    if let owners = node["owners"] { takeOwners(owners) }
    // A part that is configured no more is an empty map.
    if let filters = node["filters"], filters.entries == nil { takeFilters(filters) }
    if let age = node["max_age"], age.entries == nil {
      set.maxAge = reader.duration(age) ?? set.maxAge
    }
    if let names = node["find_names"], names.entries == nil {
      set.findsNames = reader.bool(names) ?? true
    }
    if let node = node["defaults"] {
      defaults = reader.entries(node, known: Self.defaultKeys)
    }
    for item in list(node["rules"]) { takeRule(item, among: node) }
    if hasBuiltIns { takeBuiltIns(among: node) }
    for (_, query) in set.topicQueries { file(query) }
    for rule in set.rules { checkReferences(of: rule) }
    for rule in set.rules { rule.match.map { file($0) } }
    for filter in set.filters { file(filter.exclude) }
    set.matcher = PhraseMatcher(phrases)
    set.index = RuleIndex(set)
    warnOfRules()
    set.faults = reader.faults
    return set
  }

  mutating func list(_ node: ConfigNode?) -> [ConfigNode] {
    guard let node else { return [] }
    guard let list = node.list else {
      reader.fault(node.place, "expected a list, found \(node.kind)", fix: "write `- {…}` lines")
      return []
    }
    return list
  }

  // MARK: Words

  /// A term of a list or alias; its marks are those of queries.
  mutating func term(_ text: String, _ node: ConfigNode) -> Query.Term? {
    let isExact = text.hasPrefix("=")
    let term = Query.Term(
      text: isExact ? String(text.dropFirst()) : text, isExact: isExact,
      isQuoted: text.contains(" "))
    do {
      _ = try term.phrase()
      warn(of: term, node.place)
      return term
    } catch {
      reader.fault(node.place, error.what, fix: error.fix, code: error.code)
      return nil
    }
  }

  mutating func file(_ term: Query.Term, via: String) -> RuleSet.FiledPhrase? {
    guard let phrase = try? term.phrase() else { return nil }
    phrases.append(pruned(phrase))
    return RuleSet.FiledPhrase(index: phrases.count - 1, via: via)
  }

  private mutating func takeLists(_ node: ConfigNode) {
    for entry in reader.entries(node, fix: "write `name: [words]`") {
      var terms: [PlacedTerm] = []
      var filed: [RuleSet.FiledPhrase] = []
      for word in entries(byLanguage: entry.value, keys: ["until"]) {
        guard let term = term(word.text, word.node) else { continue }
        terms.append((term, word.node.place))
        filed +=
          file(term, word, of: ("list", entry.key), via: "list \(entry.key)").map { [$0] } ?? []
      }
      set.lists[entry.key] = terms.map(\.term)
      warnOfHyphens(terms)
      warnOfEndings(terms)
      set.listPhrases[entry.key] = filed
    }
  }

  // MARK: Entities and topics

  private mutating func takeEntities(_ node: ConfigNode) {
    for entry in reader.entries(node, fix: "write `Q7747: {…}`") { takeEntity(entry) }
  }

  private mutating func takeEntity(_ entry: ConfigNode.Entry) {
    var entity = Entity(id: Entity.ID(entry.key), name: "", kind: .person, aliases: [])
    var filed: [RuleSet.FiledPhrase] = []
    var bounded: Set<String> = []
    var terms: [PlacedTerm] = []
    for inner in reader.entries(entry.value, known: ["name", "type", "aliases"]) {
      switch inner.key {
      case "name": entity.name = reader.text(inner.value) ?? ""
      case "type": entity.kind = reader.oneOf(Entity.Kind.self, inner.value) ?? .person
      default:
        for alias in entries(byLanguage: inner.value, keys: ["context", "until"]) {
          guard let term = term(alias.text, alias.node) else { continue }
          terms.append((term, alias.node.place))
          let via = "alias" + (alias.language.map { " " + $0 } ?? "")
          if alias.isBounded { bounded.insert(Words(alias.text).joined) }
          filed += file(term, alias, of: ("entity", entry.key), via: via).map { [$0] } ?? []
          entity.aliases.append(Alias(text: alias.text, language: alias.language))
        }
      }
    }
    // A name that is also an alias with conditions means the entity only where these hold.
    if let node = entry.value["name"], !entity.name.isEmpty,
      !bounded.contains(Words(entity.name).joined), let term = term(entity.name, node)
    {
      filed += file(term, via: "alias").map { [$0] } ?? []
    }
    warnOfEndings(terms)
    for key in ["name", "type"] where entry.value.entries != nil && entry.value[key] == nil {
      reader.fault(entry.keyPlace, "entity '\(entry.key)' has no \(key)", fix: "add `\(key):`")
    }
    set.entities.append(entity)
    set.kindOfEntity[entry.key] = entity.kind
    set.nameOfEntity[entry.key] = entity.name
    set.entityPhrases[entry.key] = filed
    for phrase in Set(filed.map(\.index)) {
      set.phraseEntities[phrase, default: []].append(entry.key)
    }
    for name in [entry.key, Words(entity.name).joined] where !name.isEmpty {
      set.entityIDs[name] = entry.key
    }
  }

  private mutating func takeTopics(_ node: ConfigNode) {
    for entry in reader.entries(node, fix: "write `energy: {…}`") {
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

  /// Publishers that are one source: a map of owners to their publishers.
  private mutating func takeOwners(_ node: ConfigNode) {
    for entry in reader.entries(node, fix: "write `owner: [publishers]`") {
      for item in list(entry.value) {
        guard let name = reader.text(item) else { continue }
        if let other = set.owners.updateValue(entry.key, forKey: Words(name).joined),
          other != entry.key
        {
          reader.fault(item.place, "'\(name)' belongs to '\(other)' already", fix: "remove one")
        }
      }
    }
  }

  // MARK: Queries

  /// A query whose names all exist.
  mutating func query(_ node: ConfigNode, mayBeAbsent: Bool = false) -> Query? {
    do {
      let (query, offsets) = try Query.read(node)
      for part in query.all { check(part, node) }
      // Topics go by the language.
      if query.asks(for: .lang, .topic) { set.asksLanguage = true }
      warn(of: query, node, offsets)
      guard mayBeAbsent || query.needsPresence else {
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
    default: break
    }
  }

  mutating func unknown(
    _ what: String, _ name: String, _ known: [String], _ node: ConfigNode
  ) {
    let offset = node.text.flatMap { Self.offset(of: name, in: $0) } ?? 0
    reader.fault(
      node.place(atScalar: offset), "unknown \(what) '\(name)'",
      fix: Suggestion.fix(for: name, in: known), code: "E114")
  }

  static func offset(of name: String, in text: String) -> Int? {
    let text = Array(text.unicodeScalars)
    let name = Array(name.unicodeScalars)
    guard !name.isEmpty, text.count >= name.count else { return nil }
    return (0...text.count - name.count).first { text[$0..<$0 + name.count].elementsEqual(name) }
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
