/// A binary heap whose first element is the smallest by date.
struct Heap<Element: Sendable>: Sendable {
  private var items: [(date: Double, element: Element)] = []

  /// The smallest date.
  var firstDate: Double? { items.first?.date }

  var isEmpty: Bool { items.isEmpty }

  mutating func insert(_ element: Element, at date: Double) {
    items.append((date, element))
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard items[child].date < items[parent].date else { return }
      items.swapAt(child, parent)
      child = parent
    }
  }

  /// Removes and returns the first element, if it is not after `date`.
  mutating func pop(until date: Double) -> Element? {
    guard let first = items.first, first.date <= date else { return nil }
    let last = items.removeLast()
    guard !items.isEmpty else { return first.element }
    items[0] = last
    sink()
    return first.element
  }

  /// Moves every date alike, so that the order stays.
  mutating func shift(by seconds: Double) {
    for index in items.indices { items[index].date += seconds }
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var smallest = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < items.count {
        if items[child].date < items[smallest].date { smallest = child }
      }
      guard smallest != parent else { return }
      items.swapAt(parent, smallest)
      parent = smallest
    }
  }
}
