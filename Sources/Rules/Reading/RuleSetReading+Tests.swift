import Core

extension RuleSetReading {
  private static let sampleKeys = ["title", "text", "language", "publisher"]

  mutating func tests(_ node: ConfigNode, of rule: Rule) -> [RuleTest] {
    list(node).compactMap { test($0) }
  }

  /// A test of one article and whether it fires, or of several and the lines that come of them.
  private mutating func test(_ node: ConfigNode) -> RuleTest? {
    let isOne = node["articles"] == nil
    let keys = isOne ? Self.sampleKeys + ["fires"] : ["articles", "alerts"]
    let entries = reader.entries(node, known: keys)
    guard node.entries != nil else { return nil }
    var test = RuleTest(samples: [], fires: nil, lines: [], place: node.place)
    if isOne { test.samples = [sample(entries)] }
    for entry in entries {
      switch entry.key {
      case "fires": test.fires = reader.bool(entry.value)
      case "articles":
        test.samples = list(entry.value).map {
          sample(reader.entries($0, known: Self.sampleKeys + ["after"]))
        }
      case "alerts": test.lines = list(entry.value).compactMap { line($0) }
      default: continue
      }
    }
    let wanted = isOne ? "fires" : "alerts"
    guard node[wanted] != nil else {
      reader.fault(node.place, "a test without \(wanted)", fix: "add `\(wanted):`")
      return nil
    }
    return test
  }

  private mutating func sample(_ entries: [ConfigNode.Entry]) -> RuleTest.Sample {
    var sample = RuleTest.Sample()
    for entry in entries {
      switch entry.key {
      case "title": sample.title = reader.text(entry.value) ?? ""
      case "text": sample.text = reader.text(entry.value) ?? ""
      case "language": sample.language = reader.text(entry.value)
      case "publisher": sample.publisher = reader.text(entry.value)
      case "after": sample.after = reader.duration(entry.value, least: .zero) ?? .zero
      default: continue
      }
    }
    return sample
  }

  private mutating func line(_ node: ConfigNode) -> RuleTest.Line? {
    let entries = reader.entries(node, known: ["state", "after"])
    guard let state = node["state"].flatMap({ reader.oneOf(Alert.State.self, $0) }) else {
      reader.fault(node.place, "a line without state", fix: "write `state: fired`")
      return nil
    }
    let after = entries.first { $0.key == "after" }.flatMap {
      reader.duration($0.value, least: .zero)
    }
    return RuleTest.Line(state: state, after: after)
  }
}
