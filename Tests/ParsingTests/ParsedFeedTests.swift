import Core
import Foundation
import Testing

@testable import Parsing

@Suite("A parsed feed") struct ParsedFeedTests {
  static func rss(
    _ items: String, channel: String = "<title>T</title><link>https://n.example/</link>"
  ) -> String {
    "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
      + "<channel>\(channel)\(items)</channel></rss>"
  }

  func parse(_ text: String, type: String? = nil) throws -> ParsedFeed {
    try ParsedFeed(
      parsing: Array(text.utf8), base: "https://n.example/feed", contentType: type,
      contentLanguage: nil)
  }

  @Test(arguments: [
    (rss("<item><title>Q&amp;A: &lt;b&gt;x&lt;/b&gt; &lt;tag&gt;</title></item>"), "Q&A: x <tag>"),
    (rss("<item><title>A&nbsp;B&rsquo;s AT&T 5 < 6</title></item>"), "A B’s AT&T 5 < 6"),
    (rss("<item><title><![CDATA[a <b>c</b>]]></title></item>"), "a c"),
    (rss("<item><title>&#145;x&#150; &#226;&#128;&#166; a&#8;b&#0;</title></item>"), "‘x– … ab"),
    (rss("<item><title> two\n lines </title></item>"), "two lines"),
    ("<RSS><Channel><Item><Title>upper</Title></Item></Channel></RSS>", "upper"),
    ("\n<br />Warning: x\n" + rss("<item><title>after junk</title></item>"), "after junk"),
    (rss("<item><title>one<item><title>two</title></item>"), "one"),
    ("<feed><title>f</title><entry><title>no namespace</title></entry></feed>", "no namespace"),
    ("<entry xmlns=\"http://www.w3.org/2005/Atom\"><title>lone</title></entry>", "lone"),
    (
      "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":7,\"title\":\"json\"}]}",
      "json"
    ),
    (
      "<!DOCTYPE rss [<!ENTITY a \"boom\"><!ENTITY b \"&a;&a;\">]>"
        + rss("<item><title>&b; x</title></item>"), "&b; x"
    ),
    (rss("<item><title>cut off</title><description>text that"), "cut off"),
  ])
  func `reads the first title of every shape`(document: String, title: String) throws {
    #expect(try parse(document).entries.first?.title == title)
  }

