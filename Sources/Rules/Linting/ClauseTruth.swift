/// Which clauses of a query can never be true, never be false, or change nothing.
///
/// Tries every way in which the words and values of the query may be there or not. What belongs together is
/// known: a word in the title is in the article, two languages are not one, two that are near each other are
/// both there.
struct ClauseTruth {
  enum Finding: Hashable, Sendable {
    case neverTrue, neverFalse, neverDecides

    var words: String {
      switch self {
      case .neverTrue: "can never be true"
      case .neverFalse: "can never be false"
      case .neverDecides: "never decides: without it the same articles match"
      }
    }

    var fix: String { self == .neverDecides ? "remove it" : "mend it, or remove it" }
  }

  /// Words and values of a query that are tried; each further one doubles the work.
  static let variableLimit = 10
  static let nodeLimit = 48

  private enum Shape {
    case variable(Int), not(Int), all([Int]), any([Int])
  }

  private struct Node {
    var shape: Shape
    /// As the query has it; nil for what only stands for the meaning of another.
    var clause: String?
  }

  private var nodes: [Node] = []
  private var variables: [Variable] = []
  private var root = 0

  fileprivate struct Variable: Hashable {
    var leaf: String
    /// Nil: somewhere else than in the fields that the query asks for by name.
    var field: Query.Field?
    var term: Query.Term?
    /// Of values that no article has two of.
    var single: Query.Filter?
  }

  /// The fields by which a leaf is asked for, by its text.
  private var scopes: [String: Set<Query.Field>] = [:]

  /// Nil where the query is too large, or one word.
  init?(_ query: Query) {
    note(query, nil)
    guard scopes.count > 1 || query.all.count > 1 else { return nil }
    root = add(query, nil)
    guard variables.count <= Self.variableLimit, nodes.count <= Self.nodeLimit else { return nil }
  }

  // MARK: Reading

  private mutating func note(_ query: Query, _ field: Query.Field?) {
    switch query {
    case .scoped(let inner, let part): note(part, inner)
    case .all(let parts), .any(let parts): for part in parts { note(part, field) }
    case .not(let part), .atLeast(_, let part): note(part, field)
    case .near(let a, _, let b):
      note(a, field)
      note(b, field)
    case .filter, .list, .term, .weighed:
      scopes[query.description, default: []].formUnion(field.map { [$0] } ?? [])
    }
  }

  private mutating func add(_ query: Query, _ field: Query.Field?) -> Int {
    let shape: Shape =
      switch query {
      case .all(let parts): .all(parts.map { add($0, field) })
      case .any(let parts): .any(parts.map { add($0, field) })
      case .not(let part): .not(add(part, field))
      case .scoped(let inner, let part): .all([add(part, inner)])
      case .near(let a, _, let b):
        .all([silent(a, field), silent(b, field), variable(query, field)])
      case .atLeast(let count, let part):
        .all([silent(part, field)] + (count > 1 ? [variable(query, field)] : []))
      case .filter(let filter, let values) where filter != .entity:
        .any(values.map { value(filter, $0) })
      case .filter, .list, .term, .weighed: leaf(query, field)
      }
    nodes.append(Node(shape: shape, clause: query.description))
    return nodes.count - 1
  }

  /// A part that is not told of by itself.
  private mutating func silent(_ query: Query, _ field: Query.Field?) -> Int {
    let before = nodes.count
    let node = add(query, field)
    for index in before..<nodes.count { nodes[index].clause = nil }
    return node
  }

  /// A leaf is there in its field; without one in any.
  private mutating func leaf(_ query: Query, _ field: Query.Field?) -> Shape {
    guard field == nil, let fields = scopes[query.description], !fields.isEmpty else {
      return .any([variable(query, field)])
    }
    let ordered = Query.Field.allCases.filter(fields.contains)
    return .any(ordered.map { variable(query, $0) } + [variable(query, nil)])
  }

  private mutating func value(_ filter: Query.Filter, _ value: String) -> Int {
    let isSingle = [.lang, .feed, .publisher].contains(filter) && !value.hasSuffix("*")
    let variable = Variable(
      leaf: "\(filter.rawValue):\(value.lowercased())", single: isSingle ? filter : nil)
    return self.node(of: variable)
  }

