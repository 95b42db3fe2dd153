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

  /// Eight at a time, at every place, against the table that decides one by one.
  @Test func `of ASCII are what the table says`() {
    for value in UInt8(0)..<128 {
      let entry = FoldTable.entry(Unicode.Scalar(value))
      #expect(ASCII.isLetter(value) == (entry.class == .letter), "\(value)")
      for place in 0..<20 {
        let text =
          String(repeating: "Ab", count: place) + String(Unicode.Scalar(value))
          + String(repeating: "_9", count: place)
        let parts = text.lowercased().split { !ASCII.isLetter($0.utf8.first ?? 0) }
        #expect(Words(text).joined == parts.joined(separator: " "))
      }
    }
  }

  @Test func `longer than they are folded, and the other way round, are whole`() {
    // ﷺ folds to eighteen letters, and a word may be longer than any buffer was made for.
    let text = "\u{fdfa}" + String(repeating: "Ä", count: 5_000) + " ok"
    #expect(Words(text).words.count == 2)
    #expect(Words(text).joined.hasSuffix("aaa ok"))
    #expect(Words(String(repeating: "\u{fdfa}", count: 300)).joined.unicodeScalars.count == 4_500)
  }

  @Test func `know where they stand in the source`() {
    let source = "Di Müller, Pu\u{200b}tin 普京"
    let scalars = Array(source.unicodeScalars)
    for word in Words(source).words {
      let part = String(String.UnicodeScalarView(scalars[word.start..<word.end]))
      #expect(Array(part.utf8) == Array(Array(source.utf8)[word.bytes]))
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
    let all = Affixes.forms(of: base, in: "id") ?? []
    for form in forms.split(separator: " ") {
      #expect(all.contains(String(form)), "\(form)")
    }
    #expect(all == Array(Set(all)).sorted() && all.count < 1_000)
  }

  @Test(arguments: [("temu", "tembak"), ("tani", "tania"), ("kunjung", "unjung"), ("bom", "embom")])
  func `have no form of another word`(base: String, other: String) {
    #expect(Affixes.forms(of: base, in: "id")?.contains(other) == false)
  }

  @Test(arguments: [
    ("export", "export exports exported exporting exporter exporters"),
    ("city", "city cities"), ("carry", "carries carried carrying carrier"),
    ("stop", "stops stopped stopping stopper"), ("visit", "visits visited visiting"),
    ("strike", "strikes striking striker strikers"), ("tax", "taxes taxed taxing"),
    ("die", "dies died dying"), ("agree", "agrees agreed agreeing"), ("play", "plays played"),
    ("launch", "launches launched launching launcher"),
  ])
  func `have the regular endings of English`(base: String, forms: String) {
    let all = Affixes.forms(of: base, in: "en") ?? []
    for form in forms.split(separator: " ") { #expect(all.contains(String(form)), "\(form)") }
  }

  @Test(arguments: [
    ("مصر", "مصر ومصر بمصر لمصر وبمصر المصر للمصر كمصر"),
    ("القاهره", "القاهره والقاهره بالقاهره للقاهره فالقاهره"),
  ])
  func `have what Arabic writes joined before a word`(base: String, forms: String) {
    let all = Affixes.forms(of: base, in: "ar") ?? []
    for form in forms.split(separator: " ") { #expect(all.contains(String(form)), "\(form)") }
    // A name with the article does not lose it.
    #expect(all.allSatisfy { $0.contains(base.hasPrefix("ال") ? base.dropFirst(2) : base[...]) })
    #expect(!base.hasPrefix("ال") || !all.contains(String(base.dropFirst(2))))
  }

  @Test func `are not known for other languages`() {
    #expect(Affixes.forms(of: "путин", in: "ru") == nil)
  }
}
