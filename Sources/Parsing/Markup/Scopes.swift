import Text

/// What attributes say of all that stands inside their element: bases, languages, namespaces.
struct Scopes {
  /// The base and the language of each place that has its own; the first is that of the document.
  private(set) var list: [Element.Scope]

  private let text: MarkupText
  private var declarations = Declarations()
  /// Addresses of namespaces that were met, since documents may declare the same ones at each entry.
  private var known: [(address: Range<Int>, space: Namespace?)] = []
  private static let knownLimit = 16

  init(_ text: MarkupText, base: String?) {
    self.text = text
    list = [Element.Scope(base: base, language: nil)]
  }

  /// What a prefix means here.
  func space(_ prefix: NameKey) -> Namespace { declarations.space(prefix) }

  /// Takes the attributes of the element that is the `depth`th open one; gives the place of its scope.
  mutating func take(
    _ attributes: [MarkupScanner.Attribute], inside outer: Int, depth: Int
  ) -> Int {
    var changed: Element.Scope?
    for attribute in attributes {
      guard attribute.name.count >= 5,
        text.bytes[attribute.name.lowerBound] | 0x20 == UInt8(ascii: "x")
      else { continue }
      let (prefix, local) = text.split(attribute.name)
      if prefix == .xmlns || (prefix == .empty && local == .xmlns) {
        declarations.declare(
          prefix == .empty ? .empty : local, namespace(attribute.value), depth: depth)
      } else if prefix == .xml, local == .base || local == .lang {
        changed = text.scope(attribute, local, in: changed ?? list[outer])
      }
    }
    // So many are no document's; the elements that come too late have the scope around them.
    guard let changed, list.count < ParseLimits.scopes else { return outer }
    list.append(changed)
    return list.count - 1
  }

  private mutating func namespace(_ address: Range<Int>) -> Namespace? {
    for one in known where text.bytes[one.address] == text.bytes[address] { return one.space }
    let space = Namespace(address: text.namespace(address))
    if known.count < Self.knownLimit { known.append((address, space)) }
    return space
  }

  /// Forgets what was declared inside elements that are closed now.
  mutating func close(toDepth depth: Int) { declarations.close(toDepth: depth) }

  /// Forgets the scopes of an entry that was read.
  mutating func forget(from place: Int) { list.removeSubrange(place...) }
}
