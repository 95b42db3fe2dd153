import Core
import FoundationEssentials
import Testing

@testable import Parsing

@Suite("An article's header") struct ArticleHeaderTests {
  @Test(
    arguments: [
      ("May 16th 2024, 12:27", nil, "2024-05-16T12:27:00Z", [], nil),
      (
        "May 16th 2024, 12:27, by Tiara Hasna R, kumparanNEWS", nil, "2024-05-16T12:27:00Z",
        ["Tiara Hasna R"], "kumparanNEWS"
      ),
      ("May 16, 2024 at 12:27 PM", nil, "2024-05-16T12:27:00Z", [], nil),
      ("16 Mei 2024, 12:27 WIB", "id", "2024-05-16T05:27:00Z", [], nil),
      ("Kamis, 16 Mei 2024 pukul 12.27 WIB", "id", "2024-05-16T05:27:00Z", [], nil),
      ("Kamis (16/5/2024)", "id", "2024-05-16T00:00:00Z", [], nil),
      ("16/05/2024 12.27", "id", "2024-05-16T12:27:00Z", [], nil),
      ("05/16/2024 12.27", "id", "2024-05-16T12:27:00Z", [], nil),
      ("05/06/2024", "id", "2024-06-05T00:00:00Z", [], nil),
      ("05/06/2024", "en-US", "2024-05-06T00:00:00Z", [], nil),
      ("05/06/2024", "en-GB", "2024-06-05T00:00:00Z", [], nil),
      ("2024年5月16日 12:27", "zh", "2024-05-16T12:27:00Z", [], nil),
      ("2004년 05월 28일", "ko", "2004-05-27T15:00:00Z", [], nil),
      (
        "Oleh Tiara Hasna R | Kamis, 16 Mei 2024 12:27 WIB", "id", "2024-05-16T05:27:00Z",
        ["Tiara Hasna R"], nil
      ),
      (
        "Oleh Rina dan Budi - 16 Mei 2024 12:27 WIB - Kabar Pagi", "id", "2024-05-16T05:27:00Z",
        ["Rina", "Budi"], "Kabar Pagi"
      ),
      (
        "Par Jean Dupont, le 16 mai 2024 à 12h27", "fr", "2024-05-16T12:27:00Z", ["Jean Dupont"],
        nil
      ),
      ("16. Mai 2024, von Anna Schmidt", "de", "2024-05-16T00:00:00Z", ["Anna Schmidt"], nil),
      ("Por Ana García, 16 de mayo de 2024", "es", "2024-05-16T00:00:00Z", ["Ana García"], nil),
      ("di Mario Rossi, 16 maggio 2024", "it", "2024-05-16T00:00:00Z", ["Mario Rossi"], nil),
      ("16 мая 2024, от Иван Петров", "ru", "2024-05-16T00:00:00Z", ["Иван Петров"], nil),
      ("بقلم أحمد علي، ١٦ مايو ٢٠٢٤", "ar", "2024-05-16T00:00:00Z", ["أحمد علي"], nil),
      ("Known Name, 16 May 2024", "en", "2024-05-16T00:00:00Z", [], nil),
    ] as [(String, String?, String, [String], String?)])
  func `names date, authors and publisher`(
    line: String, language: String?, date: String, authors: [String], publisher: String?
  ) throws {
    let text = line + "\n\nFirst paragraph.\n\nSecond."
    let header = try #require(
      ArticleHeader(text, language: language, known: ["known name"]))
    #expect(Timestamp.text(header.date.moment(in: .open, nil)) == date)
    #expect(header.authors == authors && header.publisher == publisher)
    #expect(header.rest == "First paragraph.\n\nSecond.")
  }

  @Test(arguments: [
    ("Jakarta, 16 Mei 2024", "id"), ("di Jakarta, 16 Mei 2024", "id"),
    ("Presiden tiba di Beijing pada 16 Mei 2024 untuk bertemu.", "id"),
    ("On 16 May 2024, the president arrived in Beijing.", "en"),
    ("16 May 2024, the president arrived in Beijing with a large delegation.", "en"),
    ("16 May 2024: It begins", "en"), ("It was 2024.", "en"), ("Chapter 16", "en"),
    ("May 2024 in pictures", "en"), ("No date at all", "en"), ("2024", "en"), ("12:27 WIB", "id"),
    ("16 Mei 2024 " + String(repeating: "x", count: 200), "id"), ("", "id"),
    ("31 Februari 2024, oleh Rina", "id"),
  ])
  func `is nothing but that: a paragraph with a date stays`(line: String, language: String) {
    #expect(ArticleHeader(line + "\n\nMore.", language: language) == nil)
  }

  @Test func `needs a text behind it`() {
    #expect(ArticleHeader("Kamis, 16 Mei 2024", language: "id") == nil)
    #expect(ArticleHeader("Kamis, 16 Mei 2024\n\n", language: "id") == nil)
  }
}
