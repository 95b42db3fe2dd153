import Testing

@testable import Parsing

@Suite("A subscription list") struct OPMLTests {
  private func feeds(_ body: String) throws -> [OPML.Outline] {
    try OPML(parsing: Array("<?xml version='1.0'?><opml><body>\(body)</body></opml>".utf8)).feeds
  }

  @Test func `gives its feeds, with the folders they lie in as tags`() throws {
    let body = """
      <outline text="Dunia &amp; Asia"><outline text="Rusia">
        <outline type="rss" text="A &lt;b&gt;" title="Kabar A" xmlUrl="https://a.example/f?x=1&amp;copy=2"/>
      </outline><outline text="B" xmlURL="http://b.example/" category="/wire/id,pagi"></outline></outline>
      <OUTLINE TEXT="C" XMLURL="https://c.example/"/><outline text="no feed"/>
      <outline text="again" xmlUrl="http://b.example/"/><outline xmlUrl="ftp://d.example/"/>
      """
    #expect(
      try feeds(body) == [
        OPML.Outline(
          title: "Kabar A", url: "https://a.example/f?x=1&copy=2", tags: ["Dunia & Asia", "Rusia"]),
        OPML.Outline(
          title: "B", url: "http://b.example/", tags: ["Dunia & Asia", "wire", "id", "pagi"]),
        OPML.Outline(title: "C", url: "https://c.example/"),
      ])
  }

  @Test func `is read back as it was written`() throws {
    let list = OPML(feeds: [
      OPML.Outline(title: "A \"quoted\" & <b>", url: "https://a.example/?a=1&lt=2"),
      OPML.Outline(title: "B", url: "https://b.example/", tags: ["x & y", "z"]),
      OPML.Outline(title: "C", url: "https://c.example/", tags: ["x & y"]),
    ])
    #expect(try OPML(parsing: Array(list.document.utf8)).feeds == list.feeds)
  }

  @Test(arguments: [
    ("", FeedParseError.empty),
    ("<rss/>", .notAFeed(found: "no subscription list", hints: [])),
    ("hello", .notAFeed(found: "no subscription list", hints: [])),
  ])
  func `is refused for what is none`(text: String, error: FeedParseError) {
    #expect(throws: error) { try OPML(parsing: Array(text.utf8)) }
  }

  @Test func `cut off gives the feeds before`() throws {
    let text = "<opml><body><outline xmlUrl='https://a.example/'/><outline xmlUrl='https://b"
    #expect(try OPML(parsing: Array(text.utf8)).feeds.map(\.url).first == "https://a.example/")
  }

  @Test func `nested without end is read`() throws {
    let deep = String(repeating: "<outline text='f'>", count: 10_000)
    let list = try feeds(deep + "<outline xmlUrl='https://a.example/'/>")
    #expect(list.map(\.tags) == [["f"]])
  }
}
