public import FoundationEssentials

/// Reads values out of `ConfigNode`s and gathers every fault on the way.
///
/// Each function gives the value, or nil after noting what is wrong with it; so one pass over a
/// configuration tells all of its faults at once.
public struct ConfigReader: Sendable {
  public private(set) var faults: [Fault] = []

  public init() {}

  public mutating func fault(
    _ place: Place, _ what: String, fix: String = "", code: String? = nil
  ) {
    faults.append(Fault(place, what, fix: fix, code: code))
  }

  public mutating func add(_ more: [Fault]) {
    faults += more
  }

  /// The entries of a map, all of whose keys must be among `known`.
  ///
  /// Keys of `later` are known by name, but not to this version.
  public mutating func entries(
    _ node: ConfigNode, known: [String], later: [String] = []
  ) -> [ConfigNode.Entry] {
    entries(node, fix: "write `key: value` lines").filter { entry in
      if known.contains(entry.key) { return true }
      if later.contains(entry.key) {
        fault(entry.keyPlace, "'\(entry.key)' is not known to this version", fix: "remove it")
      } else {
        let fix = Suggestion.fix(for: entry.key, in: known)
        fault(entry.keyPlace, "unknown key '\(entry.key)'", fix: fix, code: "E203")
      }
      return false
    }
  }

  /// The entries of a map whose keys are the operator's own; `fix` says what to write where it is none.
  public mutating func entries(_ node: ConfigNode, fix: String) -> [ConfigNode.Entry] {
    guard let entries = node.entries else {
      fault(node.place, "expected a map, found \(node.kind)", fix: fix)
      return []
    }
    return entries
  }

  /// The text of a scalar; a bare word that others read as a boolean or null is refused.
  public mutating func text(_ node: ConfigNode) -> String? {
    guard let scalar = node.scalar else {
      fault(node.place, "expected a text, found \(node.kind)", fix: "write one value")
      return nil
    }
    if !scalar.isQuoted, Self.ambiguous.contains(scalar.text.lowercased()) {
      fault(
        node.place, "unquoted \(scalar.text) is read as no text elsewhere",
        fix: "write \"\(scalar.text)\"", code: "E201")
      return nil
    }
    return scalar.text
  }

  /// The texts of a list, or the one text that stands instead of it.
  public mutating func texts(_ node: ConfigNode) -> [String] {
    guard let list = node.list else { return text(node).map { [$0] } ?? [] }
    return list.compactMap { text($0) }
  }

  public mutating func bool(_ node: ConfigNode) -> Bool? {
    switch node.text {
    case "true": return true
    case "false": return false
    default:
      fault(
        node.place, "'\(node.text ?? node.kind)' is neither true nor false",
        fix: "write true or false")
      return nil
    }
  }

  public mutating func integer(_ node: ConfigNode, in range: ClosedRange<Int>) -> Int? {
    guard let value = node.text.flatMap({ Int($0) }), range.contains(value) else {
      fault(
        node.place, "'\(node.text ?? node.kind)' is no whole number that fits",
        fix: "write \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return value
  }

  public mutating func number(_ node: ConfigNode, in range: ClosedRange<Double>) -> Double? {
    guard let value = node.text.flatMap({ Double($0) }), range.contains(value) else {
      fault(
        node.place, "'\(node.text ?? node.kind)' is no number that fits",
        fix: "write \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return value
  }

  /// A moment in RFC 3339, or the first one of a day in UTC.
  public mutating func moment(_ node: ConfigNode) -> Date? {
    guard let text = node.text, let date = Timestamp.moment(text) else {
      let fix = "write 2026-12-01T00:00:00Z or 2026-12-01"
      fault(node.place, "'\(node.text ?? node.kind)' is no time", fix: fix)
      return nil
    }
    return date
  }

  /// A duration of `least` or more.
  public mutating func duration(
    _ node: ConfigNode, least: Duration = .seconds(1)
  ) -> Duration? {
    guard let value = node.text.flatMap(DurationText.duration), value >= least else {
      fault(
        node.place,
        "'\(node.text ?? node.kind)' is no duration of \(DurationText.text(least)) or more",
        fix: "write 30s, 10m, 2h or 3d", code: "E204")
      return nil
    }
    return value
  }

  /// A size in bytes, written with K, M or G (of 1,024).
  public mutating func size(_ node: ConfigNode) -> Int? {
    let text = node.text ?? ""
    let shift = ["K": 10, "M": 20, "G": 30][text.suffix(1)]
    guard let count = Int(shift == nil ? text[...] : text.dropLast()), count > 0, count < 1 << 20
    else {
      fault(node.place, "'\(text)' is no size", fix: "write 512K, 64M or 1G")
      return nil
    }
    return count << (shift ?? 0)
  }

  public mutating func oneOf<Value: RawRepresentable<String> & CaseIterable>(
    _ type: Value.Type, _ node: ConfigNode
  ) -> Value? {
    let text = node.text ?? ""
    if let value = Value(rawValue: text) { return value }
    let fix = Suggestion.fix(for: text, in: type.allCases.map(\.rawValue))
    fault(node.place, "unknown value '\(text)'", fix: fix)
    return nil
  }

  /// What YAML 1.1 readers take for a boolean or null.
  private static let ambiguous: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "null", "~", "true", "false", "",
  ]
}
