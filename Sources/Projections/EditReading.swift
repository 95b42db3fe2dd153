import Core
import Text

/// The classes of an edit, from what its texts differ in.
struct EditReading {
  /// Names or quotes of one text that are looked for in the other.
  private static let limit = 200

  /// Nil where nothing differs.
  let title: TextEdit?
  let text: TextEdit?
  let summary: TextEdit?
  /// The entities that the article names on one side alone; they tell of names in scripts without capitals.
  let entities: (added: Bool, removed: Bool)

  /// In the order of `EditClass`.
  func classes(dateShifted: Bool, isRetracted: Bool) -> [EditClass] {
    var found: Set<EditClass> = []
    if title != nil { found.insert(.headline) }
    // Without a text the summary is all there is; beside one it mostly repeats it.
    let edits = [title, text ?? summary].compactMap(\.self)
    if edits.contains(where: \.changesNumber) { found.insert(.number) }
    if dateShifted { found.insert(.dateShifted) }
    if let text { found.formUnion(ofText(text)) }
    if found.isEmpty, isTypo([text, summary].compactMap(\.self)) { found.insert(.typo) }
    if let text { found.formUnion(ofLength(text)) }
    if isRetracted { found.insert(.retracted) }
    return EditClass.allCases.filter(found.contains)
  }

  private func ofText(_ text: TextEdit) -> Set<EditClass> {
    var found: Set<EditClass> = []
    if entities.added || hasName(in: text.new, of: text.hunks.map(\.new), but: text.old, title?.old)
    {
      found.insert(.nameAdded)
    }
    if entities.removed
      || hasName(in: text.old, of: text.hunks.map(\.old), but: text.new, title?.new)
    {
      found.insert(.nameRemoved)
    }
    return found.union(ofQuotes(text))
  }

  /// Whether a changed place of `side` holds a name that the `other` side has nowhere, in small letters neither.
  private func hasName(
    in side: ComparedText, of hunks: [Range<Int>], but other: ComparedText, _ title: ComparedText?
  ) -> Bool {
    let runs = CapitalisedRuns.of(side).lazy.filter(hunks.touch)
    return runs.prefix(Self.limit).contains { run in
      // A title before a name that stays is none of its own.
      let shorter = (run.lowerBound..<max(run.lowerBound + 1, run.upperBound - 1)).prefix(4)
        .map { $0..<run.upperBound }
      return !shorter.contains { part in
        let words = side.words.words[part].map(\.hash)
        return other.holds(words) || title?.holds(words) == true
      }
    }
  }

  private func ofQuotes(_ text: TextEdit) -> Set<EditClass> {
    let before = Quotes.of(text.old).prefix(Self.limit)
    let after = Quotes.of(text.new).prefix(Self.limit)
    var found: Set<EditClass> = []
    let likeness = QuoteLikeness(after.map { text.new.words.words[$0].map(\.hash) })
    let changed = text.hunks.map(\.old)
    for quote in before where changed.touch(quote) {
      let words = text.old.words.words[quote].map(\.hash)
      guard !text.new.holds(words) else { continue }
      let isChanged = likeness.most(words) * 2 >= words.count
      found.insert(isChanged ? .quoteChanged : .quoteRemoved)
    }
    // A quote into which words came has no old word that changed.
    for quote in before where isPulledApart(quote, text) { found.insert(.quoteChanged) }
    return found
  }

  /// Whether words came in between those of a quote.
  private func isPulledApart(_ quote: Range<Int>, _ text: TextEdit) -> Bool {
    text.hunks.contains { hunk in
      hunk.old.isEmpty && quote.contains(hunk.old.lowerBound)
        && hunk.old.lowerBound > quote.lowerBound
    }
  }

  private func isTypo(_ edits: [TextEdit]) -> Bool {
    let words = edits.map(\.replaced)
    guard !words.isEmpty, words.allSatisfy({ ($0?.count ?? 9) <= 3 }) else { return false }
    return words.allSatisfy { pairs in
      pairs?.allSatisfy { EditDistance.isAtMostTwo($0.old, $0.new) } ?? false
    }
  }

  private func ofLength(_ text: TextEdit) -> Set<EditClass> {
    var found: Set<EditClass> = []
    if text.extends(by: 30) { found.insert(.extended) }
    if text.shortens(by: 30) { found.insert(.shortened) }
    let count = text.old.lasting.count
    if count > 0, (count - text.removed) * 2 < count { found.insert(.rewritten) }
    return found
  }
}

extension [Range<Int>] {
  /// Whether one of these ranges, in order and apart, has a word in common with `range`.
  fileprivate func touch(_ range: Range<Int>) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].upperBound > range.lowerBound { high = middle } else { low = middle + 1 }
    }
    // An empty one touches nothing, and those behind it may.
    return self[low...].prefix { $0.lowerBound < range.upperBound }.contains { $0.overlaps(range) }
  }
}
