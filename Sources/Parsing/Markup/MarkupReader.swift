import Text

/// Walks through a feed document of markup once and hands out its entries, one after the other.
///
/// No tree: only the names of the open elements are kept, and of the entry that is open and of the feed
/// itself the elements that a reader knows. Tree rules, however damaged the document: an end tag closes
/// all that is open inside its element, and is passed over without one; an entry that begins while one
/// is open ends it; the end of the document closes everything.
struct MarkupReader {
  /// An element that is open.
  private struct Open {
    var name: NameKey
    /// Its place in the list of the feed or of the entry, whichever it belongs to.
    var element: Int?
    var scope: Int
  }

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
  private(set) var scopes: [Element.Scope]
  /// Whether the root was still open where the document ends.
  private(set) var isTruncated = false
  var firstRepair: Int? { scanner.firstRepair }
  /// What was beyond a limit, with the byte where that happened first.
  private(set) var excess: [(place: Int, what: String)] = []

  private var scanner: MarkupScanner
  private var open: [Open] = []
  private var declarations = Declarations()
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
    scopes = [Element.Scope(base: base, language: nil)]
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
    if let place = scanner.firstCrowd { note(.attributes, at: place) }
    close(to: 0, at: text.bytes.count)
    return isEntryClosed
  }

  /// Limits of a document that it may go beyond.
  private enum Limit: String {
    case nesting = "nested deeper than 4096 levels; what is deeper counts as text"
    case attributes = "more than 256 attributes; the rest is left out"
    case value = "an attribute longer than 64 KiB; it is left out"
    case parts = "more than 10000 elements in one entry; the rest is left out"
  }

  private mutating func note(_ limit: Limit, at place: Int? = nil) {
    guard !excess.contains(where: { $0.what == limit.rawValue }) else { return }
    excess.append((place ?? scanner.tokenStart, limit.rawValue))
  }

  private mutating func forgetEntry() {
    isEntryClosed = false
    parts.removeAll(keepingCapacity: true)
    scopes.removeSubrange(scopeCount...)
  }

  // MARK: Starts

  /// Whether an entry begins while one is open: the first was never closed.
  private mutating func closesEntry(_ name: Range<Int>) -> Bool {
    guard let depth = entryDepth else { return false }
    let (prefix, local) = split(name)
    guard isEntry(ElementName.table[local]), declarations.space(prefix).isPlain else {
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
      note(.nesting)
      return false
    }
    let (prefix, local) = split(range)
    let attributes = short(attributes)
    let scope = attributes.isEmpty ? open.last?.scope ?? 0 : take(attributes)
    var index: Int?
    if let name = ElementName.table[local] {
      let element = Element(
        name: name, space: declarations.space(prefix), parent: nil, attributes: attributes,
        inner: scanner.place..<scanner.place, scope: scope)
      index = place(element)
    }
    open.append(Open(name: local, element: index, scope: scope))
    return true
  }

  /// Without those whose value is longer than any that says something.
  private mutating func short(
    _ attributes: [MarkupScanner.Attribute]
  ) -> [MarkupScanner.Attribute] {
    guard attributes.contains(where: { $0.value.count > ParseLimits.value }) else {
      return attributes
    }
    note(.value)
    return attributes.filter { $0.value.count <= ParseLimits.value }
  }

  private mutating func noteParent() {
    guard let parent = open.last?.element else { return }
    if isInEntry(open.count - 1) {
      parts[parent].holdsElements = true
    } else {
      head[parent].holdsElements = true
    }
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
    (entry, entryDepth, scopeCount) = (element, open.count, scopes.count)
  }

  private mutating func part(_ element: Element, isChild: Bool) -> Int? {
    let parent = open[open.count - 1].element
    guard isChild || (isNear && parent.map({ parts[$0].hasParts }) ?? false) else { return nil }
    guard parts.count < ParseLimits.parts else {
      note(.parts)
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
    let (_, local) = split(range)
    guard let index = opened(local) else { return }
    close(to: index, at: scanner.tokenStart)
  }

  /// The place of the innermost open element called `name`.
  ///
  /// Looked for among the 32 innermost and the 32 outermost, which hold all that matters, so that stray
  /// ends in a deep document cost little.
  private func opened(_ name: NameKey) -> Int? {
    guard let last = open.last else { return nil }
    if last.name == name { return open.count - 1 }
    let near = max(0, open.count - 32)
    for index in stride(from: open.count - 2, through: near, by: -1)
    where open[index].name == name { return index }
    for index in stride(from: min(near, 32) - 1, through: 0, by: -1)
    where open[index].name == name { return index }
    return nil
  }

  private mutating func close(to count: Int, at place: Int) {
    while open.count > count {
      let closed = open.removeLast()
      if let index = closed.element {
        if isInEntry(open.count) {
          parts[index].close(at: place)
        } else {
          head[index].close(at: place)
        }
      }
      if open.count == entryDepth {
        entryDepth = nil
        isEntryClosed = true
        entry?.close(at: place)
      }
      if open.count == channelDepth { channelDepth = nil }
      if open.count == root?.depth { root?.isOpen = false }
    }
    declarations.close(toDepth: count)
  }

  private func isInEntry(_ depth: Int) -> Bool {
    entryDepth.map { depth > $0 } ?? false
  }

  // MARK: Text, names and scopes

  private mutating func add(_ piece: Element.Inside, _ range: Range<Int>) {
    guard let index = open.last?.element else { return }
    let isBlank = text.isBlank(range)
    if isInEntry(open.count - 1) {
      parts[index].add(piece, isBlank: isBlank)
    } else {
      head[index].add(piece, isBlank: isBlank)
    }
  }

  private func split(_ range: Range<Int>) -> (prefix: NameKey, local: NameKey) {
    let bytes = text.bytes
    for place in range where bytes[place] == UInt8(ascii: ":") {
      return (
        NameKey(bytes, range.lowerBound..<place), NameKey(bytes, place + 1..<range.upperBound)
      )
    }
    return (NameKey.empty, NameKey(bytes, range))
  }

  /// Takes namespaces, `xml:base` and `xml:lang` from the attributes of an element that begins.
  private mutating func take(_ attributes: [MarkupScanner.Attribute]) -> Int {
    let outer = open.last?.scope ?? 0
    var changed: Element.Scope?
    for attribute in attributes {
      guard attribute.name.count >= 5,
        text.bytes[attribute.name.lowerBound] | 0x20 == UInt8(ascii: "x")
      else { continue }
      let (prefix, local) = split(attribute.name)
      if prefix == .xmlns || (prefix == .empty && local == .xmlns) {
        declarations.declare(
          prefix == .empty ? .empty : local, text.address(attribute), depth: open.count + 1)
      } else if prefix == .xml {
        let scope = changed ?? scopes[outer]
        changed =
          local == .base || local == .lang ? text.scope(attribute, local, in: scope) : changed
      }
    }
    // So many are no document's; the elements that come too late have the scope around them.
    guard let changed, scopes.count < ParseLimits.scopes else { return outer }
    scopes.append(changed)
    return scopes.count - 1
  }
}
