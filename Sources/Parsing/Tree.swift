import Text

/// A document's elements, however damaged: end tags without a start are passed over, what is open at
/// the end is closed there.
struct Tree {
  let bytes: [UInt8]
  private(set) var nodes: [Node] = []
  private(set) var root: Int?
  /// The elements that were still open at the end.
  private(set) var unclosed: Set<Int> = []
  private(set) var firstRepair: Int?

  /// What relative addresses of the root are resolved against.
  private let base: String?
  private var open: [Int] = []
  /// How many open elements have a name, so that a stray end tag costs no search.
  private var openNames: [String: Int] = [:]
  /// Prefixes declared, with the number of open elements at which each was.
  private var scopes: [(depth: Int, prefix: String, space: Node.Space)] = []

  init(_ bytes: [UInt8], base: String?) {
    (self.bytes, self.base) = (bytes, base)
    var scanner = MarkupScanner(bytes, .xml)
    while let token = scanner.next() {
      switch token {
      case .start(let name, let attributes, let isEmpty):
        start(name, attributes, innerStart: scanner.place)
        if isEmpty { close(upTo: open.count - 1, at: scanner.place) }
      case .end(let name): end(name, at: scanner.tokenStart)
      case .text(let range): add(range, isCDATA: false)
      case .cdata(let range): add(range, isCDATA: true)
      }
    }
    unclosed = Set(open)
    firstRepair = scanner.firstRepair
    close(upTo: 0, at: bytes.count)
  }

  // MARK: Building

  private mutating func start(
    _ range: Range<Int>, _ attributes: [MarkupScanner.Attribute], innerStart: Int
  ) {
    guard open.count < ParseLimits.depth else { return }
    let (prefix, name) = split(range)
    declare(attributes)
    let space = space(prefix)
    if space.isPlain, name == "item" || name == "entry" { closeOpenEntry(name) }
    var node = Node(space: space, name: name, attributes: [], inner: innerStart..<innerStart)
    // Of a doubled attribute the first counts, since a look-up finds it first.
    node.attributes = attributes.map {
      (String(decoding: bytes[$0.name], as: UTF8.self).lowercased(), $0.value)
    }
    inherit(&node)
    nodes.append(node)
    let index = nodes.count - 1
    if let parent = open.last {
      nodes[parent].children.append(index)
    } else if root == nil {
      root = index
    }
    open.append(index)
    openNames[name, default: 0] += 1
  }

  /// A second item begins while one is open: the first was never closed.
  private mutating func closeOpenEntry(_ name: String) {
    guard openNames[name, default: 0] > 0,
      let index = open.lastIndex(where: { nodes[$0].name == name && nodes[$0].space.isPlain })
    else { return }
    close(upTo: index, at: nodes[open[open.count - 1]].inner.lowerBound)
  }

  private mutating func end(_ range: Range<Int>, at place: Int) {
    let (_, name) = split(range)
    guard openNames[name, default: 0] > 0,
      let index = open.lastIndex(where: { nodes[$0].name == name })
    else { return }
    close(upTo: index, at: place)
  }

  private mutating func close(upTo count: Int, at place: Int) {
    while open.count > count {
      let index = open.removeLast()
      openNames[nodes[index].name, default: 1] -= 1
      nodes[index].inner = nodes[index].inner.lowerBound..<max(nodes[index].inner.lowerBound, place)
    }
    while let last = scopes.last, last.depth > open.count { scopes.removeLast() }
  }

  private mutating func add(_ range: Range<Int>, isCDATA: Bool) {
    guard let index = open.last else { return }
    nodes[index].pieces.append((range, isCDATA))
  }

  // MARK: Names

  private func split(_ range: Range<Int>) -> (prefix: String, name: String) {
    let full = String(decoding: bytes[range], as: UTF8.self).lowercased()
    guard let colon = full.firstIndex(of: ":") else { return ("", full) }
    return (String(full[..<colon]), String(full[full.index(after: colon)...]))
  }

