import Testing
import Text

/// Documents that were written for this, each with all that is named in it, in order.
@Suite("A document") struct GoldenDocumentTests {
  struct Golden: CustomTestStringConvertible {
    let language: String
    let title: String
    let text: String
    /// What stands there and whom it means, blank between.
    let names: [String]

    var testDescription: String { "\(language) \(title)" }
  }

  static let documents = [
    Golden(
      language: "id", title: "Prabowo Bertemu Anwar Ibrahim di Kuala Lumpur",
      text: """
        Presiden Prabowo Subianto bertemu Perdana Menteri Malaysia Anwar Ibrahim di Kuala Lumpur, Senin. Keduanya \
        membahas perdagangan di Selat Malaka. Gubernur Bank Indonesia Perry Warjiyo dan direksi Bank Rakyat \
        Indonesia ikut serta. Menurut Kemlu, Prabowo akan terbang ke Tokyo pada Selasa.
        """,
      names: [
        "Prabowo tid:prabowo", "Anwar Ibrahim tid:anwar-ibrahim", "Kuala Lumpur tid:kuala-lumpur",
        "Prabowo Subianto tid:prabowo", "Malaysia Q833", "Anwar Ibrahim tid:anwar-ibrahim",
        "Kuala Lumpur tid:kuala-lumpur", "Selat Malaka tid:selat-malaka", "Bank Indonesia tid:bi",
        "Perry Warjiyo tid:perry-warjiyo", "Bank Rakyat Indonesia tid:bri", "Kemlu tid:kemlu",
        "Prabowo tid:prabowo", "Tokyo tid:tokyo",
      ]),
    Golden(
      language: "en", title: "Blinken meets Lavrov in Geneva",
      text: """
        US Secretary of State Antony Blinken met Russian Foreign Minister Sergei Lavrov in Geneva on Friday. The \
        United Nations welcomed the talks. Blinken said that he would consult NATO before any decision.
        """,
      names: [
        "Blinken tid:antony-blinken", "Lavrov Q58217", "Geneva tid:jenewa", "US Q30",
        "Antony Blinken tid:antony-blinken", "Sergei Lavrov Q58217", "Geneva tid:jenewa",
        "United Nations Q1065", "Blinken tid:antony-blinken", "NATO Q7184",
      ]),
    Golden(
      language: "ru", title: "Путин встретился с Си Цзиньпином в Пекине",
      text: """
        Президент России Владимир Путин прибыл в Пекин. Переговоры с Си Цзиньпином прошли в четверг. Сергей \
        Лавров сказал, что Китай и Россия расширят торговлю.
        """,
      names: [
        "Путин Q7747", "Си Цзиньпином Q15031", "Пекине Q956", "России Q159", "Владимир Путин Q7747",
        "Пекин Q956", "Си Цзиньпином Q15031", "Сергей Лавров Q58217", "Китай Q148", "Россия Q159",
      ]),
    Golden(
      language: "uk", title: "Зеленський прибув до Берліна",
      text: """
        Президент України Володимир Зеленський прибув до Берліна на переговори. Німеччина пообіцяла нову \
        допомогу. Зеленський подякував канцлеру.
        """,
      names: [
        "Зеленський Q3874799", "Берліна tid:berlin", "Володимир Зеленський Q3874799",
        "Берліна tid:berlin", "Німеччина Q183", "Зеленський Q3874799",
      ]),
    Golden(
      language: "ar", title: "بوتين يصل إلى بكين",
      text: """
        وصل الرئيس الروسي فلاديمير بوتين إلى بكين يوم الخميس. وأجرى محادثات مع الرئيس الصيني شي جين بينغ حول \
        أوكرانيا.
        """,
      names: [
        "بوتين Q7747", "بكين Q956", "فلاديمير بوتين Q7747", "بكين Q956", "شي جين بينغ Q15031",
        "أوكرانيا Q212",
      ]),
    Golden(
      language: "zh", title: "普京抵达北京会见习近平",
      text: "俄罗斯总统普京周四抵达北京，与中国国家主席习近平举行会谈。双方讨论了乌克兰局势。",
      names: [
        "普京 Q7747", "北京 Q956", "习近平 Q15031", "俄罗斯 Q159", "普京 Q7747", "北京 Q956", "中国 Q148",
        "习近平 Q15031", "乌克兰 Q212",
      ]),
    Golden(
      language: "ja", title: "プーチン大統領が北京に到着",
      text: "ロシアのプーチン大統領は木曜日、北京に到着し、習近平国家主席と会談した。日本政府は注視している。",
      names: [
        "プーチン Q7747", "北京 Q956", "ロシア Q159", "プーチン Q7747", "北京 Q956", "習近平 Q15031", "日本 Q17",
      ]),
    Golden(
      language: "de", title: "Putin trifft Xi Jinping in Peking",
      text: """
        Putin ist am Donnerstag in Peking eingetroffen. Dort trifft er Xi Jinping. Deutschland und Frankreich \
        beobachten das Treffen.
        """,
      names: [
        "Putin Q7747", "Xi Jinping Q15031", "Peking Q956", "Putin Q7747", "Peking Q956",
        "Xi Jinping Q15031", "Deutschland Q183", "Frankreich Q142",
      ]),
    Golden(
      language: "fr", title: "Vladimir Poutine arrive à Pékin",
      text: """
        Le président russe Vladimir Poutine est arrivé jeudi à Pékin. Il doit y rencontrer Xi Jinping. La Chine \
        et la Russie veulent renforcer leurs échanges.
        """,
      names: [
        "Vladimir Poutine Q7747", "Pékin Q956", "Vladimir Poutine Q7747", "Pékin Q956",
        "Xi Jinping Q15031", "Chine Q148", "Russie Q159",
      ]),
    // Father and son; two Koreas; a bank and its like; small words that are names elsewhere.
    Golden(
      language: "id", title: "Hun Manet Gantikan Hun Sen",
      text: "Hun Manet menggantikan ayahnya Hun Sen. Menurut Hun Manet, Kamboja tetap terbuka.",
      names: [
        "Hun Manet tid:hun-manet", "Hun Sen tid:hun-sen", "Hun Manet tid:hun-manet",
        "Hun Sen tid:hun-sen", "Hun Manet tid:hun-manet", "Kamboja Q424",
      ]),
    Golden(
      language: "id", title: "Korsel dan Korut Berunding",
      text: "Pejabat AS memantau. Korut menyatakan siap.",
      names: ["Korsel Q884", "Korut Q423", "AS Q30", "Korut Q423"]),
    Golden(
      language: "id", title: "BI Tahan Suku Bunga, BRI Naikkan Kredit",
      text: "Bank Indonesia menahan suku bunga. Bank Rakyat Indonesia menaikkan kredit.",
      names: ["BI tid:bi", "BRI tid:bri", "Bank Indonesia tid:bi", "Bank Rakyat Indonesia tid:bri"]),
    Golden(
      language: "en", title: "Prices rise as demand grows",
      text:
        "Prices rise as demand grows, who knows for how long. It helps us to see it as a trend.",
      names: []),
  ]