  private mutating func variable(_ query: Query, _ field: Query.Field?) -> Int {
    var variable = Variable(leaf: query.description, field: field)
    if case .term(let term) = query { variable.term = term }
    return node(of: variable)
  }

  private mutating func node(of variable: Variable) -> Int {
    let index = variables.firstIndex(of: variable) ?? variables.count
    if index == variables.count { variables.append(variable) }
    nodes.append(Node(shape: .variable(index)))
    return nodes.count - 1
  }

  // MARK: Trying

  /// What is to be said, outer clauses first; nothing of what stands in a clause that is told of.
  var findings: [(clause: String, finding: Finding)] {
    let rows = (0..<1 << variables.count).filter(isPossible)
    var findings: [(String, Finding)] = []
    var fixed: [Int: Bool] = [:]
    look(at: root, neutral: nil, rows, &fixed, &findings)
    return findings
  }

  private func look(
    at index: Int, neutral: Bool?, _ rows: [Int], _ fixed: inout [Int: Bool],
    _ findings: inout [(String, Finding)]
  ) {
    let node = nodes[index]
    if let clause = node.clause {
      if let finding = constant(index, rows, fixed) { return findings.append((clause, finding)) }
      if let neutral, isIdle(index, neutral, rows, fixed) {
        fixed[index] = neutral
        return findings.append((clause, .neverDecides))
      }
    }
    switch node.shape {
    case .variable: break
    case .not(let part): look(at: part, neutral: nil, rows, &fixed, &findings)
    // Backwards: of two that say the same the first stays.
    case .all(let parts):
      for part in parts.reversed() { look(at: part, neutral: true, rows, &fixed, &findings) }
    case .any(let parts):
      for part in parts.reversed() { look(at: part, neutral: false, rows, &fixed, &findings) }
    }
  }

  private func constant(_ index: Int, _ rows: [Int], _ fixed: [Int: Bool]) -> Finding? {
    let first = value(of: index, rows[0], fixed)
    guard rows.allSatisfy({ value(of: index, $0, fixed) == first }) else { return nil }
    return first ? .neverFalse : .neverTrue
  }

  /// Whether the query is the same without a part.
  private func isIdle(
    _ index: Int, _ neutral: Bool, _ rows: [Int], _ fixed: [Int: Bool]
  ) -> Bool {
    var without = fixed
    without[index] = neutral
    return rows.allSatisfy { value(of: root, $0, fixed) == value(of: root, $0, without) }
  }

  private func value(of index: Int, _ row: Int, _ fixed: [Int: Bool]) -> Bool {
    if let value = fixed[index] { return value }
    switch nodes[index].shape {
    case .variable(let number): return row >> number & 1 == 1
    case .not(let part): return !value(of: part, row, fixed)
    case .all(let parts): return parts.allSatisfy { value(of: $0, row, fixed) }
    case .any(let parts): return parts.contains { value(of: $0, row, fixed) }
    }
  }

  /// Whether an article may have just these.
  private func isPossible(_ row: Int) -> Bool {
    let there = variables.indices.filter { row >> $0 & 1 == 1 }.map { variables[$0] }
    let missing = variables.indices.filter { row >> $0 & 1 == 0 }.map { variables[$0] }
    let singles = there.compactMap(\.single)
    guard Set(singles).count == singles.count else { return false }
    return !there.contains { one in missing.contains { one.implies($0) } }
  }
}

extension ClauseTruth.Variable {
  /// Whether what holds one word of a field holds another: `gempabumi` is one that begins with `gempa*`.
  fileprivate func implies(_ other: Self) -> Bool {
    guard field == other.field, let term, let wider = other.term, !wider.isExact else {
      return false
    }
    if term.text == wider.text { return true }
    // The forms of a base begin as they like.
    guard !term.text.contains("~") else { return false }
    guard !wider.text.hasPrefix("*"), wider.text.hasSuffix("*"), !term.text.contains(" ") else {
      return false
    }
    return term.text.lowercased().hasPrefix(wider.text.dropLast().lowercased())
  }
}
