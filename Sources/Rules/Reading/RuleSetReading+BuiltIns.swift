import Core

extension RuleSetReading {
  /// The rules that come with the program and that the operator does not give otherwise.
  ///
  /// `defaults` hold for them as for others, but for how severe they are.
  mutating func takeBuiltIns(among whole: ConfigNode) {
    for own in BuiltIn.allCases where places[own.id] == nil {
      takeRule(ConfigNode(.map([entry("id", scalar(own.id))]), at: Self.builtInPlace), among: whole)
    }
  }

  /// What a built-in rule has where nobody says otherwise: what is told of an outlet goes to all the others.
  func builtIn(_ node: ConfigNode, among whole: ConfigNode) -> [ConfigNode.Entry] {
    guard hasBuiltIns, node["id"]?.text == BuiltIn.outlet.id, node["outlets"] == nil else {
      return []
    }
    return [entry("outlets", ConfigNode(.list(outlets(of: whole)), at: Self.builtInPlace))]
  }

  static let builtInPlace = Place(file: "built-in", line: 1, column: 1)

  private func outlets(of whole: ConfigNode) -> [ConfigNode] {
    let named = whole["outlets"]?.entries?.map(\.key) ?? []
    return (["file"] + named.filter { $0 != "file" }).map(scalar)
  }

  private func scalar(_ text: String) -> ConfigNode {
    ConfigNode(.scalar(ConfigNode.Scalar(text: text, isQuoted: true)), at: Self.builtInPlace)
  }

  private func entry(_ key: String, _ value: ConfigNode) -> ConfigNode.Entry {
    ConfigNode.Entry(key: key, keyPlace: Self.builtInPlace, value: value)
  }
}
