import Testing
import Text

/// What is one entity and what is not: hard cases of the press.
@Suite("The link of a name") struct NameLinkTests {
  /// Two names in one sentence must be two entities.
  @Test(
    arguments: [
      ("Korsel", "Korut", "Delegasi Korsel bertemu delegasi Korut di Jenewa."),
      (
        "Bank Indonesia", "Bank Rakyat Indonesia",
        "Laporan Bank Indonesia memuji Bank Rakyat Indonesia."
      ),
      ("Kim Jong-un", "Kim Jong-il", "Foto Kim Jong-un berdiri di samping foto Kim Jong-il."),
      ("Papua", "Papua Nugini", "Warga Papua menyeberang ke Papua Nugini."),
      ("Guinea", "Guinea-Bissau", "Pasukan Guinea masuk ke Guinea-Bissau."),
      ("Nigeria", "Niger", "Tentara Nigeria siaga setelah kudeta di Niger, kata Niamey."),
      ("Sukarno", "Megawati Soekarnoputri", "Patung Sukarno diresmikan Megawati Soekarnoputri."),
      ("Rusia", "Moskow", "Pemerintah Rusia di Moskow diam."),
      ("China", "Beijing", "Pemerintah China di Beijing diam."),
      (
        "Republik Kongo", "Republik Demokratik Kongo",
        "Utusan Republik Kongo menemui utusan Republik Demokratik Kongo."
      ),
      ("Timor Leste", "Timur Tengah", "Dari Timor Leste ia terbang ke Timur Tengah."),
    ])
  func `keeps apart what is not the same`(one: String, two: String, text: String) throws {
    let (first, second) = (
      NameSample.entities(of: one, in: text), NameSample.entities(of: two, in: text)
    )
    #expect(!first.isEmpty && !second.isEmpty, "\(NameSample.told(text))")
    #expect(Set(first).isDisjoint(with: second))
  }

  @Test func `keeps two presidents of one name apart`() {
    let text = "George H. W. Bush and George W. Bush met in Texas."
    let bushes = NameSample.names(text, "en").filter { $0.kind == .person }
    #expect(bushes.count == 2)
    #expect(Set(bushes.map(\.entity)).count == 2)
  }

  @Test(
    arguments: [
      ("China", "Q148"), ("Tiongkok", "Q148"), ("RRT", "Q148"), ("AS", "Q30"),
      ("Amerika Serikat", "Q30"),
      ("Korsel", "Q884"), ("Korut", "Q423"), ("Moskow", "Q649"), ("PBB", "Q1065"),
      ("Rusia", "Q159"),
      ("Perancis", "Q142"), ("Prancis", "Q142"), ("Suriah", "Q858"), ("Yordania", "Q810"),
      ("UEA", "Q878"), ("Afsel", "Q258"), ("Jabar", "iso:ID-JB"), ("NTT", "iso:ID-NT"),
      ("IKN", "tid:ikn"), ("KPK", "tid:kpk"), ("Kemlu", "tid:kemlu"), ("PBNU", "tid:nu"),
      ("TNI AD", "tid:tni-ad"), ("Gedung Putih", "tid:gedung-putih"),
    ])
  func `knows what the press calls entities`(alias: String, entity: String) {
    let text = "Menurut laporan dari \(alias) pada Kamis."
    #expect(NameSample.entities(of: alias, in: text) == [entity])
  }

  /// Every alias of our own that stands for itself, in a sentence of its language.
  @Test func `knows every press alias`() throws {
    let rows = String(decoding: NameSample.bytes("gazetteer.tsv"), as: UTF8.self)
      .split(separator: "\n").map {
        $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      }
    let own = rows.filter { $0.count == 7 && $0[6].hasPrefix("own") }
    #expect(own.count > 2_500)
    var missed: [String] = []
    for row in own where !row[5].contains("ctx") && !row[5].contains("part") {
      let language = row[3].isEmpty ? "id" : row[3]
      let text = language == "id" ? "Laporan itu dikutip dari \(row[4]) kemarin." : row[4]
      let names = NameSample.names(text, language)
      if !names.contains(where: { $0.text == row[4] && $0.entity == row[0] }) {
        missed.append("\(row[0]) \(row[4])")
      }
    }
    #expect(missed.count * 50 < own.count, "\(missed)")
  }

  @Test func `understands a part of a full name, in other fields too`() {
    let title = "Putin dan Xi Bertemu"
    let text = "Presiden Vladimir Putin menemui Presiden Xi Jinping. Menurut Xi, hubungan baik."
    let names = NameSample.finder.names(
      in: [title, text].map { NameFinder.Field($0, words: Words($0)) }, language: "id")
    #expect(Set(names.filter { $0.text.contains("Putin") }.map(\.entity)) == ["Q7747"])
    #expect(
      names.filter { $0.text.contains("Xi") }.map(\.entity) == ["Q15031", "Q15031", "Q15031"])
  }

  @Test func `leaves a part unlinked that two names have, but for the one in its paragraph`() {
    let text = """
      Bambang Wijayanto dan Slamet Wijayanto hadir.

      Slamet Wijayanto pulang. Di rumah Wijayanto tidur.

      Menurut warga, Wijayanto bangun pagi.
      """
    let alone = NameSample.names(text).filter { $0.text == "Wijayanto" }
    let slamet = NameSample.names(text).first { $0.text == "Slamet Wijayanto" }
    #expect(alone.count == 2)
    #expect(alone.first?.entity == slamet?.entity)
    #expect(alone.last?.entity != slamet?.entity)
  }

  @Test func `does not take the council of one country for that of the United Nations`() {
    let text =
      "Ia didampingi oleh Sekretaris Dewan Keamanan Sergei Shoigu serta para pejabat di Moskow."
    #expect(NameSample.told(text).contains("Dewan Keamanan/organisation"))
    #expect(!NameSample.names(text).contains { $0.entity == "tid:dk-pbb" })
  }
}
