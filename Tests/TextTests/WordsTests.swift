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
    // Halfwidth voicing marks, and Kana in two pieces.
    ("ﾌﾟｰﾁﾝ ｶﾞｽ", "プ ー チ ン ガ ス"), ("か\u{3099}は\u{309a}", "が ぱ"), ("ﾞ", ""),
    ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}", "한국"), ("葛\u{e0100}城", "葛 城"),
    ("Ки\u{306}в Киі\u{308}в Київ", "кйв київ київ"), ("е\u{308}лка", "елка"),
    ("Αθήνας ΑΘΗΝΑΣ", "αθηνασ αθηνασ"), ("ǿ Ǽ", "o ae"),
    ("ﺃﺣﻤﺪ ﻻ", "احمد لا"), ("مُحَمَّد مـحـمـد", "محمد محمد"), ("ا\u{653}ن", "ان"),
    ("Pu\u{61c}tin", "putin"), ("Putin\u{2bc}s Putin’s", "putin s putin s"),
    ("น้ำท่วม", "น้ ํา ท่ ว ม"), ("IŞIK ışık Işık", "isik isik isik"),
    ("STRASSE Straße", "strasse strasse"),
    ("किताब", "किताब"),
  ])
  func `fold alike in every script`(text: String, folded: String) {
    // Strings that are canonically equal are equal to Swift; words are compared by their bytes.
    #expect(Words(text).joined.unicodeScalars.map(\.value) == folded.unicodeScalars.map(\.value))
  }

  @Test func `know where they stand in the source`() {
    let source = "Di Müller, Pu\u{200b}tin 普京"
    let scalars = Array(source.unicodeScalars)
    for word in Words(source).words {
      let part = String(String.UnicodeScalarView(scalars[word.start..<word.end]))
      #expect(Words(part).words.first?.hash == word.hash)
    }
  }

  @Test(arguments: [
    ("a Putin\u{200f} b", 2, 7), ("a \u{200f}Putin b", 3, 8), ("a Pu\u{200b}tin b", 2, 8),
    ("a Пути\u{301}н\u{301} b", 2, 9), ("😀 ﾊﾟﾝ b", 2, 4), ("a\u{ad} x b", 3, 4),
  ])
  func `end with their last mark, before what only turns direction`(
    text: String, start: Int, end: Int
  ) throws {
    let words = Words(text).words
    let word = try #require(words.first { $0.start > 0 })
    #expect(word.start == start && word.end == end)
  }

  @Test(arguments: [
    ("Naik 3.5 persen", [0, 0, 0, 0]), ("Gempa. Tsunami", [0, 1]), ("Apa?” Kata dia", [0, 1, 1]),
    ("www.bmkg.go.id", [0, 0, 0, 0]), ("地震。津波", [0, 0, 1, 1]), ("satu\ndua", [0, 1]),
  ])
  func `lie in sentences that a figure does not end`(text: String, sentences: [Int]) {
    #expect(Words(text).words.map(\.sentence) == sentences)
  }

  @Test func `of a phrase do not run over a paragraph`() {
    let matcher = PhraseMatcher([Phrase("bank sentral")].compactMap { $0 })
    #expect(matcher.matches(in: Words("Bank-Sentral"), of: "Bank-Sentral").count == 1)
    let broken = "bank\nsentral"
    #expect(matcher.matches(in: Words(broken), of: broken).isEmpty)
  }

  @Test(arguments: [
    (
      "kunjung",
      "kunjung berkunjung mengunjungi kunjungan dikunjungi kunjungannya pengunjung kukunjungi"
    ),
    ("pukul", "memukul pemukulan dipukulkannya terpukul"),
    ("tulis", "menulis penulisnya tertulislah"), ("sapu", "menyapu penyapu"),
    ("bom", "membom mengebom pengeboman dibom bomnya"),
    ("cek", "mengecek pengecekan dicek"), ("tik", "mengetik"), ("las", "mengelas"),
    ("henti", "diberhentikan memberhentikan pemberhentian menghentikan penghentian terhenti"),
    ("laku", "diberlakukan memberlakukan pemberlakuan melakukan kelakuan"),
    ("hasil", "keberhasilan berhasil menghasilkan"), ("imbang", "keseimbangan seimbang"),
    ("pimpin", "kepemimpinan pemimpin memimpin dipimpin"),
    ("adil", "pengadilan keadilan mengadili"),
    ("hati", "memperhatikan diperhatikan perhatian"),
  ])
  func `have all Indonesian forms of their base`(base: String, forms: String) {
    let all = Affixes.forms(of: base)
    for form in forms.split(separator: " ") {
      #expect(all.contains(String(form)), "\(form)")
    }
    #expect(all == Array(Set(all)).sorted() && all.count < 1_000)
  }

  @Test(arguments: [("temu", "tembak"), ("tani", "tania"), ("kunjung", "unjung"), ("bom", "embom")])
  func `have no form of another word`(base: String, other: String) {
    #expect(!Affixes.forms(of: base).contains(other))
  }
}

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
      ("قال الرئيس إلى الصحفيين إن الحكومة على علم بذلك إلى الآن على الأقل", "ar"),
      ("プーチン大統領は北京に到着した", "ja"),
      ("普京抵达北京会见习近平", "zh"), ("gempa bumi", nil), ("12 34", nil),
    ] as [(String, String?)])
  func `wants several words that only one language has`(text: String, code: String?) {
    #expect(LanguageGuess.code(of: Words(text)) == code)
  }
}
