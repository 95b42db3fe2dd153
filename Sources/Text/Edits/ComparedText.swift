/// A text made ready to be compared with another state of it.
public struct ComparedText: Sendable {
  public let scalars: [Unicode.Scalar]
  public let words: Words
  /// The indices of those words that do not change by themselves.
  public let lasting: [Int]
  private let hashes: [UInt64]

  public init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    words = Words(text)
    let counts = PassingWords.lasting(in: words)
    lasting = counts.indices.filter { counts[$0] }
    hashes = words.words.map(\.hash)
  }

  /// The places at which the words of `other` differ, in indices of words of both.
  ///
  /// Numbers that are only written otherwise do not: 1.4 and 1,4, 1.400 and 1400.
  public func hunks(to other: ComparedText) -> [WordDiff.Hunk] {
    let diff = WordDiff(lasting.map { hashes[$0] }, other.lasting.map { other.hashes[$0] })
    return diff.hunks.map { Hunk(old: places($0.old), new: other.places($0.new)) }.filter { hunk in
      figures(of: hunk.old) != other.figures(of: hunk.new) || !isFigure(hunk.old)
        || !other.isFigure(hunk.new)
    }
  }

  /// Words around a range that may belong to a number in it; what has more parts is a list.
  private static let reach = 8

  /// The numbers in a range of words, each as a whole also where only a part of it is in the range.
  public func figures(of range: Range<Int>) -> [String] {
    guard !range.isEmpty else { return [] }
    var (first, end) = (range.lowerBound, range.upperBound)
    let least = max(0, first - Self.reach)
    let most = min(words.words.count, end + Self.reach)
    while first > least, areOneFigure(first - 1, first) { first -= 1 }
    while end < most, areOneFigure(end - 1, end) { end += 1 }
    return Figures.of(source(first..<end))
  }

  /// Whether nothing but a mark stands between the digits of two words.
  private func areOneFigure(_ first: Int, _ second: Int) -> Bool {
    words.words[second].start == words.words[first].end + 1 && isFigure(first..<second)
      && isFigure(second..<second + 1) && Figures.joints.contains(scalars[words.words[first].end])
  }

  private typealias Hunk = WordDiff.Hunk

  /// The words between the outermost of a range of lasting ones.
  private func places(_ range: Range<Int>) -> Range<Int> {
    guard let first = range.first, let last = range.last else {
      let place = range.lowerBound < lasting.count ? lasting[range.lowerBound] : words.words.count
      return place..<place
    }
    return lasting[first]..<lasting[last] + 1
  }

  /// The characters that a range of words covers.
  public func source(_ range: Range<Int>) -> ArraySlice<Unicode.Scalar> {
    guard let first = range.first, let last = range.last else { return [] }
    return scalars[words.words[first].start..<words.words[last].end]
  }

  /// Whether a range holds nothing but digits.
  private func isFigure(_ range: Range<Int>) -> Bool {
    !range.isEmpty
      && words.words[range].allSatisfy { word in
        words.folded[word.folded].allSatisfy { (0x30...0x39).contains($0) }
      }
  }

  /// Whether these folded words stand side by side somewhere in the text.
  public func holds(_ run: some Collection<UInt64>) -> Bool {
    hashes.holds(run: Array(run))
  }
}
