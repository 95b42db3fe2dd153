import Testing
import Text

@Suite("A gazetteer") struct GazetteerTests {
  static func finder(_ rows: [String]) throws -> NameFinder {
    let file = rows.joined(separator: "\n").replacing("|", with: "\t")
    return NameFinder(try Gazetteer(reading: Array(file.utf8)), .closed, taggers: [:])
  }

  static func entities(_ rows: [String], _ text: String, _ language: String? = "id") throws
    -> [String]
  {
    try finder(rows).names(in: [.init(text, words: Words(text))], language: language)
      .filter { $0.via.hasPrefix("alias") }.map(\.entity)
  }

  @Test func `finds the longest alias, in any case and with any accents`() throws {
    let rows = ["a|place|Papua||Papua||own", "b|place|PNG||Papua Nugini||own"]
    #expect(try Self.entities(rows, "Ke Pápua Nugini, lalu PAPUA dan papua") == ["b", "a"])
  }

  @Test(
    arguments: [
      ("x|place|AS|id|AS|exact lang|own", "Dubes AS tiba", "id", 1),
      ("x|place|AS|id|AS|exact lang|own", "Dubes As tiba", "id", 0),
      ("x|place|AS|id|AS|exact lang|own", "The AS team", "en", 0),
      ("x|place|Mali||Mali|ctx:bamako,sahel|own", "Tentara Mali di Bamako", "id", 1),
      ("x|place|Mali||Mali|ctx:bamako,sahel|own", "Tentara Mali di sini", "id", 0),
      ("x|place|Batu||Batu|minor|own", "Mereka di Batu kemarin", "id", 1),
      ("x|place|Batu||Batu|minor|own", "Mereka lempar Batu kemarin", "id", 0),
      ("x|person|Xi||Xi|part|own", "Lalu Xi pulang", "id", 0),
      ("x|person|Иванов|ru|Иванов||own", "встреча с Ивановым", "ru", 1),
      ("x|place|بكين|ar|بكين||own", "وبكين", "ar", 1),
    ] as [(String, String, String, Int)])
  func `heeds flags and forms`(row: String, text: String, language: String, count: Int) throws {
    #expect(try Self.entities([row], text, language).count == count)
  }

  @Test func `names the line that it cannot read`() {
    for (rows, line) in [
      (["# x", "a|place|b||c|d"], 2), (["a|planet|b||c||own"], 1), (["a|place|b||c|what|own"], 1),
    ] {
      #expect {
        try Self.finder(rows)
      } throws: { ($0 as? GazetteerError)?.line == line }
    }
  }
}
