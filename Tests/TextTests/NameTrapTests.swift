import Testing
import Text

/// Words that are names, and are not: most errors of lists.
@Suite("A trap") struct NameTrapTests {
  @Test(
    arguments: [
      ("He is as tall as it is wide, who told us.", "en"),
      ("Menurut dia, as roda truk itu patah.", "id"),
      ("The bin was full and the pan was hot.", "en"),
      ("Nasib malang menimpa warga yang diserang lebah di padang.", "id"),
      ("Ia melempar batu ke arah padang rumput.", "id"),
      ("Kami pergi ke mali untuk berobat, kata dia.", "id"),
      ("Reading books is nice and good.", "en"),
      ("The mobile phone was turkey red.", "en"),
      ("The peace agreement collapsed within weeks of being signed.", "en"),
      ("Barat dianggap mengalami kemunduran.", "id"),
      ("Kunjungan itu berlangsung pada Kamis pagi.", "id"),
    ])
  func `is no name where it is a word`(text: String, language: String) {
    #expect(NameSample.told(text, language) == [])
  }

  @Test(
    arguments: [
      ("Gempa terasa di Serang dan di Malang.", ["Serang", "Malang"]),
      ("Warga mengungsi ke kota Batu kemarin.", ["Batu"]),
      ("Dubes AS tiba di Padang, as roda mobilnya patah.", ["AS", "Padang"]),
      ("Wali Kota Solo Respati Ardi hadir.", ["Solo"]),
      ("Pemberontak menyerang pasukan di Mali, negara di Sahel, Afrika.", ["Mali"]),
    ])
  func `is a name where the text says so`(text: String, names: [String]) {
    let places = NameSample.names(text).filter { $0.kind == .place }.map(\.text)
    #expect(Set(places).isSuperset(of: names), "\(places)")
  }

  @Test func `counts only in the language that has it`() {
    #expect(!NameSample.entities(of: "AS", in: "AS Roma won again in Milan", "en").contains("Q30"))
    #expect(!NameSample.entities(of: "MA", in: "He got his MA in June", "en").contains("tid:ma"))
    #expect(NameSample.entities(of: "MA", in: "Putusan MA keluar kemarin.", "id") == ["tid:ma"])
  }
}
