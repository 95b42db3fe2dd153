import Text

/// The line above an article's text that says when, by whom and where it was published.
///
/// `May 16th 2024, 12:27, by Tiara Hasna R, kumparanNEWS` and the like; nothing else may stand in it, so
/// that a paragraph that begins with a date stays one.
struct ArticleHeader: Hashable {
  /// Scalars and words that such a line has at most.
  private static let limit = (scalars: 200, words: 30)

  private static let newline = UInt8(ascii: "\n")

  private(set) var date: FeedDate
  private(set) var authors: [String] = []
  private(set) var publisher: String?
  /// The text behind it.
  private(set) var rest: String

  /// Reads the first line of `text`; nil where that is no header, or no text follows.
  ///
  /// Names that are `known` may stand in it without a word such as `by`.
  init?(_ text: String, language: String?, known: [String] = []) {
    // Most articles have a first paragraph that is far too long; it is not walked over to see that.
    let bytes = text.utf8
    guard let end = bytes.prefix(4 * Self.limit.scalars + 1).firstIndex(of: Self.newline),
      let start = bytes[end...].firstIndex(where: { $0 != Self.newline })
    else { return nil }
    let (line, body) = (text[..<end], text[start...])
    guard line.unicodeScalars.count <= Self.limit.scalars else { return nil }
    let words = line.split(separator: " ").map(String.init)
    guard words.count <= Self.limit.words, let found = Self.date(in: words, language) else {
      return nil
    }
    (date, rest) = (found.date, String(body))
    let isIndonesian = ["id", "ms"].contains(language?.prefix(2).lowercased())
    for part in Self.parts(words[..<found.range.lowerBound]) {
      guard take(part, isLast: false, isIndonesian, known) else { return nil }
    }
    let parts = Self.parts(words[found.range.upperBound...])
    let around = [words[found.range].last?.last, words[found.range.upperBound...].first?.first]
    let hasMark = around.contains { $0.map(Self.marks.contains) ?? false }
    for (index, part) in parts.enumerated() {
      // A publisher stands behind a mark of its own, not in one phrase with the date.
      let isLast = index == parts.count - 1 && (index > 0 || hasMark)
      guard take(part, isLast: isLast, isIndonesian, known) else { return nil }
    }
  }

  /// The longest run of words around a year that is a date and nothing else.
  private static func date(
    in words: [String], _ language: String?
  ) -> (date: FeedDate, range: Range<Int>)? {
    guard let year = words.firstIndex(where: hasYear) else { return nil }
    let isAmerican = language?.lowercased() == "en-us"
    for length in (1...12).reversed() {
      for start in max(0, year - length + 1)...year where start + length <= words.count {
        let range = start..<start + length
        guard range.contains(year) else { continue }
        let text = words[range].joined(separator: " ")
        if let date = FeedDate(exactly: text, isAmerican: isAmerican) { return (date, range) }
      }
    }
    return nil
  }

  /// Whether a word holds the four digits of a year, or a date of slashes.
  private static func hasYear(_ word: String) -> Bool {
    let digits = word.unicodeScalars.split { $0.properties.numericType != .decimal }
    return digits.contains { $0.count == 4 } || digits.count == 3 && word.contains("/")
  }

  /// What stands between commas, bars and dashes.
  private static func parts(_ words: ArraySlice<String>) -> [String] {
    // A dash inside a word belongs to the word.
    let text = words.map { ["-", "–", "—", "/"].contains($0) ? "|" : $0 }.joined(separator: " ")
    return text.split { ",،|•·;".contains($0) }.map { String($0).trimmed }.filter { !$0.isEmpty }
  }

  /// What ends a part.
  private static let marks: Set<Character> = [",", "،", "|", "•", "·", ";", "-", "–", "—", "/"]

  private mutating func take(
    _ part: String, isLast: Bool, _ isIndonesian: Bool, _ known: [String]
  ) -> Bool {
    if let name = Self.author(part, isIndonesian) {
      authors += name
      return true
    }
    let folded = Words(part).joined
    if known.contains(where: { Words($0).joined == folded }) { return true }
    guard isLast, part.split(separator: " ").count <= 5, !".!?:".contains(part.last ?? ".") else {
      return false
    }
    publisher = part
    return true
  }

  /// The names behind a word that announces an author.
  private static func author(_ part: String, _ isIndonesian: Bool) -> [String]? {
    let words = part.split(separator: " ", maxSplits: 1)
    guard words.count == 2 else { return nil }
    let first = Words(String(words[0])).joined
    // In Italian it is «by», in Indonesian «in».
    guard bywords.contains(first), !(first == "di" && isIndonesian) else { return nil }
    let names = String(words[1]).split(separator: " ").split { joins.contains($0.lowercased()) }
    let authors = names.map { $0.joined(separator: " ") }
    return authors.allSatisfy { $0.split(separator: " ").count <= 6 } ? authors : nil
  }

  private static let bywords = Set(
    ["by", "oleh", "par", "von", "por", "di", "от", "بقلم"].map { Words($0).joined })
  private static let joins: Set<String> = ["and", "dan", "&", "et", "und", "y", "e", "и", "و"]
}
