import Core

extension RuleSetReading {
  /// The keys of each kind, those first that it must have.
  private static let kindKeys: [String: (needed: [String], others: [String])] = [
    "match": ([], []),
    "frequency": (["at_least", "within"], ["count", "for"]),
    "spike": (
      ["window", "ratio"], ["count", "baseline", "min_current", "min_baseline", "warmup"]
    ),
    "silence": (["within"], ["of", "min", "max", "healthy", "forget_after"]),
    "new_term": (
      ["not_seen"], ["field", "types", "at_least", "sources", "within", "warmup"]
    ),
    "new_pair": (["not_seen"], ["types", "sources", "warmup"]),
    "cooccur": (["rules", "within"], []),
    "sequence": (["rules", "within"], []),
    "absent_after": (["rules", "within"], ["healthy"]),
    "change": (["of"], ["classes", "fields", "stealth", "max_per_article", "within"]),
  ]

  /// What `when:` says; nil after a fault.
  mutating func kind(_ node: ConfigNode) -> RuleKind? {
    guard node.entries != nil, let named = node["kind"] else {
      reader.fault(node.place, "a when without kind", fix: "write `when: {kind: frequency, …}`")
      return nil
    }
    guard let name = named.text, let keys = Self.kindKeys[name] else {
      let fix = Suggestion.fix(for: named.text ?? "", in: Self.kindKeys.keys.sorted())
      reader.fault(named.place, "unknown kind '\(named.text ?? named.kind)'", fix: fix)
      return nil
    }
    let before = reader.faults.count
    let entries = reader.entries(node, known: ["kind"] + keys.needed + keys.others)
    for key in keys.needed where node[key] == nil {
      reader.fault(node.place, "kind \(name) without \(key)", fix: "add `\(key):`")
    }
    let kind = kind(name, KindValues(entries.map { ($0.key, $0.value) }))
    return reader.faults.count == before ? kind : nil
  }

  /// The values under the keys of a kind.
  private struct KindValues {
    let nodes: [String: ConfigNode]

    init(_ entries: [(String, ConfigNode)]) {
      nodes = Dictionary(entries) { $1 }
    }
  }

  private mutating func kind(_ name: String, _ values: KindValues) -> RuleKind {
    switch name {
    case "frequency":
      .frequency(
        RuleKind.Frequency(
          count: count(values), atLeast: whole("at_least", values, 1),
          within: duration("within", values, .seconds(3_600)),
          lasting: duration("for", values, .zero)))
    case "spike": .spike(spike(values))
    case "silence": .silence(quiet(values))
    case "new_term": .newTerm(newTerm(values))
    case "new_pair":
      .newPair(
        RuleKind.NewPair(
          types: types(values), notSeen: duration("not_seen", values, .seconds(86_400)),
          sources: whole("sources", values, 1), warmup: duration("warmup", values, .zero)))
    case "cooccur": .cooccur(steps(values, atLeast: 2))
    case "sequence": .sequence(steps(values, atLeast: 2))
    case "absent_after":
      .absentAfter(
        RuleKind.Absence(
          rules: steps(values, atLeast: 2, atMost: 2).rules,
          within: duration("within", values, .seconds(3_600)), healthy: share(values)))
    case "change": .change(change(values))
    default: .match
    }
  }

  private mutating func spike(_ values: KindValues) -> RuleKind.Spike {
    RuleKind.Spike(
      count: count(values), window: duration("window", values, .seconds(3_600)),
      baseline: duration("baseline", values, .seconds(28 * 86_400), least: 86_400),
      ratio: number("ratio", values, 4, 1...1_000), minCurrent: whole("min_current", values, 2),
      minBaseline: number("min_baseline", values, 1, 0...1_000_000),
      warmup: duration("warmup", values, .seconds(7 * 86_400)))
  }

  private mutating func quiet(_ values: KindValues) -> RuleKind.Quiet {
    let within = values.nodes["within"]?.text == "auto" ? nil : duration("within", values, .zero)
    return RuleKind.Quiet(
      of: values.nodes["of"].flatMap { reader.oneOf(RuleKind.Quiet.Subject.self, $0) } ?? .match,
      within: within, min: duration("min", values, .seconds(3_600)),
      max: duration("max", values, .seconds(7 * 86_400)), healthy: share(values),
      forgetAfter: values.nodes["forget_after"].flatMap { reader.duration($0) })
  }

  private mutating func newTerm(_ values: KindValues) -> RuleKind.NewTerm {
    RuleKind.NewTerm(
      field: values.nodes["field"].flatMap { reader.oneOf(RuleKind.NewTerm.Field.self, $0) }
        ?? .entity,
      types: types(values), notSeen: duration("not_seen", values, .seconds(86_400)),
      atLeast: whole("at_least", values, 1), sources: whole("sources", values, 1),
      within: duration("within", values, .seconds(2 * 86_400)),
      warmup: duration("warmup", values, .zero))
  }

  private mutating func change(_ values: KindValues) -> RuleKind.Change {
    let classes = values.nodes["classes"].map { node in
      list(node).compactMap { reader.oneOf(EditClass.self, $0) }
    }
    return RuleKind.Change(
      of: values.nodes["of"].map { reader.texts($0) } ?? [], classes: classes ?? [],
      fields: values.nodes["fields"].map { reader.texts($0) } ?? [],
      isStealth: values.nodes["stealth"].flatMap { reader.bool($0) } ?? false,
      maxPerArticle: whole("max_per_article", values, 5),
      within: duration("within", values, .seconds(30 * 86_400)))
  }

  private mutating func steps(
    _ values: KindValues, atLeast least: Int, atMost most: Int = 8
  ) -> RuleKind.Steps {
    let rules = values.nodes["rules"].map { reader.texts($0) } ?? []
    if let node = values.nodes["rules"],
      !(least...most).contains(rules.count) || Set(rules).count != rules.count
    {
      let count = least == most ? "\(least)" : "\(least) to \(most)"
      reader.fault(node.place, "these are not \(count) different rules", fix: "name \(count)")
    }
    return RuleKind.Steps(rules: rules, within: duration("within", values, .seconds(3_600)))
  }

  // MARK: Values that many kinds have

  private mutating func count(_ values: KindValues) -> RuleKind.Counted {
    values.nodes["count"].flatMap { reader.oneOf(RuleKind.Counted.self, $0) } ?? .articles
  }

  private mutating func types(_ values: KindValues) -> [Entity.Kind] {
    values.nodes["types"].map { node in
      list(node).compactMap { reader.oneOf(Entity.Kind.self, $0) }
    } ?? []
  }

  private mutating func share(_ values: KindValues) -> Double {
    number("healthy", values, 0.9, 0...1)
  }

  private mutating func duration(
    _ key: String, _ values: KindValues, _ usual: Duration, least: Int64 = 1
  ) -> Duration {
    values.nodes[key].flatMap { reader.duration($0, least: .seconds(least)) } ?? usual
  }

  private mutating func whole(_ key: String, _ values: KindValues, _ usual: Int) -> Int {
    values.nodes[key].flatMap { reader.integer($0, in: 1...4_096) } ?? usual
  }

  private mutating func number(
    _ key: String, _ values: KindValues, _ usual: Double, _ range: ClosedRange<Double>
  ) -> Double {
    values.nodes[key].flatMap { reader.number($0, in: range) } ?? usual
  }
}
