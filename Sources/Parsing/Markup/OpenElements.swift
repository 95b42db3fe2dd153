/// The elements that are open, the outermost first.
struct OpenElements {
  /// An element that is open.
  struct Item {
    var name: NameKey
    /// Its place in the list of the feed or of the entry, whichever it belongs to.
    var element: Int?
    var scope: Int
  }

  private var list: [Item] = []

  var count: Int { list.count }
  var last: Item? { list.last }

  mutating func append(_ item: Item) { list.append(item) }

  mutating func removeLast() -> Item { list.removeLast() }

  /// The place of the innermost one called `name`.
  ///
  /// Looked for among the 32 innermost and the 32 outermost, which hold all that matters, so that stray
  /// ends in a deep document cost little.
  func place(of name: NameKey) -> Int? {
    guard let last = list.last else { return nil }
    if last.name == name { return list.count - 1 }
    let near = max(0, list.count - 32)
    for index in stride(from: list.count - 2, through: near, by: -1)
    where list[index].name == name { return index }
    for index in stride(from: min(near, 32) - 1, through: 0, by: -1)
    where list[index].name == name { return index }
    return nil
  }
}