  private static let persons: Set<String> = [
    "tid:prabowo", "tid:anwar-ibrahim", "tid:perry-warjiyo", "tid:antony-blinken", "Q58217",
    "Q7747",
    "Q15031", "Q3874799", "tid:hun-manet", "tid:hun-sen",
  ]
  private static let organisations: Set<String> = [
    "tid:bi", "tid:bri", "tid:kemlu", "Q1065", "Q7184",
  ]

  private static func kind(of entity: String) -> NameKind {
    if persons.contains(entity) { return .person }
    return organisations.contains(entity) ? .organisation : .place
  }

  @Test(arguments: documents) func `names those that it should, where they stand`(
    document: Golden
  ) throws {
    let texts = [document.title, document.text]
    let names = NameSample.finder.names(
      in: texts.map { NameFinder.Field($0, words: Words($0)) }, language: document.language)
    #expect(names.map { "\($0.text) \($0.entity)" } == document.names)
    for name in names {
      let scalars = Array(texts[name.field].unicodeScalars)[name.start..<name.end]
      #expect(scalars.elementsEqual(name.text.unicodeScalars))
      #expect(name.kind == Self.kind(of: name.entity), "\(name.text)")
    }
    for (first, second) in zip(names, names.dropFirst()) where first.field == second.field {
      #expect(first.end <= second.start, "\(first.text), \(second.text)")
    }
  }
}
