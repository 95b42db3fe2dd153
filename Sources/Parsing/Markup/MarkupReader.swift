import Text

/// Walks through a feed document of markup once and hands out its entries, one after the other.
///
/// No tree: only the names of the open elements are kept, and of the entry that is open and of the feed
/// itself the elements that a reader knows. Tree rules, however damaged the document: an end tag closes
/// all that is open inside its element, and is passed over without one; an entry that begins while one
/// is open ends it; the end of the document closes everything.
struct MarkupReader {
  /// The element that a feed begins with.
  struct Root {
    var name: ElementName
    var element: Element
    var depth: Int
    var isOpen = true
    var isAtom: Bool { name == .feed || name == .entry }
  }

  let text: MarkupText
  private(set) var root: Root?
  /// The children of the root and of its channel.
  private(set) var head: [Element] = []
  /// The channels, whose children are told by their `parent`.
  private(set) var channels: [Element] = []
  /// What is known of the entry that was closed last.
  private(set) var entry: Element?
  private(set) var parts: [Element] = []
  private(set) var scopes: Scopes
  /// Whether the root was still open where the document ends.
  private(set) var isTruncated = false
  var firstRepair: Int? { scanner.firstRepair }
  private(set) var excess = Excess()

  private var scanner: MarkupScanner
  private var open = OpenElements()
  /// The number of open elements around the entry that is open.
  private var entryDepth: Int?
  private var channelDepth: Int?
  private var isEntryClosed = false
  /// A start tag that closed an entry, and is taken with the next one.
  private var held: MarkupScanner.Token?
  /// The number of scopes that are the feed's own, when an entry begins.
  private var scopeCount = 1

  init(_ text: MarkupText, base: String?) {
    self.text = text
    scanner = MarkupScanner(text.bytes, .xml)
    scopes = Scopes(text, base: base)
  }

  /// Goes on to the end of the next entry; false at the end of the document.
  mutating func next() -> Bool {
    if isEntryClosed { forgetEntry() }
    while let token = held ?? scanner.next() {
      let isHeld = held != nil
      held = nil
      switch token {
      case .start(let name, let attributes, let isEmpty):
        if !isHeld, closesEntry(name) {
          held = token
        } else if start(name, attributes), isEmpty {
          close(to: open.count - 1, at: scanner.place)
        }
      case .end(let name): end(name)
      case .text(let range): add(.text(range), range)
      case .cdata(let range): add(.cdata(range), range)
      }
      if isEntryClosed { return true }
    }
    isTruncated = isTruncated || (root?.isOpen ?? false)
    if let place = scanner.firstCrowd { excess.note(.attributes, at: place) }
    close(to: 0, at: text.bytes.count)
    return isEntryClosed
  }

  private mutating func forgetEntry() {
    isEntryClosed = false
    parts.removeAll(keepingCapacity: true)
    scopes.forget(from: scopeCount)
  }

  // MARK: Starts

  /// Whether an entry begins while one is open: the first was never closed.
  private mutating func closesEntry(_ name: Range<Int>) -> Bool {
    guard let depth = entryDepth else { return false }
    let (prefix, local) = text.split(name)
    guard isEntry(ElementName.table[local]), scopes.space(prefix).isPlain else {
      return false
    }
    close(to: depth, at: scanner.tokenStart)
    return true
  }

  /// Opens an element; false where nothing was opened, for the document is too deep.
  private mutating func start(
    _ range: Range<Int>, _ attributes: [MarkupScanner.Attribute]
  ) -> Bool {
    noteParent()
    guard open.count < ParseLimits.depth else {
      excess.note(.nesting, at: scanner.tokenStart)
      return false
    }
    let (prefix, local) = text.split(range)
    let attributes = short(attributes)
    let outer = open.last?.scope ?? 0
    let scope =
      attributes.isEmpty
      ? outer : scopes.take(attributes, inside: outer, depth: open.count + 1)
    var index: Int?
    if let name = ElementName.table[local] {
      let element = Element(
        name: name, space: scopes.space(prefix), parent: nil, attributes: attributes,
        inner: scanner.place..<scanner.place, scope: scope)
      index = place(element)
    }
    open.append(OpenElements.Item(name: local, element: index, scope: scope))
    return true
  }

