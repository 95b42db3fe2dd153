import Testing

@testable import Text

@Suite("Words") struct WordsTests {
  @Test(arguments: [
    ("Müller ÅNGSTRÖM", "muller angstrom"), ("straße Øre łódź", "strasse ore lodz"),
    ("Putin's e-mail", "putin s e mail"), ("İstanbul ISPARTA", "istanbul isparta"),
    ("Ёлка й", "елка й"), ("и\u{306}од", "йод"), ("Пу\u{301}тин", "путин"),
    ("أحمد إلى مدرسة", "احمد الي مدرسه"),
    ("ﾊﾘ ＡＢＣ", "ハ リ abc"), ("普京访问", "普 京 访 问"), ("iPhone手机", "iphone 手 机"),
    ("Pu\u{200b}tin Pu\u{ad}tin", "putin putin"), ("١٢٣ ۴۵", "123 45"), ("한국은행", "한국은행"),
  ])
  func `fold alike in every script`(text: String, folded: String) {
    #expect(Words(text).joined == folded)
  }

  @Test func `know where they stand in the source`() {
    let source = "Di Müller, Pu\u{200b}tin 普京"
    let scalars = Array(source.unicodeScalars)
    for word in Words(source).words {
      let part = String(String.UnicodeScalarView(scalars[word.start..<word.end]))
      #expect(Words(part).words.first?.hash == word.hash)
    }
  }

  @Test func `of a phrase do not run over a paragraph`() {
    let matcher = PhraseMatcher([Phrase("bank sentral")].compactMap { $0 })
    #expect(matcher.matches(in: Words("Bank-Sentral"), of: "Bank-Sentral").count == 1)
    let broken = "bank\nsentral"
    #expect(matcher.matches(in: Words(broken), of: broken).isEmpty)
  }

  @Test func `have all Indonesian forms of their base`() {
    let forms = Affixes.forms(of: "kunjung")
    for form in [
      "kunjung", "berkunjung", "mengunjungi", "kunjungan", "dikunjungi", "kunjungannya",
      "pengunjung",
    ] {
      #expect(forms.contains(form), "\(form)")
    }
    #expect(Affixes.forms(of: "pukul").contains("memukul"))
    #expect(Affixes.forms(of: "tulis").contains("menulis"))
    #expect(Affixes.forms(of: "sapu").contains("menyapu"))
  }
}

@Suite("A phrase matcher") struct PhraseMatcherTests {
  @Test(arguments: [
    (["gempa"], "Gempa di Palu", 1), (["rain"], "ukraine", 0),
    (["kata * tiga"], "kata dua tiga", 0),
    (["삼성"], "삼성전자는", 1),
  ])
  func `finds whole words`(keywords: [String], text: String, count: Int) {
    let matcher = PhraseMatcher(keywords.compactMap { Phrase($0) })
    #expect(matcher.matches(in: Words(text), of: text).count == count)
  }

  @Test func `holds exact phrases against the very characters`() {
    let matcher = PhraseMatcher([Phrase("AS", isExact: true)].compactMap { $0 })
    #expect(matcher.matches(in: Words("as AS As"), of: "as AS As").count == 1)
  }

  /// Against a search that tries every phrase at every word.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `agrees with a naive search`(seed: UInt64) {
    var state = seed &* 2_654_435_761 &+ 1
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let stock = ["gempa", "bumi", "Путин", "普", "京", "bank", "sentral", "é", "x"]
    let text = (0..<200).map { _ in stock[next(stock.count)] }.joined(separator: " ")
    let keywords = (0..<12).map { _ in
      (0...next(3)).map { _ in stock[next(stock.count)] }.joined(separator: " ")
    }
    let phrases = keywords.compactMap { Phrase($0) }
    let words = Words(text)
    let found = PhraseMatcher(phrases).matches(in: words, of: text)
    var wanted: [PhraseMatcher.Match] = []
    let row = words.words.map(words.text)
    for start in row.indices {
      for (index, keyword) in keywords.enumerated() {
        let parts = Words(keyword)
        let parted = parts.words.map(parts.text)
        guard start + parted.count <= row.count, Array(row[start..<start + parted.count]) == parted
        else { continue }
        wanted.append(PhraseMatcher.Match(phrase: index, words: start..<start + parted.count))
      }
    }
    #expect(found == wanted, "seed \(seed)")
  }
}

@Suite("A guess at a language") struct LanguageGuessTests {
  @Test(
    arguments: [
      (
        "Warga yang mengungsi dari pesisir telah kembali ke rumah pada hari ini, kata petugas di posko",
        "id"
      ),
      (
        "The people who were moved from the coast have returned to the houses on the hill this morning",
        "en"
      ),
      ("普京抵达北京会见习近平", "zh"), ("gempa bumi", nil), ("12 34", nil),
    ] as [(String, String?)])
  func `wants several words that only one language has`(text: String, code: String?) {
    #expect(LanguageGuess.code(of: Words(text)) == code)
  }
}
