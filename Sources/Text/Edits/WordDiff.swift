/// Where two texts differ, word by word: a shortest edit script, in linear space.
///
/// E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), §4b. The two ends of a box are
/// searched towards each other; where they meet the box falls into two. A box whose ends are more than a
/// bound apart is taken for replaced as a whole, so the time is bounded whatever the texts are.
public struct WordDiff: Hashable, Sendable {
  /// Words of the one text that stand where words of the other do; one of both may be empty.
  public struct Hunk: Hashable, Sendable {
    /// Indices of words.
    public var old: Range<Int>
    public var new: Range<Int>

    public init(old: Range<Int>, new: Range<Int>) {
      self.old = old
      self.new = new
    }
  }

  /// In order; between two of them at least one word is the same.
  public private(set) var hunks: [Hunk] = []

  /// Compares folded words by their hashes.
  ///
  /// Takes up to `bound`² steps, and one for each word; `bound` is half of the words that may differ.
  public init(_ old: [UInt64], _ new: [UInt64], bound: Int = 2_500) {
    var boxes = [Hunk(old: old.indices, new: new.indices)]
    while var box = boxes.popLast() {
      Self.trim(&box, old, new)
      if box.old.isEmpty || box.new.isEmpty {
        add(box)
      } else if let snake = Self.middle(of: box, old, new, bound) {
        boxes.append(
          Hunk(
            old: snake.old.upperBound..<box.old.upperBound,
            new: snake.new.upperBound..<box.new.upperBound))
        boxes.append(
          Hunk(
            old: box.old.lowerBound..<snake.old.lowerBound,
            new: box.new.lowerBound..<snake.new.lowerBound))
      } else {
        add(box)
      }
    }
  }

  private mutating func add(_ hunk: Hunk) {
    guard !hunk.old.isEmpty || !hunk.new.isEmpty else { return }
    if let last = hunks.last, last.old.upperBound == hunk.old.lowerBound,
      last.new.upperBound == hunk.new.lowerBound
    {
      hunks[hunks.count - 1] = Hunk(
        old: last.old.lowerBound..<hunk.old.upperBound,
        new: last.new.lowerBound..<hunk.new.upperBound)
    } else {
      hunks.append(hunk)
    }
  }

  /// Takes off what both ends have in common.
  private static func trim(_ box: inout Hunk, _ old: [UInt64], _ new: [UInt64]) {
    var (start, other) = (box.old.lowerBound, box.new.lowerBound)
    var (end, otherEnd) = (box.old.upperBound, box.new.upperBound)
    while start < end, other < otherEnd, old[start] == new[other] {
      start += 1
      other += 1
    }
    while start < end, other < otherEnd, old[end - 1] == new[otherEnd - 1] {
      end -= 1
      otherEnd -= 1
    }
    box = Hunk(old: start..<end, new: other..<otherEnd)
  }

  /// The run of equal words, perhaps none, in which the shortest scripts from both ends meet.
  ///
  /// Nil where they do not within `bound` steps. `box` begins and ends with words that differ.
  private static func middle(
    of box: Hunk, _ old: [UInt64], _ new: [UInt64], _ bound: Int
  ) -> Hunk? {
    let (width, height) = (box.old.count, box.new.count)
    let difference = width - height
    let isOdd = difference & 1 != 0
    // How far along the old words each diagonal has come, from the start and from the end. Diagonals
    // beyond the box are not entered, so their numbers may be taken modulo the size.
    let size = 2 * min(width, height, bound) + 2
    var forth = [Int](repeating: 0, count: size)
    var back = forth
    func slot(_ diagonal: Int) -> Int { (diagonal % size + size) % size }
    for step in 0...min((width + height + 1) / 2, bound) {
      let first = -(step - 2 * max(0, step - height))
      let last = step - 2 * max(0, step - width)
      guard first <= last else { return nil }
      for diagonal in stride(from: first, through: last, by: 2) {
        let isDown =
          diagonal == -step
          || (diagonal != step && forth[slot(diagonal - 1)] < forth[slot(diagonal + 1)])
        let start = isDown ? forth[slot(diagonal + 1)] : forth[slot(diagonal - 1)] + 1
        var x = start
        while x < width, x - diagonal < height,
          old[box.old.lowerBound + x] == new[box.new.lowerBound + x - diagonal]
        { x += 1 }
        forth[slot(diagonal)] = x
        let opposite = difference - diagonal
        guard isOdd, abs(opposite) <= step - 1, x + back[slot(opposite)] >= width else { continue }
        return snake(box, from: start, to: x, diagonal)
      }
      for diagonal in stride(from: first, through: last, by: 2) {
        let isDown =
          diagonal == -step
          || (diagonal != step && back[slot(diagonal - 1)] < back[slot(diagonal + 1)])
        let start = isDown ? back[slot(diagonal + 1)] : back[slot(diagonal - 1)] + 1
        var x = start
        while x < width, x - diagonal < height,
          old[box.old.upperBound - 1 - x] == new[box.new.upperBound - 1 - x + diagonal]
        { x += 1 }
        back[slot(diagonal)] = x
        let opposite = difference - diagonal
        guard !isOdd, abs(opposite) <= step, x + forth[slot(opposite)] >= width else { continue }
        return snake(box, from: width - x, to: width - start, opposite)
      }
    }
    return nil
  }

  private static func snake(
    _ box: Hunk, from start: Int, to end: Int, _ diagonal: Int
  ) -> Hunk {
    let (old, new) = (box.old.lowerBound, box.new.lowerBound - diagonal)
    return Hunk(old: old + start..<old + end, new: new + start..<new + end)
  }
}
