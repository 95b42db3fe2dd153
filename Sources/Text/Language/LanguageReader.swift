import Foundation

/// Tells the language of an article: by its letters, its words, and what is declared.
public struct LanguageReader: Sendable {
  /// Words that are looked at.
  private static let reach = 120
  /// What a function word counts, beside its runs.
  private static let functionWeight = 30.0
  /// How much of the sums is believed: runs of one word are no independent witnesses.
  private static let trust = 0.12
  /// What a declared language counts, as log-odds; a domain's.
  private static let declaredWeight = 3.0
  private static let domainWeight = 1.0
  /// What a letter counts that few languages write, and how many characters are looked at.
  private static let letterWeight = 1.5
  private static let letters = 1_000
  /// What an article of a language has against it, as log-odds: its neighbours write far more news.
  private static let rarity: [String: Double] = [
    "az": 3, "tl": 1, "bg": 1, "ca": 1, "et": 1, "lv": 1, "lt": 1, "sq": 1, "sw": 1, "mk": 1,
    "kk": 1,
    "ky": 1,
    "mn": 1, "ckb": 1, "mr": 1, "ne": 1, "sk": 1,
  ]
  /// Words that hold sentences together from which on they speak against a declaration.
  private static let leastSpoken = 2
  /// Words that hold sentences together from which on they bear a declaration out.
  private static let leastBorne = 5
  /// Languages that what else its feed writes can make the answer.
  private static let kept = 4
  /// Words from which on Indonesian and Malay are told apart by words of their own.
  private static let malayWords = 60

  private let table: LanguageTable

  public init(_ table: LanguageTable) { self.table = table }

  /// The language of title and text together, with what entry, feed or header declares, in any form of BCP 47,
  /// and the publisher's host, whose last label may be a country.
  public func language(
    title: String, text: String, declared: String?, host: String? = nil
  ) -> LanguageAnswer {
    let declared = declared.flatMap(Self.primary)
    // Nothing further on is looked at.
    let source = title + "\n" + text.prefix(2_000)
    let words = Words(source)
    guard let script = ScriptLanguage(source) else {
      return declared.map { LanguageAnswer(code: $0, confidence: 0.5, evidence: .declared) }
        ?? .unknown
    }
    if case .one(let code) = script {
      return LanguageAnswer(code: code, confidence: 0.99, evidence: .script)
    }
    guard case .among(let codes) = script else { return .unknown }
    if words.words.count < 3, declared == nil, host == nil { return .unknown }
    if let declared, codes.isEmpty || codes.contains(declared), Self.bearsOut(words, declared) {
      return LanguageAnswer(code: declared, confidence: 0.99, evidence: .declared)
    }
    var sums = self.sums(words, of: source)
    for index in sums.indices where !codes.isEmpty && !codes.contains(table.languages[index]) {
      sums[index] = -.infinity
    }
    join(&sums)
    let domain = host.flatMap(Self.languageOfDomain)
    for index in sums.indices {
      if table.languages[index] == declared { sums[index] += Self.declaredWeight }
      if table.languages[index] == domain { sums[index] += Self.domainWeight }
    }
    return answer(sums, words, declared)
  }

  private func answer(
    _ sums: [Double], _ words: Words, _ declared: String?
  ) -> LanguageAnswer {
    guard let best = sums.indices.max(by: { sums[$0] < sums[$1] }), sums[best].isFinite
    else { return .unknown }
    let rest = sums.indices.filter { $0 != best }.map { sums[$0] }.max() ?? -.infinity
    let code = table.languages[best]
    let confidence = rest.isFinite ? 1 / (1 + exp(rest - sums[best])) : 0.99
    if code == "id" || code == "ms" {
      let told = MalayWords.language(words, declared, least: Self.malayWords)
      var answer = LanguageAnswer(
        code: told, confidence: confidence, evidence: told == declared ? .declared : .words)
      answer.candidates = candidates(sums, named: told)
      answer.isMalayOpen = told != declared && words.words.count <= Self.malayWords
      return answer
    }
    // Names and numbers are runs of every language: only words that hold sentences together speak against what
    // is declared.
    if let declared, declared != code,
      let place = table.languages.firstIndex(of: declared == "ms" ? "id" : declared),
      sums[place].isFinite, !Self.speaks(words, for: code, against: declared)
    {
      return LanguageAnswer(code: declared, confidence: 0.5, evidence: .declared)
    }
    // A language that the table lacks is taken at its word, unless the words speak clearly for another.
    if let declared, declared != code, !table.languages.contains(declared), confidence < 0.9 {
      return LanguageAnswer(code: declared, confidence: 0.5, evidence: .declared)
    }
    var answer = LanguageAnswer(
      code: code, confidence: confidence, evidence: code == declared ? .declared : .words)
    answer.candidates = candidates(sums, named: "id")
    return answer
  }

