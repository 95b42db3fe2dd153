import Testing
import Text

@Suite("A reader of languages") struct LanguageReaderTests {
  static let reader = LanguageReader(LanguageTable(reading: NameSample.bytes("ngrams.tsv")))

  func code(_ title: String, text: String = "", declared: String? = nil, host: String? = nil)
    -> String
  {
    Self.reader.language(title: title, text: text, declared: declared, host: host).code
  }

  @Test(arguments: [
    ("id-ID", "id"), ("in", "id"), ("zh_Hans", "zh"), ("und", nil), ("english", nil), ("1a", nil),
    ("é", nil), ("<b", nil),
  ]) func `takes of a tag the primary code, where it is one`(tag: String, code: String?) {
    #expect(LanguageReader.primary(tag) == code)
  }

  @Test func `tells titles of twenty languages apart`() {
    #expect(LanguageTitles.all.count == 20)
    let wrong = LanguageTitles.all.flatMap { language, titles in
      titles.filter { code($0) != language }.map { "\(language): \(code($0)): \($0)" }
    }
    let count = LanguageTitles.all.reduce(0) { $0 + $1.titles.count }
    #expect(wrong.count * 100 <= count * 8, "\(wrong)")
  }

  @Test(
    arguments: [
      ("Віктор Ґалаґан їде до Києва", "uk"), ("Прэзідэнт Беларусі сустрэўся ўчора", "be"),
      ("Ово је љубав према Београду ђак", "sr"), ("Путин приехал", "und"), ("12 345", "und"),
      ("", "und"), ("اردو میں خبریں پڑھیں بہت اچھی", "ur"), ("สวัสดีประเทศไทย", "th"),
      ("Γεια σας από την Αθήνα", "el"), ("שלום מירושלים", "he"),
    ])
  func `goes by letters that only one language has, and wants three words else`(
    title: String, language: String
  ) {
    #expect(code(title) == language)
  }

  @Test func `takes what is declared where words do not speak clearly against it`() {
    #expect(code("Putin", declared: "ru-RU") == "und" || code("Putin", declared: "de") == "de")
    #expect(code("Berlin Paris Rom", declared: "de") == "de")
    #expect(
      code(
        "Rice prices rise again",
        text: "The government said that it will help the victims of the flood.",
        declared: "id") == "en")
    #expect(code("Txakoli Bilbo Donostia", declared: "eu") == "eu")
  }

  @Test func `tells Malay from Indonesian only by what is declared or by a long text`() {
    let title = "Harga minyak naik lagi bulan ini"
    #expect(code(title) == "id")
    #expect(code(title, declared: "ms") == "ms")
    let text = String(
      repeating: "Beliau berkata pejabat itu ditutup kerana polis menyiasat syarikat berkenaan. ",
      count: 8)
    #expect(code(title, text: text) == "ms")
    #expect(code(title, text: text, declared: "id") == "id")
  }

  @Test
  func
    `takes names and numbers for what is declared, unless their letters are of no such language`()
  {
    let words = "w1051 w1052 kx88 zq7 vw3"
    #expect(code("Kabar 1 dari /one.xml", text: words, declared: "id") == "id")
    #expect(code("Angela Merkel Olaf Scholz Friedrich Merz", declared: "id") == "id")
    #expect(code("Путин приехал в Пекин", declared: "id") == "ru")
  }

  @Test func `believes a declaration that many words bear out`() {
    let text = "The government said that it will help the victims of the flood in the north."
    let english = Self.reader.language(title: "Rice", text: text, declared: "en")
    #expect(english.code == "en" && english.evidence == .declared && english.isSure)
    #expect(code("Rice", text: text, declared: "fr") == "en")
  }

  @Test func `hears what else its feed writes`() {
    let title = "Harga minyak naik lagi bulan ini"
    let open = Self.reader.language(title: title, text: "", declared: nil)
    #expect(!open.isSure)
    #expect(open.given(history: ["ms": 0.8, "id": 0.1]).code == "ms")
    #expect(open.given(history: ["ms": 0.8, "id": 0.1]).evidence == .history)
    #expect(open.given(history: [:]) == open)
    let declared = Self.reader.language(title: title, text: "", declared: "id")
    #expect(declared.isSure && declared.given(history: ["ms": 1]).code == "id")
    let short = Self.reader.language(title: "Putin", text: "", declared: nil)
    #expect(short.given(history: ["de": 0.9]).code == "de")
    #expect(short.given(history: ["de": 0.4, "fr": 0.3]).code == "und")
    let script = Self.reader.language(title: "米の価格が再び上昇した", text: "", declared: nil)
    #expect(script.given(history: ["zh": 1]).code == "ja")
    let clear = Self.reader.language(
      title: "Rice prices rise again",
      text: "The government said that it will help the victims of the flood.", declared: nil)
    #expect(clear.isSure && clear.given(history: ["id": 1]).code == "en")
  }

  @Test func `says what decided and how sure it is`() {
    let script = Self.reader.language(title: "米の価格が再び上昇した", text: "", declared: nil)
    #expect(script.evidence == .script)
    let words = Self.reader.language(
      title: "The government prepares aid for the victims", text: "", declared: nil)
    #expect(words.evidence == .words)
    #expect((0.5...1).contains(words.confidence))
  }
}
