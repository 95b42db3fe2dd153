import Text

/// A document's elements, however damaged: end tags without a start are passed over, what is open at
/// the end is closed there.
struct Tree {
  let bytes: [UInt8]
  private(set) var nodes: [Node] = []
  private(set) var root: Int?
  private(set) var isTruncated = false
  private(set) var firstRepair: Int?

  private var open: [Int] = []
  /// Prefixes declared, with the number of open elements at which each was.
  private var scopes: [(depth: Int, prefix: String, space: Node.Space)] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
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
    isTruncated = !open.isEmpty
    firstRepair = scanner.firstRepair
    close(upTo: 0, at: bytes.count)
  }

  // MARK: Building

  private mutating func start(
    _ range: Range<Int>, _ attributes: [MarkupScanner.Attribute], innerStart: Int
  ) {
    guard open.count < ParseLimits.depth else { return }
    let (prefix, name) = split(range)
    if name == "item" || name == "entry" { closeOpenEntry(name) }
    declare(attributes)
    var node = Node(
      space: space(prefix), name: name, attributes: [], inner: innerStart..<innerStart)
    for attribute in attributes {
      let name = String(decoding: bytes[attribute.name], as: UTF8.self).lowercased()
      if !node.attributes.contains(where: { $0.name == name }) {
        node.attributes.append((name, attribute.value))
      }
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
  }

  /// A second item begins while one is open: the first was never closed.
  private mutating func closeOpenEntry(_ name: String) {
    guard let index = open.lastIndex(where: { nodes[$0].name == name }) else { return }
    close(upTo: index, at: nodes[open[open.count - 1]].inner.lowerBound)
  }

  private mutating func end(_ range: Range<Int>, at place: Int) {
    let (_, name) = split(range)
    guard let index = open.lastIndex(where: { nodes[$0].name == name }) else { return }
    close(upTo: index, at: place)
  }

  private mutating func close(upTo count: Int, at place: Int) {
    while open.count > count {
      let index = open.removeLast()
      nodes[index].inner = nodes[index].inner.lowerBound..<max(nodes[index].inner.lowerBound, place)
    }
    scopes.removeAll { $0.depth > open.count }
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
      guard name == "xmlns" || name.hasPrefix("xmlns:") else { continue }
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
    let parent = open.last.map { nodes[$0] }
    node.base = parent?.base
    node.language = parent?.language
    for attribute in node.attributes {
      let value = PlainText.oneLine(
        CharacterReference.decode(bytes[attribute.value], inAddress: true))
      if attribute.name == "xml:base", !value.isEmpty {
        node.base = Address.resolve(value, against: parent?.base) ?? value
      }
      if attribute.name == "xml:lang", !value.isEmpty { node.language = value }
    }
  }
}

// MARK: - Reading

extension Tree {
  func attribute(_ name: String, of node: Node) -> String? {
    guard let value = node.attributes.first(where: { $0.name == name })?.value else { return nil }
    let isAddress = ["href", "src", "url", "rdf:about", "rdf:resource", "resource"].contains(name)
    return CharacterReference.decode(bytes[value], inAddress: isAddress).trimmed
  }

  /// The text of an element, references decoded once, with that of the elements inside.
  func text(of node: Node) -> String {
    var parts: [(Int, String)] = pieces(of: node)
    for child in node.children {
      parts.append((nodes[child].inner.lowerBound, text(of: nodes[child])))
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

  private func pieces(of node: Node) -> [(Int, String)] {
    node.pieces.map { piece in
      let text =
        piece.isCDATA
        ? CharacterReference.withoutControls(bytes[piece.range])
        : CharacterReference.decode(bytes[piece.range])
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

  func replacing(_ old: String, with new: String) -> String {
    var output = ""
    var rest = self[...]
    while let range = rest.firstRange(of: old) {
      output += rest[..<range.lowerBound] + new
      rest = rest[range.upperBound...]
    }
    return output + rest
  }
}
