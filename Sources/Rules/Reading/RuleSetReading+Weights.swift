import Core

extension RuleSetReading {
  /// A query, or words with weights.
  mutating func query(of node: ConfigNode) -> Query? {
    guard node.entries != nil else { return query(node) }
    let entries = reader.entries(node, known: ["weights", "threshold", "cap", "and"])
    var weighing = Query.Weighing()
    var rest: Query?
    for entry in entries {
      switch entry.key {
      case "weights": weighing.words = weights(entry.value)
      case "threshold": weighing.threshold = reader.integer(entry.value, in: 1...1_000_000) ?? 1
      case "cap": weighing.cap = reader.integer(entry.value, in: 1...1_000) ?? 3
      default: rest = query(entry.value, mayBeAbsent: true)
      }
    }
    for key in ["weights", "threshold"] where node[key] == nil {
      reader.fault(node.place, "a match without \(key)", fix: "add `\(key):`, or write a query")
    }
    guard weighing.words.contains(where: { $0.weight > 0 }) else {
      reader.fault(
        node.place, "nothing here must be present (no weight above 0)", fix: "add one", code: "E106"
      )
      return nil
    }
    let weighed = Query.weighed(weighing)
    return rest.map { .all([weighed, $0]) } ?? weighed
  }

  private mutating func weights(_ node: ConfigNode) -> [Query.Weighing.Word] {
    reader.entries(node, fix: "write `word: 10`").compactMap { entry in
      let key = ConfigNode(
        .scalar(ConfigNode.Scalar(text: entry.key, isQuoted: true)), at: entry.keyPlace)
      guard let term = term(entry.key, key),
        let weight = reader.integer(entry.value, in: -1_000_000...1_000_000)
      else { return nil }
      return Query.Weighing.Word(term: term, weight: weight)
    }
  }
}
