/// The forms in which languages that inflect names write them, without the form they are listed in.
///
/// Put on when a gazetteer is read, so that what is looked for in a text is exact.
enum NameForms {
  static let languages: Set<String?> = ["ru", "uk", "ar"]

  /// Of a name's folded words; none in languages that leave names as they are.
  static func forms(of words: [String], in language: String?, _ kind: NameKind) -> [[String]] {
    guard let last = words.last, !last.isEmpty else { return [] }
    switch language {
    case "ru", "uk": return slavic(words)
    case "ar": return arabic(words)
    default: return []
    }
  }

  // MARK: Russian, Ukrainian

  /// Every word in the same case: Владимира Путина.
  private static func slavic(_ words: [String]) -> [[String]] {
    guard words.count <= 3 else { return [] }
    // Short family names stand before given names that take other endings than Russian ones: Си Цзиньпином.
    let isForeign = words.count > 1 && words[0].unicodeScalars.count <= 3
    let cases = words.map { slavicCases($0, isForeign: isForeign) }
    return (0..<5).map { number in cases.map { $0[number] } }.filter { $0 != words }
  }

  /// Genitive, dative, accusative, instrumental, prepositional.
  private static func slavicCases(_ word: String, isForeign: Bool) -> [String] {
    func put(_ dropped: Int, _ endings: [String]) -> [String] {
      let stem = String(word.dropLast(dropped))
      return endings.map { stem + $0 }
    }
    let unchanged = Array(repeating: word, count: 5)
    guard word.unicodeScalars.count > 3 else { return unchanged }
    switch word {
    case _ where word.hasSuffix("ский"), _ where word.hasSuffix("цкий"):
      return put(2, ["ого", "ому", "ого", "им", "ом"])
    case _ where word.hasSuffix("ая"): return put(2, ["ой", "ой", "ую", "ой", "ой"])
    case _ where word.hasSuffix("ия"): return put(1, ["и", "и", "ю", "ей", "и"])
    case _ where word.hasSuffix("ова"), _ where word.hasSuffix("ева"),
      _ where word.hasSuffix("ина"):
      return put(1, ["ой", "ой", "у", "ой", "ой"])
    case _ where word.hasSuffix("ка"), _ where word.hasSuffix("га"), _ where word.hasSuffix("ха"):
      return put(1, ["и", "е", "у", "ой", "е"])
    case _ where word.hasSuffix("а"): return put(1, ["ы", "е", "у", "ой", "е"])
    case _ where word.hasSuffix("я"): return put(1, ["и", "е", "ю", "ей", "е"])
    case _ where word.hasSuffix("ь"): return put(1, ["я", "ю", "я", "ем", "е"])
    case _ where word.hasSuffix("й"): return put(1, ["я", "ю", "я", "ем", "е"])
    case _ where word.hasSuffix("ов"), _ where word.hasSuffix("ев"), _ where word.hasSuffix("ин"):
      return put(0, ["а", "у", "а", isForeign ? "ом" : "ым", "е"])
    case _ where word.unicodeScalars.last.map(isConsonant) ?? false:
      return put(0, ["а", "у", "а", "ом", "е"])
    default: return unchanged
    }
  }

  private static func isConsonant(_ scalar: Unicode.Scalar) -> Bool {
    "бвгджзклмнпрстфхцчшщ".unicodeScalars.contains(scalar)
  }

  // MARK: Arabic

  /// And, so, in, as, to, written onto the first word.
  private static func arabic(_ words: [String]) -> [[String]] {
    guard let first = words.first, first.unicodeScalars.count > 2 else { return [] }
    return ["و", "ف", "ب", "ك", "ل"].map { prefix in
      // ل takes the alif of the article away.
      let word = prefix == "ل" && first.hasPrefix("ال") ? "ل" + first.dropFirst(1) : prefix + first
      return [word] + words.dropFirst()
    }
  }
}
