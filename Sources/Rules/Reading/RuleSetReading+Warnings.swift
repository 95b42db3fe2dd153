import Core

/// What can be taken and is hardly meant.
extension RuleSetReading {
  /// A word or phrase, and where it stands.
  typealias PlacedTerm = (term: Query.Term, place: Place)

  /// Words that are written in capitals as a name, and are common ones after folding.
  private static let commonInCapitals: Set<String> = [
    "aids", "all", "and", "as", "dan", "di", "eu", "for", "ice", "in", "is", "it", "ke", "may",
    "no",
    "on", "or", "pan", "pas", "pt", "so", "the", "us", "who",
  ]
  /// Rules of one configuration that are looked through for clauses that say nothing.
  private static let weighedRules = 10_000
  /// Words of a NEAR beyond which two have little to do with each other.
  private static let farWords = 25

  mutating func warn(_ place: Place, _ what: String, fix: String, _ code: String) {
    guard hasWarnings else { return }
    reader.add([Fault(place, what, fix: fix, code: code, weight: .warning)])
  }

  // MARK: Queries

  /// `offsets`: where its terms stand.
  mutating func warn(of query: Query, _ node: ConfigNode, _ offsets: [Int]) {
    guard hasWarnings else { return }
    warnOfMarks(node)
    var terms: [Query.Term] = []
    var far: [Int] = []
    for part in query.all {
      switch part {
      case .term(let term): terms.append(term)
      case .near(_, .words(let count, _), _) where count > Self.farWords && !far.contains(count):
        far.append(count)
      default: break
      }
    }
    for count in far {
      let offset = node.text.flatMap { Self.offset(of: "NEAR/\(count)", in: $0) } ?? 0
      let place = node.place(atScalar: offset)
      warn(place, "NEAR/\(count) is hardly near", fix: "write 25 or less, or AND", "W313")
    }
    let placed = zip(terms, node.places(atScalars: offsets)).map { ($0, $1) as PlacedTerm }
    for (term, place) in placed { warn(of: term, place) }
    warnOfEndings(placed)
    warnOfHyphens(placed)
  }

  /// Marks of print are read as plain ones, which may not be what was meant.
  private mutating func warnOfMarks(_ node: ConfigNode) {
    let marks: [Unicode.Scalar] = ["“", "”", "„", "（", "）"]
    let scalars = (node.text ?? "").unicodeScalars
    guard let (offset, mark) = scalars.enumerated().first(where: { marks.contains($1) }) else {
      return
    }
    warn(
      node.place(atScalar: offset), "\(mark) is read as the plain mark",
      fix: "write \" ( ) from the keyboard", "W302")
  }

  /// `covid19` is one word, `covid-19` are two.
  mutating func warnOfHyphens(_ terms: [PlacedTerm]) {
    guard hasWarnings else { return }
    let all = Set(terms.map { $0.term.text.lowercased() })
    for (term, place) in terms where !term.isExact {
      let text = term.text.lowercased()
      guard let other = Self.otherSpelling(text), !all.contains(other) else { continue }
      warn(
        place, "'\(text)' and '\(other)' differ", fix: "write (\(text) OR \(other))", "W310")
    }
  }

  /// With a hyphen what has none, and the other way round: letters, then digits.
  static func otherSpelling(_ text: String) -> String? {
    let letters = text.prefix { $0.isLetter }
    let rest = text.dropFirst(letters.count)
    let hasHyphen = rest.hasPrefix("-")
    let digits = hasHyphen ? rest.dropFirst() : rest
    guard letters.count > 1, !digits.isEmpty, digits.allSatisfy(\.isWholeNumber) else { return nil }
    return hasHyphen ? String(letters + digits) : "\(letters)-\(digits)"
  }

  // MARK: Words

  mutating func warn(of term: Query.Term, _ place: Place) {
    guard hasWarnings, !term.isExact else { return }
    let text = term.text
    let scalars = text.unicodeScalars
    if term.isQuoted, text.split(separator: " ").dropFirst().dropLast().contains("or") {
      warn(place, "or is a plain word in \"\(text)\"", fix: "write OR between two phrases", "W301")
    }
    if text.hasPrefix("*"), text.hasSuffix("*") {
      warn(
        place, "\(text) is looked for in every word of every article",
        fix: "write \(text.dropFirst()) if words begin so", "W304")
    }
    if scalars.count == 1, scalars.allSatisfy(\.properties.isIdeographic) {
      warn(place, "'\(text)' stands in many words", fix: "write =\(text)", "W307")
    }
    if text.count > 1, text.allSatisfy({ $0.isUppercase && $0.isASCII }),
      Self.commonInCapitals.contains(text.lowercased())
    {
      warn(
        place, "\(text) is the common word '\(text.lowercased())' after folding",
        fix: "write =\(text)", "W308")
    }
  }

  /// Cyrillic names without their endings, which stand neither in a `*` nor beside them in full.
  mutating func warnOfEndings(_ terms: [PlacedTerm]) {
    guard hasWarnings else { return }
    let stems = Dictionary(terms.map { ($0.term.text.prefix(4), 1) }, uniquingKeysWith: +)
    for (term, place) in terms where term.isCyrillicName && stems[term.text.prefix(4)] == 1 {
      let text = term.text
      warn(place, "'\(text)' misses its endings", fix: "write \(text)*, or =\(text)", "W309")
    }
  }

  // MARK: Rules

  /// Rules that are the same, are judged for every article, or have clauses that say nothing.
  mutating func warnOfRules() {
    guard hasWarnings else { return }
    var first: [String: String] = [:]
    for rule in set.rules where !rule.kind.isBuiltIn && rule.mode != .off {
      if let other = first[rule.shape] {
        warn(
          rule.place, "rule '\(rule.id)' asks the same as rule '\(other)'", fix: "remove one",
          "W306")
      }
      first[rule.shape] = first[rule.shape] ?? rule.id
    }
    for index in set.index.always {
      let rule = set.rules[index]
      warn(
        rule.place, "rule '\(rule.id)' needs no word: it is judged for every article",
        fix: "add a word that must be there", "W305")
    }
    for rule in set.rules.prefix(Self.weighedRules) {
      guard let match = rule.match, let truth = ClauseTruth(match) else { continue }
      for (clause, finding) in truth.findings {
        warn(
          rule.place, "rule '\(rule.id)': \(clause) \(finding.words)", fix: finding.fix, "W314")
      }
    }
  }
}

extension Query.Term {
  /// Whether it is one word of Cyrillic letters that begins as names do, without a mark.
  fileprivate var isCyrillicName: Bool {
    !isExact && text.unicodeScalars.count > 3 && text.first?.isUppercase == true
      && text.unicodeScalars.allSatisfy { (0x400...0x52F).contains($0.value) }
  }
}
