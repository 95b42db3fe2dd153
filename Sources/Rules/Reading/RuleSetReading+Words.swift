public import Core
public import FoundationEssentials

/// Words of lists and aliases: as they are, or in a map with what bounds them.
extension RuleSetReading {
  /// A word or phrase, with its marks.
  struct Entry {
    var text: String
    var language: String?
    var node: ConfigNode
    var until: Date?
    var context: [ConfigNode] = []

    /// Whether it counts only at some times, or beside other words.
    var isBounded: Bool { until != nil || !context.isEmpty }
  }

  /// One list for any language, or a map of lists by language code; `keys` are those that the map of one
  /// word may have.
  mutating func entries(byLanguage node: ConfigNode, keys: [String]) -> [Entry] {
    guard let entries = node.entries else { return self.entries(node, nil, keys) }
    return entries.flatMap { entry in
      self.entries(entry.value, entry.key == "any" ? nil : entry.key, keys)
    }
  }

  private mutating func entries(
    _ node: ConfigNode, _ language: String?, _ keys: [String]
  ) -> [Entry] {
    (node.list ?? [node]).compactMap { item in
      guard item.entries != nil else {
        return reader.text(item).map { Entry(text: $0, language: language, node: item) }
      }
      return bounded(item, language, keys)
    }
  }

  /// One word in a map: `{word: kuis, until: 2027-01-01}`.
  private mutating func bounded(
    _ node: ConfigNode, _ language: String?, _ keys: [String]
  ) -> Entry? {
    var found = Entry(text: "", language: language, node: node)
    for entry in reader.entries(node, known: ["word"] + keys) {
      switch entry.key {
      case "word": (found.text, found.node) = (reader.text(entry.value) ?? "", entry.value)
      case "until": found.until = moment(entry.value)
      default: found.context = list(entry.value)
      }
    }
    guard node["word"] != nil else {
      reader.fault(node.place, "an entry without word", fix: "add `word:`")
      return nil
    }
    return found.text.isEmpty ? nil : found
  }

  /// Files an entry's phrase, and when it counts; `owner`: the list or entity that it belongs to.
  mutating func file(
    _ word: Query.Term, _ entry: Entry, of owner: (kind: String, name: String), via: String
  ) -> RuleSet.FiledPhrase? {
    guard let filed = file(word, via: via) else { return nil }
    var context: [RuleSet.FiledPhrase] = []
    for node in entry.context {
      guard let text = reader.text(node), let term = term(text, node) else { continue }
      context += file(term, via: "context").map { [$0] } ?? []
    }
    if entry.until != nil || !context.isEmpty {
      set.conditions[filed.index] = PhraseCondition(
        until: entry.until, context: context.map(\.index))
    }
    if let until = entry.until {
      set.expiring.append(
        Expiring(
          place: entry.node.place, what: "'\(entry.text)' of \(owner.kind) \(owner.name)",
          owner: [owner.kind: owner.name], until: until))
    }
    return filed
  }

  // MARK: Time

  mutating func takeTimezone(_ node: ConfigNode) {
    guard let text = reader.text(node) else { return }
    guard let zone = RuleZone(text, zones) else {
      let fix = "write an offset such as +07:00, or a name such as Asia/Jakarta"
      return reader.fault(node.place, "'\(text)' is no zone", fix: fix)
    }
    set.zone = zone
  }

  /// A moment; a day begins where the desk is.
  mutating func moment(_ node: ConfigNode) -> Date? {
    guard let date = reader.moment(node) else { return nil }
    return set.moment(date, node.text ?? "")
  }
}

extension RuleSet {
  /// The moment that `text` means, which read as UTC is `date`: a day without a time begins where the desk is.
  public func moment(_ date: Date, _ text: String) -> Date {
    guard text.utf8.count == "2026-12-01".utf8.count else { return date }
    // The offset is that of the moment itself, which may be another than that of midnight UTC.
    let near = date.addingTimeInterval(-Double(zone.offset(at: date)))
    return date.addingTimeInterval(-Double(zone.offset(at: near)))
  }

  /// Warnings of what ends, or wants to be looked at, within two weeks from `now`.
  public func expiryWarnings(at now: Date) -> [Fault] {
    let soon = now.addingTimeInterval(Rule.expiryNotice)
    return rules.compactMap { $0.expiryWarning(at: now) }
      + expiring.filter { $0.until <= soon }.map {
        Fault(
          $0.place, $0.words,
          fix: "remove it, or set another time", code: "W311", weight: .warning)
      }
  }
}
