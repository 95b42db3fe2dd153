import Text

/// Two states of one text whose words differ.
struct TextEdit {
  let old: ComparedText
  let new: ComparedText
  let hunks: [WordDiff.Hunk]

  /// Nil where they do not.
  init?(from old: String, to new: String) {
    guard old != new else { return nil }
    self.old = ComparedText(old)
    self.new = ComparedText(new)
    hunks = self.old.hunks(to: self.new)
    guard !hunks.isEmpty else { return nil }
  }

  /// How many of the old words that last stand there no more.
  var removed: Int { hunks.reduce(0) { $0 + $1.old.count } }

  /// Whether a number at one place became another.
  ///
  /// In what was written anew as a whole numbers have no place.
  var changesNumber: Bool {
    hunks.contains { hunk in
      guard max(hunk.old.count, hunk.new.count) <= 15 else { return false }
      let figures = (old.figures(of: hunk.old), new.figures(of: hunk.new))
      return !figures.0.isEmpty && !figures.1.isEmpty && figures.0 != figures.1
    }
  }

  /// The words that were replaced one by one, in pairs; nil where any came in or went.
  var replaced: [(old: String, new: String)]? {
    guard hunks.allSatisfy({ $0.old.count == $0.new.count }) else { return nil }
    return hunks.flatMap { hunk in
      zip(old.words.words[hunk.old], new.words.words[hunk.new]).map {
        (old.words.text(of: $0), new.words.text(of: $1))
      }
    }
  }

  /// Whether a run of at least `least` words came in at the border of a paragraph.
  func extends(by least: Int) -> Bool {
    hunks.contains { hunk in
      hunk.new.count - hunk.old.count >= least && new.reachesBorder(hunk.new)
    }
  }

  func shortens(by least: Int) -> Bool {
    hunks.contains { hunk in
      hunk.old.count - hunk.new.count >= least && old.reachesBorder(hunk.old)
    }
  }
}

extension ComparedText {
  /// Whether words begin or end a paragraph, or would if the difference began a few words before.
  ///
  /// Where a paragraph ends as the one before it does, a script may as well begin within the first.
  fileprivate func reachesBorder(_ range: Range<Int>) -> Bool {
    var (first, last) = (range.lowerBound, range.upperBound - 1)
    for _ in 0..<Self.steps {
      let beforeFirst = first > 0 ? words.words[first - 1].paragraph : -1
      if beforeFirst != words.words[first].paragraph { return true }
      if last + 1 == words.words.count
        || words.words[last + 1].paragraph != words.words[last].paragraph
      {
        return true
      }
      guard first > 0, words.words[first - 1].hash == words.words[last].hash else { return false }
      first -= 1
      last -= 1
    }
    return false
  }

  /// So far back a paragraph is looked at for its beginning.
  private static let steps = 4_096
}
