import Testing
import Text

@Suite("A compared text") struct ComparedTextTests {
  func differs(_ old: String, _ new: String) -> Bool {
    !ComparedText(old).hunks(to: ComparedText(new)).isEmpty
  }

  @Test(arguments: [
    ("Isi\n12 komentar", "Isi\n15 komentar"), ("Isi", "Isi\n1.204 views"),
    ("Dibaca 12 kali\nIsi", "Dibaca 13 kali\nIsi"), ("★ 4 stars\nIsi", "★ 5 stars\nIsi"),
    ("5 menit lalu, warga lari", "6 menit lalu, warga lari"),
    ("Posted 2 hours ago", "Posted 3 hours ago"),
    ("vor 3 Stunden gemeldet", "vor 4 Stunden gemeldet"),
    ("il y a 5 minutes, un", "il y a 7 minutes, un"),
    ("Isi\nADVERTISEMENT\nlagi", "Isi\nlagi"), ("Isi", "Isi\nBaca juga: Gempa di Palu"),
    ("Isi", "Isi\nRead also: Quake in Palu"), ("naik 1.4 persen", "naik 1,4 persen"),
    ("naik 1.400 orang", "naik 1400 orang"), ("naik 1,234.50 dolar", "naik 1.234,5 dolar"),
    ("Isi — 'itu'", "ISI: itu!"),
  ]) func `is the same where only what passes changed`(old: String, new: String) {
    #expect(!differs(old, new))
    #expect(!differs(new, old))
  }

  @Test(arguments: [
    ("12 orang tewas", "21 orang tewas"),
    (
      "Ia menulis 12 komentar tentang hal itu kemarin malam",
      "Ia menulis 15 komentar tentang hal itu kemarin malam"
    ),
    ("gempa 12 kali terjadi di kota itu kemarin", "gempa 13 kali terjadi di kota itu kemarin"),
    ("5 menit kemudian", "6 menit kemudian"),
    ("naik 1.4 persen", "naik 14 persen"), ("Isi", "Isi\nBaca juga"),
  ]) func `is another where the words themselves changed`(old: String, new: String) {
    #expect(differs(old, new))
  }

  @Test func `leads from what lasts back to the words`() {
    let (old, new) = (
      ComparedText("12 komentar\nGempa di Palu"), ComparedText("15 komentar\nGempa besar di Palu")
    )
    let hunks = old.hunks(to: new)
    #expect(hunks == [.init(old: 3..<3, new: 3..<4)])
    #expect(String(String.UnicodeScalarView(new.source(hunks[0].new))) == "besar")
  }

  @Test(arguments: [
    ("12 orang, 1.400 rumah", ["12", "1400"]), ("1,4 dan 1.4", ["1.4", "1.4"]),
    ("Rp1.234.567,80", ["1234567.8"]),
    ("$1,234.56.", ["1234.56"]), ("0,125", ["0.125"]), ("pukul 12.27", ["12.27"]), ("١٢", ["12"]),
    ("3.0", ["3"]), ("16/5/2024", ["16", "5", "2024"]), ("1 400", ["1", "400"]),
    ("1.2.3", ["1.2.3"]),
    ("tanpa", []), ("12.", ["12"]), ("1'000", ["1000"]),
  ]) func `holds figures however they are written`(text: String, figures: [String]) {
    #expect(Figures.of(text.unicodeScalars) == figures)
  }

  func texts(_ text: String, _ ranges: (ComparedText) -> [Range<Int>]) -> [String] {
    let compared = ComparedText(text)
    return ranges(compared).map { String(String.UnicodeScalarView(compared.source($0))) }
  }

  /// Each place once took as long as the whole list.
  @Test func `differ where single numbers of a long list do`() {
    let old = (0..<20_000).map { "\($0)" }
    let new = old.indices.map { $0 % 100 == 50 ? "x" : old[$0] }
    let changed = old.indices.map { $0 % 100 == 50 ? "7" : old[$0] }
    func hunks(_ numbers: [String]) -> Int {
      ComparedText(old.joined(separator: ".")).hunks(
        to: ComparedText(numbers.joined(separator: "."))
      )
      .count
    }
    #expect(hunks(old) == 0 && hunks(changed) == 200 && hunks(new) == 200)
  }

  @Test(arguments: [
    ("Kata \"kami akan segera datang\" ujarnya", ["kami akan segera datang"]),
    ("Er sagte: „Wir kommen morgen wieder“ und ging", ["Wir kommen morgen wieder"]),
    ("Il dit « nous allons revenir demain » hier", ["nous allons revenir demain"]),
    ("他说「我们明天回来」。", ["我们明天回来"]), ("\"dua kata\"", []),
    ("\"tidak ditutup di sini\n lalu\" satu dua tiga empat lima", []),
  ]) func `holds quotes of four words or more`(text: String, quotes: [String]) {
    #expect(texts(text) { Quotes.of($0) } == quotes)
  }

  @Test(arguments: [
    (
      "Presiden Joko Widodo, Prabowo Subianto tiba. Mereka pergi.",
      ["Presiden Joko Widodo", "Prabowo Subianto"]
    ),
    ("Polisi menangkap Budi di Palu", ["Budi", "Palu"]), ("KPK menahan dia", ["KPK"]),
    ("Владимир Путин приехал", ["Владимир Путин"]), ("地震", []),
    ("J. K. Rowling menulis", ["J. K. Rowling"]),
  ]) func `holds names where they are written in capitals`(text: String, names: [String]) {
    #expect(texts(text, CapitalisedRuns.of) == names)
  }

  @Test(arguments: [
    ("kota", "kota", true), ("kota", "kuta", true), ("kota", "kotta", true), ("kota", "kt", true),
    ("kota", "desa", false), ("a", "abcd", false),
  ]) func `knows words that are two letters apart`(a: String, b: String, isNear: Bool) {
    #expect(EditDistance.isAtMostTwo(a, b) == isNear)
  }
}