  /// Without those whose name or value is longer than any that says something.
  private mutating func short(
    _ attributes: [MarkupScanner.Attribute]
  ) -> [MarkupScanner.Attribute] {
    var isShort = true
    for attribute in attributes {
      if attribute.name.count > ParseLimits.attributeName {
        excess.note(.name, at: scanner.tokenStart)
      }
      if attribute.value.count > ParseLimits.value { excess.note(.value, at: scanner.tokenStart) }
      isShort = isShort && attribute.isShort
    }
    return isShort ? attributes : attributes.filter(\.isShort)
  }

  private mutating func noteParent() {
    guard let parent = open.last?.element else { return }
    change(parent, at: open.count - 1) { $0.holdsElements = true }
  }

  /// Finds what an element is for: the root, an entry, a part of one, or of the feed itself.
  private mutating func place(_ element: Element) -> Int? {
    guard let root else {
      if ElementName.roots.contains(element.name) { begin(element) }
      return nil
    }
    if let entryDepth { return part(element, isChild: open.count == entryDepth + 1) }
    if isEntry(element.name), element.space.isPlain {
      beginEntry(element)
    } else if element.name == .channel, open.count == root.depth + 1 {
      channels.append(element)
      channelDepth = open.count
    } else if open.count == root.depth + 1 || open.count - 1 == channelDepth {
      return headPart(element)
    }
    return nil
  }

  private mutating func begin(_ element: Element) {
    root = Root(name: element.name, element: element, depth: open.count)
    if element.name == .entry { beginEntry(element) }
  }

  private mutating func beginEntry(_ element: Element) {
    (entry, entryDepth, scopeCount) = (element, open.count, scopes.list.count)
  }

  private mutating func part(_ element: Element, isChild: Bool) -> Int? {
    let parent = open.last?.element
    guard isChild || (isNear && parent.map({ parts[$0].hasParts }) ?? false) else { return nil }
    guard parts.count < ParseLimits.parts else {
      excess.note(.parts, at: scanner.tokenStart)
      return nil
    }
    parts.append(element)
    if !isChild { parts[parts.count - 1].parent = parent }
    return parts.count - 1
  }

  /// Whether what begins is deep enough for every vocabulary: the name of a publication stands three deep.
  private var isNear: Bool {
    entryDepth.map { open.count - $0 <= 4 } ?? false
  }

  private mutating func headPart(_ element: Element) -> Int? {
    guard head.count < ParseLimits.parts else { return nil }
    head.append(element)
    if channelDepth != nil { head[head.count - 1].parent = channels.count - 1 }
    return head.count - 1
  }

  private func isEntry(_ name: ElementName?) -> Bool {
    guard let name, let root else { return false }
    switch root.name {
    case .feed, .entry: return name == .entry
    case .urlset: return name == .url
    case .sitemapindex: return name == .sitemap
    default: return name == .item || name == .entry
    }
  }

  // MARK: Ends

  private mutating func end(_ range: Range<Int>) {
    let (_, local) = text.split(range)
    guard let index = open.place(of: local) else { return }
    close(to: index, at: scanner.tokenStart)
  }

  private mutating func close(to count: Int, at place: Int) {
    while open.count > count {
      let closed = open.removeLast()
      if let index = closed.element { change(index, at: open.count) { $0.close(at: place) } }
      if open.count == entryDepth {
        entryDepth = nil
        isEntryClosed = true
        entry?.close(at: place)
      }
      if open.count == channelDepth { channelDepth = nil }
      if open.count == root?.depth { root?.isOpen = false }
    }
    scopes.close(toDepth: count)
  }

  /// Changes an element that is open at a depth: one of the entry, or of the feed itself.
  private mutating func change(_ index: Int, at depth: Int, _ body: (inout Element) -> Void) {
    if let entryDepth, depth > entryDepth { body(&parts[index]) } else { body(&head[index]) }
  }

  // MARK: Text

  private mutating func add(_ piece: Element.Inside, _ range: Range<Int>) {
    guard let index = open.last?.element else { return }
    let isBlank = text.isBlank(range)
    change(index, at: open.count - 1) { $0.add(piece, isBlank: isBlank) }
  }

}

extension MarkupScanner.Attribute {
  /// Whether neither name nor value is longer than any that says something.
  fileprivate var isShort: Bool {
    name.count <= ParseLimits.attributeName && value.count <= ParseLimits.value
  }
}