  private mutating func declare(_ attributes: [MarkupScanner.Attribute]) {
    for attribute in attributes {
      let name = String(decoding: bytes[attribute.name], as: UTF8.self).lowercased()
      guard name == "xmlns" || name.hasPrefix("xmlns:"), scopes.count < ParseLimits.namespaces
      else { continue }
      let prefix = name == "xmlns" ? "" : String(name.dropFirst(6))
      let address = PlainText.oneLine(CharacterReference.decode(bytes[attribute.value]))
      let space =
        Node.Space(address: address) ?? (prefix.isEmpty ? .none : Node.Space(prefix: prefix))
      scopes.append((open.count + 1, prefix, space))
    }
  }

  private func space(_ prefix: String) -> Node.Space {
    scopes.last { $0.prefix == prefix }?.space ?? Node.Space(prefix: prefix)
  }

  /// `xml:base` and `xml:lang` hold for everything inside.
  private func inherit(_ node: inout Node) {
    node.base = open.last.map { nodes[$0].base } ?? base
    node.language = open.last.flatMap { nodes[$0].language }
    if let given = attribute("xml:base", of: node),
      let address = Address.resolve(given, against: node.base), Address.isWeb(address)
    {
      node.base = address
    }
    node.language = attribute("xml:lang", of: node)?.nonEmpty ?? node.language
  }
}

// MARK: - Reading

extension Tree {
  func attribute(_ name: String, of node: Node) -> String? {
    guard let value = node.attributes.first(where: { $0.name == name })?.value else { return nil }
    let isAddress = [
      "href", "src", "url", "rdf:about", "rdf:resource", "resource", "xml:base",
    ].contains(name)
    return CharacterReference.decode(bytes[value], inAddress: isAddress).trimmed
  }

  /// The text of an element, references decoded once, with that of the elements inside.
  func text(of node: Node, inAddress: Bool = false) -> String {
    var parts = pieces(of: node, inAddress: inAddress)
    var inside = node.children
    while let child = inside.popLast() {
      parts += pieces(of: nodes[child], inAddress: inAddress)
      inside += nodes[child].children
    }
    return parts.sorted { $0.0 < $1.0 }.map(\.1).joined()
  }

  /// The value of an element that may hold HTML: what is inside it, escaped or not, as HTML.
  func html(of node: Node) -> String {
    guard node.children.isEmpty else {
      // Markup that nobody escaped: the inside is the content. CDATA in it loses its frame only.
      return Self.withoutCDATA(bytes[node.inner])
    }
    return pieces(of: node).map(\.1).joined()
  }

  private func pieces(of node: Node, inAddress: Bool = false) -> [(Int, String)] {
    node.pieces.map { piece in
      let text =
        piece.isCDATA
        ? CharacterReference.withoutControls(bytes[piece.range])
        : CharacterReference.decode(bytes[piece.range], inAddress: inAddress)
      return (piece.range.lowerBound, text)
    }
  }

  private static func withoutCDATA(_ bytes: ArraySlice<UInt8>) -> String {
    let text = CharacterReference.withoutControls(bytes)
    guard text.contains("<![CDATA[") else { return text }
    return text.replacing("<![CDATA[", with: "").replacing("]]>", with: "")
  }

  /// The line in which a byte stands.
  func line(of offset: Int) -> Int {
    1 + bytes[..<min(offset, bytes.count)].count { $0 == 0x0A }
  }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  var nonEmpty: String? { isEmpty ? nil : self }

  /// With `new` in each place of `old`, byte by byte: a mark that combines with a `<` hides it no more.
  func replacing(_ old: String, with new: String) -> String {
    let wanted = Array(old.utf8)
    let bytes = Array(utf8)
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      if bytes[place] == wanted.first, bytes[place...].starts(with: wanted) {
        output += Array(new.utf8)
        place += wanted.count
      } else {
        output.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}