  /// Whether the words that hold sentences together are those of the language declared; then runs of letters
  /// need not be asked, which take a hundred times as long.
  private static func bearsOut(_ words: Words, _ declared: String) -> Bool {
    var counts: [String: Int] = [:]
    for word in words.words.prefix(reach) {
      for language in FunctionWords.languages(of: word.hash) { counts[language, default: 0] += 1 }
    }
    let own = counts.removeValue(forKey: declared) ?? 0
    return own >= leastBorne && own >= 2 * (counts.values.max() ?? 0)
  }

  /// Whether the words hold sentences of one language together, and not so many of the other.
  private static func speaks(_ words: Words, for code: String, against declared: String) -> Bool {
    var counts = (code: 0, declared: 0)
    for word in words.words.prefix(reach) {
      let languages = FunctionWords.languages(of: word.hash)
      if languages.contains(code) { counts.code += 1 }
      if languages.contains(declared) { counts.declared += 1 }
    }
    return counts.code >= leastSpoken && counts.code > counts.declared
  }

  /// The likeliest languages, the best first; `malay` is what Indonesian and Malay are called.
  private func candidates(_ sums: [Double], named malay: String) -> [LanguageAnswer.Candidate] {
    let ranked = sums.indices.filter { sums[$0].isFinite }
      .sorted { (sums[$1], table.languages[$0]) < (sums[$0], table.languages[$1]) }
    return ranked.prefix(Self.kept).map { place in
      let code = table.languages[place]
      return LanguageAnswer.Candidate(code: code == "id" ? malay : code, odds: sums[place])
    }
  }

  /// What the words say of each language, as log-odds.
  private func sums(_ words: Words, of source: String) -> [Double] {
    var sums = Array(repeating: 0.0, count: table.languages.count)
    let bytes = Array(source.utf8)
    for word in words.words.prefix(Self.reach) {
      let letters = String(decoding: bytes[word.bytes], as: UTF8.self)
      guard letters.unicodeScalars.first?.properties.isAlphabetic ?? false else { continue }
      table.add(Array("_\(letters.lowercased())_".utf8), to: &sums)
      for code in FunctionWords.languages(of: word.hash) {
        if let index = table.languages.firstIndex(of: code) { sums[index] += Self.functionWeight }
      }
    }
    for index in sums.indices {
      sums[index] *= Self.trust
      // An article is seldom of a language that few write: it needs more to be believed.
      sums[index] -= Self.rarity[table.languages[index]] ?? 0
    }
    addLetters(of: source, to: &sums)
    return sums
  }

  private func addLetters(of source: String, to sums: inout [Double]) {
    var seen: Set<Unicode.Scalar> = []
    for scalar in source.unicodeScalars.prefix(Self.letters) where scalar.value > 0x7F {
      guard let letter = String(scalar).lowercased().unicodeScalars.first,
        seen.insert(letter).inserted
      else { continue }
      for code in TellingLetters.languages(of: letter) ?? [] {
        if let index = table.languages.firstIndex(of: code) { sums[index] += Self.letterWeight }
      }
    }
  }

  /// Indonesian and Malay are one for runs: the better of both.
  private func join(_ sums: inout [Double]) {
    guard let id = table.languages.firstIndex(of: "id"),
      let ms = table.languages.firstIndex(of: "ms")
    else { return }
    sums[id] = max(sums[id], sums[ms])
    sums[ms] = -.infinity
  }

  /// The primary code of a tag, as answers have it; nil for what is none.
  public static func primary(_ tag: String) -> String? {
    let code = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
    guard (2...3).contains(code.utf8.count), code != "und",
      code.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
    else { return nil }
    // Codes that were given up, and those that mean the same here.
    return ["in": "id", "iw": "he", "no": "nb", "nn": "nb", "fil": "tl"][code] ?? code
  }

  private static func languageOfDomain(_ host: String) -> String? {
    guard let dot = host.lastIndex(of: ".") else { return nil }
    return domains[host[host.index(after: dot)...].lowercased()]
  }

  private static let domains = [
    "id": "id", "my": "id", "ru": "ru", "ua": "uk", "fr": "fr", "de": "de", "at": "de", "es": "es",
    "mx": "es", "ar": "es", "it": "it", "pt": "pt", "br": "pt", "nl": "nl", "se": "sv", "dk": "da",
    "no": "nb", "fi": "fi", "pl": "pl", "cz": "cs", "sk": "sk", "hu": "hu", "ro": "ro", "tr": "tr",
    "vn": "vi", "bg": "bg", "by": "be", "rs": "sr", "ir": "fa", "uk": "en", "us": "en", "au": "en",
  ]
}
