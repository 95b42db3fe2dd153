/// Takes in what stands beside a name and is part of it.
enum NameExtending {
  /// `name` with what belongs to it on both sides; never over tokens that are `taken`.
  static func extended(
    _ name: NameCandidate, _ marked: MarkedNames, _ sure: [NameCandidate],
    isTaken: (Int) -> Bool
  ) -> NameCandidate {
    var name = name
    let range: Range<Int>
    switch name.kind {
    case .person: range = person(name.tokens, marked)
    case .organisation: range = organisation(name.tokens, marked, sure)
    case .place: range = place(name.tokens, marked)
    }
    let whole = overApostrophe(range, marked)
    guard whole != name.tokens else { return name }
    let added = whole.filter { !name.tokens.contains($0) }
    guard !added.contains(where: isTaken) else { return name }
    name.tokens = whole
    name.alias = nil
    return name
  }

  /// Over van der, bin, al and the capital behind it: Patrick | van der Meer.
  private static func person(_ tokens: Range<Int>, _ marked: MarkedNames) -> Range<Int> {
    var end = tokens.upperBound
    var next = end
    while next < marked.text.tokens.count, isNameParticle(next, marked) || isHyphen(next, marked) {
      next += 1
    }
    while next > end, next < marked.text.tokens.count, isPlainCapital(next, marked) {
      next += 1
      end = next
    }
    return tokens.lowerBound..<end
  }

  private static func isNameParticle(_ index: Int, _ marked: MarkedNames) -> Bool {
    particles.contains(marked.text.tokens[index].hash)
  }

  private static let particles = Set(
    Words("bin binti al el ibn van der den von ter bint ben").words.map(\.hash))

  private static func isHyphen(_ index: Int, _ marked: MarkedNames) -> Bool {
    index > 0 && marked.text.tokens[index].hash == PunctuationMark.hyphen.hash
      && isNameParticle(index - 1, marked)
  }

  /// Over a head and its number before it, Komisi XI | DPR, and over a place that goes on with it:
  /// Dinas Kesehatan Nusa | Tenggara Timur.
  private static func organisation(
    _ tokens: Range<Int>, _ marked: MarkedNames, _ sure: [NameCandidate]
  ) -> Range<Int> {
    var (start, end) = (tokens.lowerBound, tokens.upperBound)
    if start > 1, isNumber(start - 1, marked), isPlainCapital(start - 2, marked),
      marked.roles[start - 2].contains(.organisationHead)
    {
      start -= 2
    }
    if let place = sure.first(where: {
      $0.kind == .place && $0.tokens.lowerBound > start && $0.tokens.lowerBound < end
        && $0.tokens.upperBound > end
    }) {
      end = place.tokens.upperBound
    }
    return start..<end
  }

  private static func isNumber(_ index: Int, _ marked: MarkedNames) -> Bool {
    let bytes = marked.text.source[
      marked.text.tokens[index].start..<marked.text.tokens[index].end]
    return bytes.allSatisfy { (0x30...0x39).contains($0) }
      || bytes.allSatisfy { "IVXL".utf8.contains($0) }
  }

  /// Over Pelabuhan, Pasar, Jalan with a capital before it.
  private static func place(_ tokens: Range<Int>, _ marked: MarkedNames) -> Range<Int> {
    let before = tokens.lowerBound - 1
    guard before >= 0, isPlainCapital(before, marked), !marked.text.tokens[before].isFirst,
      marked.roles[before].contains(.placeHead)
    else { return tokens }
    return before..<tokens.upperBound
  }

  /// Over an apostrophe that stands in a word: Nur'aini; not over 's.
  private static func overApostrophe(_ tokens: Range<Int>, _ marked: MarkedNames) -> Range<Int> {
    let text = marked.text
    let mark = tokens.upperBound
    guard mark + 1 < text.tokens.count,
      text.tokens[mark].hash == PunctuationMark.apostrophe.hash,
      !text.tokens[mark].isSpaced, !text.tokens[mark + 1].isSpaced,
      text.tokens[mark + 1].word != nil, text.tokens[mark + 1].end - text.tokens[mark + 1].start > 2
    else { return tokens }
    return tokens.lowerBound..<mark + 2
  }

  private static func isPlainCapital(_ index: Int, _ marked: MarkedNames) -> Bool {
    marked.text.tokens[index].isCapitalised && marked.text.tokens[index].style != .capitals
  }
}
