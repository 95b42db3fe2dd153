import Testing

@testable import Parsing

@Suite("Where older entries stand") struct OlderEntriesTests {
  static let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title>"
  static let rss =
    "<rss xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>A</title>"

  @Test(
    arguments: [
      (atom + "<link rel='next' href='?page=2'/></feed>", "https://n.example/feed?page=2"),
      (
        atom + "<link rel='next' href='/p2'/><link rel='prev-archive' href='/2026/10'/></feed>",
        "https://n.example/2026/10"
      ),
      (
        rss + "<link>https://n.example/</link><atom:link rel='Prev-Archive' href='/old'/>"
          + "<item><title>B</title></item></channel></rss>", "https://n.example/old"
      ),
      (
        #"{"version":"https://jsonfeed.org/version/1.1","title":"A","next_url":"2.json","items":[]}"#,
        "https://n.example/2.json"
      ),
      (
        atom + "<link rel='previous' href='/p0'/><link rel='next' href='javascript:x()'/></feed>",
        nil
      ),
      (atom + "<entry><link rel='next' href='/of-the-entry'/></entry></feed>", nil),
    ] as [(String, String?)])
  func `is what the feed says: an archive before a page`(document: String, older: String?) throws {
    let feed = try ParsedFeed(
      parsing: Array(document.utf8), base: "https://n.example/feed", contentType: nil,
      contentLanguage: nil)
    #expect(feed.older == older)
  }
}
