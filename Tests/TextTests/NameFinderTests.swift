import Testing
import Text

@Suite("A finder of names") struct NameFinderTests {
  @Test func `has the lists and the model that come with the program`() {
    #expect(NameSample.gazetteer != nil)
    #expect(NameSample.tagger != nil)
  }

  @Test(
    arguments: [
      (
        "Presiden Rusia Vladimir Putin tiba di Beijing.", "id",
        ["Rusia/place", "Vladimir Putin/person", "Beijing/place"]
      ),
      ("Presiden China Xi Jinping menerima tamu.", "id", ["China/place", "Xi Jinping/person"]),
      (
        "Ia terbang ke kota Harbin bersama Antony Blinken.", "id",
        ["Harbin/place", "Antony Blinken/person"]
      ),
      (
        "Suku bunga Bank Indonesia tetap, kata BI.", "id",
        ["Bank Indonesia/organisation", "BI/organisation"]
      ),
      (
        "Dinas Kesehatan Nusa Tenggara Timur mencatat kasus baru.", "id",
        ["Dinas Kesehatan Nusa Tenggara Timur/organisation"]
      ),
      (
        "The Kremlin said Sergei Lavrov would visit North Korea.", "en",
        ["Kremlin/organisation", "Sergei Lavrov/person", "North Korea/place"]
      ),
      ("Владимир Путин прибыл в Пекин.", "ru", ["Владимир Путин/person", "Пекин/place"]),
      (
        "Встреча Владимира Путина и Си Цзиньпина в Москве", "ru",
        ["Владимира Путина/person", "Си Цзиньпина/person", "Москве/place"]
      ),
      ("普京抵达北京，与习近平会谈。", "zh", ["普京/person", "北京/place", "习近平/person"]),
      ("وصل بوتين إلى بكين", "ar", ["بوتين/person", "بكين/place"]),
      ("プーチン氏が北京に到着した", "ja", ["プーチン/person", "北京/place"]),
      ("Berat badan naik dan turun setiap hari.", "id", []),
    ] as [(String, String, [String])])
  func `reads names in many languages`(text: String, language: String, names: [String]) {
    #expect(NameSample.told(text, language) == names)
  }

  @Test func `counts places in Unicode scalars of the field`() throws {
    let name = try #require(NameSample.names("😀 Café di Beijing").last)
    #expect([name.start, name.end] == [10, 17])
    #expect(name.text == "Beijing")
  }

  @Test func `gives nothing twice and nothing inside another`() {
    let text =
      "Universitas Gadjah Mada di Yogyakarta, kata Rektor Universitas Gadjah Mada Ova Emilia."
    let names = NameSample.names(text)
    for (one, two) in zip(names, names.dropFirst()) { #expect(one.end <= two.start) }
    #expect(names.contains { $0.text == "Universitas Gadjah Mada" && $0.kind == .organisation })
  }

  @Test func `lets what the operator names win over everything`() throws {
    let text = "Bank Indonesia menahan suku bunga."
    let words = Words(text)
    let given = NameFinder.Given(
      words: 1..<2, entity: "mine", name: "Indonesia", kind: .organisation)
    let names = NameSample.finder.names(
      in: [NameFinder.Field(text, words: words, given: [given])], language: "id")
    #expect(names.map(\.entity) == ["mine"])
    #expect(names.first?.isGiven == true)
  }

  @Test func `says the same of the same text each time`() {
    let text = "Menlu AS Antony Blinken bertemu Wang Yi di Beijing. Blinken lalu ke Moskow."
    #expect(NameSample.names(text) == NameSample.names(text))
  }
}
