/// Two states of a text as one, with what went and what came marked.
public struct MarkedText: Hashable, Sendable {
  public enum Piece: Hashable, Sendable {
    case same(String)
    case removed(String)
    case added(String)
  }

  /// In order; what is the same stands as the new state has it.
  public private(set) var pieces: [Piece] = []

  public init(from old: String, to new: String) {
    let (before, after) = (ComparedText(old), ComparedText(new))
    let hunks = WordDiff(before.words.words.map(\.hash), after.words.words.map(\.hash)).hunks
    var place = 0
    for hunk in hunks {
      let start = after.start(of: hunk.new.lowerBound)
      add(Piece.same, after.scalars[place..<max(place, start)])
      // Where nothing came in its place, a word goes with the blank behind it.
      let end = hunk.new.isEmpty ? before.start(of: hunk.old.upperBound) : before.end(hunk.old)
      if let first = hunk.old.first {
        add(Piece.removed, before.scalars[before.words.words[first].start..<end])
      }
      place = hunk.new.isEmpty ? start : after.end(hunk.new)
      if let first = hunk.new.first {
        let behind = hunk.old.isEmpty ? after.start(of: hunk.new.upperBound) : place
        add(Piece.added, after.scalars[after.words.words[first].start..<behind])
        place = behind
      }
    }
    add(Piece.same, after.scalars[min(place, after.scalars.count)...])
  }

  /// Whether nothing is marked.
  public var isSame: Bool {
    pieces.allSatisfy { if case .same = $0 { true } else { false } }
  }

  private mutating func add(_ piece: (String) -> Piece, _ scalars: ArraySlice<Unicode.Scalar>) {
    guard !scalars.isEmpty else { return }
    pieces.append(piece(String(String.UnicodeScalarView(scalars))))
  }
}

extension ComparedText {
  /// Where a word begins, or the text ends.
  fileprivate func start(of word: Int) -> Int {
    word < words.words.count ? words.words[word].start : scalars.count
  }

  fileprivate func end(_ range: Range<Int>) -> Int {
    range.isEmpty ? start(of: range.lowerBound) : words.words[range.upperBound - 1].end
  }
}