  @Test(arguments: [
    ("", "the document is empty"), ("   \n", "the document is empty"),
    ("<!DOCTYPE html><html><head><title>x</title></head></html>", "found <html>"),
    (
      "<opml><body><outline xmlUrl=\"a\"/><outline xmlUrl=\"b\"/></body></opml>",
      "a subscription list of 2 feeds"
    ),
    ("{\"a\":", "JSON line 1, column 6"), ("\u{FF}\u{D8}", "not a feed"), ("hello", "not a feed"),
  ])
  func `is refused for what is none`(document: String, reason: String) {
    #expect {
      try parse(document)
    } throws: { "\($0)".contains(reason) }
  }

  @Test func `names the feeds of a page`() {
    let page = "<html><link rel=alternate type=\"application/rss+xml\" href=\"/feed.xml\"></html>"
    #expect(throws: FeedParseError.notAFeed(found: "<html>", hints: ["https://n.example/feed.xml"]))
    {
      try parse(page)
    }
  }

  @Test func `is decoded by what its bytes are`() throws {
    let koi =
      Array("<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss><channel><item><title>".utf8)
      + [0xCF, 0xF3, 0xF2, 0xE8, 0xED] + Array("</title></item></channel></rss>".utf8)
    let feed = try ParsedFeed(parsing: koi, base: nil, contentType: nil, contentLanguage: nil)
    #expect(feed.entries[0].title == "Путин")
    let claimed = Self.rss("<item><title>é</title></item>")
    #expect(try parse(claimed, type: "text/xml; charset=iso-8859-1").entries[0].title == "é")
    var broken = Array(
      Self.rss("<item><title>aéb</title></item><item><title>é</title></item>").utf8)
    broken.insert(0xFF, at: broken.count - 20)
    let read = try ParsedFeed(parsing: broken, base: nil, contentType: nil, contentLanguage: nil)
    #expect(read.entries.count == 2 && read.entries[0].title == "aéb")
  }

  @Test func `keeps all fields of an entry`() throws {
    let item = """
      <item><title>J</title><link>/a?x=1&y=2</link><guid isPermaLink="false">g1</guid><dc:creator>Rina</dc:creator>
      <pubDate>Thu, 16 May 2024 12:27:00 WIB</pubDate><category>Dunia</category><category>Dunia</category>
      <enclosure url="/a.mp3" type="audio/mpeg" length="12"/>
      <description>&lt;p onclick="x()"&gt;Isi &lt;script&gt;bad()&lt;/script&gt;&lt;a href="/b"&gt;b&lt;/a&gt;&lt;/p&gt;</description></item>
      """
    let feed = try parse(
      Self.rss(item, channel: "<title>T</title><language>id_ID</language><ttl>60</ttl>"))
    let entry = try #require(feed.entries.first)
    #expect(
      entry.url == "https://n.example/a?x=1&y=2" && entry.id == "g1" && entry.authors == ["Rina"])
    #expect(entry.published == Date(timeIntervalSince1970: 1_715_837_220))
    #expect(
      entry.categories == ["Dunia"]
        && entry.enclosures == [
          ParsedEnclosure(url: "https://n.example/a.mp3", type: "audio/mpeg", length: 12)
        ])
    #expect(feed.language == "id-ID" && feed.hints.ttlMinutes == 60)
    let json = try JSONValue(parsing: feed.json)
    #expect(
      json["entries"]?.array?.first?["summary"]?.string
        == "<p>Isi <a href=\"https://n.example/b\">b</a></p>")
  }

  @Test func `makes articles whose identity outlasts addresses and order`() throws {
    let feed = Feed(id: Feed.ID("wire"), url: "https://n.example/feed")
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    let one = try parse(
      Self.rss(
        "<item><guid>1</guid><title>A</title></item><item><guid>2</guid><title>B</title></item>"))
    let two = try parse(
      Self.rss(
        "<item><guid>2</guid><title>B</title><link>/x</link></item><item><guid>1</guid><title>A</title></item>"
      ))
    let first = one.articles(in: feed, seen: now).map(\.id)
    #expect(first == two.articles(in: feed, seen: now).map(\.id).reversed())
    #expect(Set(first).count == 2)
    let doubled = try parse(
      Self.rss(
        "<item><guid>1</guid><title>A</title></item><item><guid>1</guid><title>A</title></item>"))
    #expect(doubled.articles(in: feed, seen: now).count == 1)
  }

  @Test func `of a future or missing date says so`() throws {
    let feed = Feed(id: Feed.ID("wire"), url: "https://n.example/feed")
    let now = Date(timeIntervalSince1970: 1_715_837_220)
    let parsed = try parse(
      Self.rss(
        "<item><title>A</title><pubDate>Thu, 16 May 2099 12:27:00 GMT</pubDate></item><item><title>B</title></item>"
      ))
    let articles = parsed.articles(in: feed, seen: now)
    #expect(articles.map(\.dateSource) == [.clamped, .seen])
    #expect(articles.allSatisfy { $0.published == now })
  }

  @Test func `of any prefix or damage is a result or an error`() {
    let whole = Array(
      Self.rss("<item><title><![CDATA[x]]></title><a:b c='d'>&amp;</a:b></item>").utf8)
    for end in 0...whole.count { _ = try? parse(String(decoding: whole[..<end], as: UTF8.self)) }
    var state: UInt64 = 9
    for _ in 0..<300 {
      var bytes = whole
      for _ in 0..<5 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 25)
      }
      let feed = try? ParsedFeed(parsing: bytes, base: nil, contentType: nil, contentLanguage: nil)
      #expect((feed?.entries.count ?? 0) <= 2)
    }
  }

  @Test func `nested deeply is read without growing the stack`() throws {
    let deep = String(repeating: "<div>", count: 20_000) + "x"
    #expect(
      try parse(Self.rss("<item><title>A</title><description>\(deep)</description></item>")).entries
        .count == 1)
  }
}
