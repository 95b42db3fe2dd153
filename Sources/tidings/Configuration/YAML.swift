import Core
import FoundationEssentials
import Yams

/// Turns a YAML file into `ConfigNode`s that know their line and column.
///
/// Every scalar stays the text that stands there, so `no` never becomes false. Doubled keys,
/// aliases and anchors are faults: a file of an operator says each thing once.
struct YAML {
  let file: String
  private let lines: [Substring]
  private(set) var faults: [Fault] = []

  /// Reads the text of `file`; an empty one is an empty map.
  ///
  /// - Throws: `Faults` with every fault of the file's form.
  static func node(of text: String, file: String) throws(Faults) -> ConfigNode {
    var yaml = YAML(file: file, text: text)
    let start = Place(file: file, line: 1, column: 1)
    let node: ConfigNode
    do {
      let parser = try Yams.Parser(yaml: text)
      let root = try parser.singleRoot()
      // The nodes know their anchors only as long as their parser lives.
      node = withExtendedLifetime(parser) {
        root.map { yaml.convert($0, depth: 0) } ?? ConfigNode(.map([]), at: start)
      }
    } catch {
      throw Faults([yaml.fault(of: error)])
    }
    guard yaml.faults.isEmpty else { throw Faults(yaml.faults) }
    // A file of comments only composes to an empty scalar.
    if let scalar = node.scalar, scalar.text.isEmpty { return ConfigNode(.map([]), at: start) }
    return node
  }

  private init(file: String, text: String) {
    self.file = file
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private mutating func convert(_ node: Node, depth: Int) -> ConfigNode {
    let place = place(of: node.mark)
    guard depth < 64 else {
      faults.append(Fault(place, "nested deeper than 64 levels", fix: "make it flatter"))
      return ConfigNode(.list([]), at: place)
    }
    // An alias stands here as a copy of what it names, so copies of copies could be without number.
    guard node.anchor == nil else { return refuse("YAML anchors and aliases", at: place) }
    switch node {
    case .scalar(let scalar): return ConfigNode(.scalar(convert(scalar, at: place)), at: place)
    case .sequence(let sequence):
      return ConfigNode(.list(sequence.map { convert($0, depth: depth + 1) }), at: place)
    case .mapping(let mapping): return convert(mapping, at: place, depth: depth)
    case .alias: return refuse("YAML anchors and aliases", at: place)
    }
  }

  private mutating func refuse(_ what: String, at place: Place) -> ConfigNode {
    let fault = Fault(place, "\(what) are not used here", fix: "write the value again")
    if faults.last != fault { faults.append(fault) }
    return ConfigNode(.list([]), at: place)
  }

  private mutating func convert(
    _ mapping: Node.Mapping, at place: Place, depth: Int
  ) -> ConfigNode {
    var entries: [ConfigNode.Entry] = []
    for (key, value) in mapping {
      let keyPlace = self.place(of: key.mark)
      guard let name = key.scalar?.string else {
        faults.append(Fault(keyPlace, "a key must be a word", fix: "write a word before the colon"))
        continue
      }
      let node = convert(value, depth: depth + 1)
      entries.append(ConfigNode.Entry(key: name, keyPlace: keyPlace, value: node))
    }
    return ConfigNode(.map(entries), at: place)
  }

  private func convert(_ scalar: Node.Scalar, at place: Place) -> ConfigNode.Scalar {
    let isBlock = scalar.style == .literal || scalar.style == .folded
    return ConfigNode.Scalar(
      text: scalar.string, isQuoted: scalar.style != .plain && scalar.style != .any,
      block: isBlock ? block(after: place.line) : nil)
  }

  /// Where the text of a block scalar begins: its first line that is not empty tells the indent.
  private func block(after line: Int) -> ConfigNode.Scalar.Block {
    let first = lines.dropFirst(line).first { !$0.allSatisfy { $0 == " " } }
    let indent = first.map { $0.prefix { $0 == " " }.count } ?? 0
    return ConfigNode.Scalar.Block(line: line + 1, indent: indent)
  }

  private func place(of mark: Mark?) -> Place {
    Place(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
  }

  private func fault(of error: any Error) -> Fault {
    let start = Place(file: file, line: 1, column: 1)
    guard let error = error as? YamlError else { return Fault(start, "\(error)") }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let place = Place(file: file, line: mark.line, column: mark.column)
      return Fault(place, "not YAML: \(problem)", fix: "check indent, colons and quotes here")
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map { "'\($0)'" }.joined(separator: ", ")
      return Fault(
        place(of: context.mark), "key \(names) stands here twice", fix: "remove one", code: "E202")
    default: return Fault(start, "not YAML: \(error)", fix: "check the file's encoding and indent")
    }
  }
}
