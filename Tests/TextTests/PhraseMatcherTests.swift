import Testing

@testable import Text

@Suite("A phrase matcher") struct PhraseMatcherTests {
  @Test(arguments: [
    (["gempa"], "Gempa di Palu", 1), (["rain"], "ukraine", 0),
    (["kata * tiga"], "kata dua tiga", 0),
    (["삼성"], "삼성전자는", 1),
    // Indonesian, German, Turkish, Russian: whole words, whatever case and accents.
    (["gempa bumi"], "GEMPA-bumi, lagi", 1), (["gempa"], "kegempaan", 0),
    (["Straße"], "An der STRASSE", 1), (["Müller"], "Herr Muller", 1), (["Müller"], "Mueller", 0),
    (["Işık"], "IŞIK ISIK", 2), (["İstanbul"], "istanbul ISTANBUL", 2),
    (["ёлка"], "Ёлка и елка", 2), (["Путин"], "Путина", 0), (["мои"], "мой", 0),
    // Arabic: vowel signs, tatweel, forms of alif; no clitics by themselves.
    (["محمد"], "مُحَمَّد ومحمد", 1), (["احمد"], "أحـمد", 1), (["مدرسة"], "مدرسه", 1),
    // Chinese, Japanese, Thai: anywhere, by characters.
    (["普京"], "俄罗斯总统普京访华", 1), (["普京"], "普 京", 1), (["普京"], "普通京城", 0),
    (["プーチン"], "ﾌﾟｰﾁﾝ大統領", 1), (["ハン"], "バン", 0), (["iPhone手机"], "iPhone 手机", 1),
    (["ไทย"], "ประเทศไทยวันนี้", 1), (["น้ำ"], "นำ", 0), (["กา"], "การ", 1),
  ])
  func `finds whole words`(keywords: [String], text: String, count: Int) {
    let matcher = PhraseMatcher(keywords.compactMap { Phrase($0) })
    #expect(matcher.matches(in: Words(text), of: text).count == count)
  }

  @Test func `holds exact phrases against the very characters`() {
    let matcher = PhraseMatcher([Phrase("AS", isExact: true)].compactMap { $0 })
    #expect(matcher.matches(in: Words("as AS As"), of: "as AS As").count == 1)
  }

  @Test func `tells an exact phrase from its neighbours`() {
    let matcher = PhraseMatcher(
      ["C++", "AS", "Ivan (IV)"].compactMap { Phrase($0, isExact: true) })
    let text = "é C++ C AS-C Ivan IV Ivan (IV) C+"
    let found = matcher.matches(in: Words(text), of: text)
    #expect(found.map(\.phrase) == [0, 1, 2])
    #expect(found.map(\.words.lowerBound) == [1, 3, 7])
  }

  /// Against a search that tries every phrase at every word, over texts longer than a block.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `agrees with a naive search`(seed: UInt64) {
    var random = Random(seed)
    let stock = [
      "gempa", "bumi", "gempanya", "Путин", "путина", "普", "京", "bank", "sentral", "é", "x",
      "한국", "한국은행", "น้ำ", "محمد",
    ]
    let text = (0..<(seed.isMultiple(of: 2) ? 100 : 1_200)).map { _ in
      stock[random.next(stock.count)] + (random.next(40) == 0 ? "\n" : " ")
    }.joined()
    let words = Words(text)
    let row = words.words.map(words.text)
    let phrases = (0..<(seed.isMultiple(of: 3) ? 100 : 12)).map { _ in
      Phrase(parts: (0...random.next(4)).map { _ in part(row, &random) })
    }
    var wanted: [PhraseMatcher.Match] = []
    for start in words.words.indices {
      for (index, phrase) in phrases.enumerated() {
        let end = start + phrase.parts.count
        guard end <= row.count,
          words.words[start].paragraph == words.words[end - 1].paragraph,
          zip(phrase.parts, row[start..<end]).allSatisfy({ holds($0, $1) })
        else { continue }
        wanted.append(PhraseMatcher.Match(phrase: index, words: start..<end))
      }
    }
    let found = PhraseMatcher(phrases).matches(in: words, of: text)
    let wrong = zip(found, wanted).first { $0 != $1 }
    #expect(wrong == nil && found.count == wanted.count, "seed \(seed)")
  }

  private func part(_ row: [String], _ random: inout Random) -> Phrase.Part {
    let word = row[random.next(row.count)]
    switch random.next(8) {
    case 0: return .any
    case 1: return .prefix(String(word.prefix(3)))
    case 2: return .infix(String(word.dropFirst().prefix(4)))
    case 3: return .forms([word, word + "nya", "x"])
    default: return .word(word)
    }
  }

  private func holds(_ part: Phrase.Part, _ word: String) -> Bool {
    switch part {
    case .any: true
    case .word(let text): Array(word.utf8) == Array(text.utf8)
    case .prefix(let text): word.utf8.starts(with: text.utf8)
    case .forms(let forms): forms.contains { Array($0.utf8) == Array(word.utf8) }
    case .infix(let text):
      (0...word.utf8.count).contains { word.utf8.dropFirst($0).starts(with: text.utf8) }
    }
  }

  /// Equal keywords of several rules are told to each, and so are many that share their rarest pair.
  @Test func `tells every owner of a keyword`() {
    let text = "satu dua tiga empat"
    let keywords = ["dua tiga", "satu dua tiga", "dua tiga", "dua", "dua", "satu dua tiga empat"]
    let found = PhraseMatcher(keywords.compactMap { Phrase($0) }).matches(
      in: Words(text), of: text)
    #expect(found.map(\.phrase) == [1, 5, 0, 2, 3, 4])
  }

  @Test func `leaves out what is too long to stand in a text`() {
    let long = String(repeating: "a", count: 5_000)
    let matcher = PhraseMatcher([Phrase(long), Phrase("b")].compactMap { $0 })
    #expect(matcher.matches(in: Words("b"), of: "b").map(\.phrase) == [1])
  }
}

/// Numbers that a seed decides.
private struct Random {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 2_654_435_761 &+ 1 }

  mutating func next(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % count
  }
}
