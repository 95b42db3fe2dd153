import Core
import FoundationEssentials
import Testing

@testable import Parsing

@Suite("A sitemap") struct SitemapTests {
  func parse(_ text: String) throws -> ParsedFeed {
    try ParsedFeed(
      parsing: Array(text.utf8), base: "https://n.example/", contentType: nil, contentLanguage: nil)
  }

  static let namespaces = """
    xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
    xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
    """

  @Test func `of news gives an entry for each page`() throws {
    let feed = try parse(
      """
      <urlset \(Self.namespaces)><url><loc>https://n.example/a</loc><lastmod>2024-05-17</lastmod>
      <n:news><n:publication><n:name>The Wire</n:name><n:language>id</n:language></n:publication>
      <n:publication_date>2024-05-16T12:27:00+07:00</n:publication_date><n:title>A &amp; B</n:title>
      <n:keywords>Putin, Xi</n:keywords></n:news>
      <image:image><image:loc>/i.jpg</image:loc></image:image></url>
      <url><loc>https://n.example/b</loc></url></urlset>
      """)
    #expect(feed.format == "sitemap" && feed.entries.count == 2)
    let entry = try #require(feed.entries.first)
    #expect(entry.id == "https://n.example/a" && entry.url == "https://n.example/a")
    #expect(entry.title == "A & B" && entry.language == "id" && entry.publisher == "The Wire")
    #expect(entry.published == Date(timeIntervalSince1970: 1_715_837_220))
    #expect(entry.updated == Date(timeIntervalSince1970: 1_715_904_000))
    #expect(entry.categories == ["Putin", "Xi"] && entry.image == "https://n.example/i.jpg")
    #expect(feed.entries[1].title == nil && feed.entries[1].url == "https://n.example/b")
  }

  @Test func `index names ten, those of news first, then the newest`() throws {
    let others = (1...12).map {
      "<sitemap><loc>https://n.example/\($0).xml</loc><lastmod>2024-05-\($0 + 10)</lastmod></sitemap>"
    }
    let feed = try parse(
      """
      <sitemapindex \(Self.namespaces)>\(others.joined())
      <sitemap><loc>https://n.example/news.xml</loc></sitemap></sitemapindex>
      """)
    #expect(feed.format == "sitemapindex" && feed.entries.isEmpty)
    #expect(feed.sitemaps.count == 10)
    #expect(
      feed.sitemaps.prefix(2).map(\.url) == [
        "https://n.example/news.xml", "https://n.example/12.xml",
      ])
    let json = try JSONValue(parsing: feed.json)
    #expect(json["sitemaps"]?.array?.count == 10)
    #expect(json["sitemaps"]?.array?[1]["updated"]?.string == "2024-05-22T00:00:00Z")
  }
}

@Suite("A feed of markup") struct MarkupFeedTests {
  func parse(_ text: String, base: String? = "https://n.example/") throws -> ParsedFeed {
    try ParsedFeed(
      parsing: Array(text.utf8), base: base, contentType: nil, contentLanguage: nil)
  }

  @Test func `in CDF has its addresses and dates as attributes`() throws {
    let feed = try parse(
      """
      <CHANNEL HREF="https://n.example/"><TITLE>T</TITLE><ABSTRACT>All of it</ABSTRACT>
      <ITEM HREF="/a" LASTMOD="2024-05-16T05:27:00Z"><TITLE>A</TITLE><ABSTRACT>B</ABSTRACT></ITEM></CHANNEL>
      """)
    #expect(feed.format == "cdf" && feed.title == "T" && feed.description == "All of it")
    let entry = try #require(feed.entries.first)
    #expect(entry.url == "https://n.example/a" && entry.title == "A" && entry.summary == "B")
    #expect(entry.updated == Date(timeIntervalSince1970: 1_715_837_220))
  }

  @Test func `tells which entries are gone`() throws {
    let feed = try parse(
      """
      <feed xmlns="http://www.w3.org/2005/Atom" xmlns:d="http://purl.org/atompub/tombstones/1.0">
      <d:deleted-entry ref="urn:1" when="2024-05-16T05:27:00Z"><d:comment>x</d:comment></d:deleted-entry>
      <deleted-entry ref="urn:2"/><d:deleted-entry/><entry><id>urn:3</id></entry></feed>
      """)
    #expect(
      feed.deleted == [
        ParsedTombstone(id: "urn:1", date: Date(timeIntervalSince1970: 1_715_837_220))
      ])
    #expect(feed.entries.map(\.id) == ["urn:3"])
    let json = try JSONValue(parsing: feed.json)
    #expect(json["deleted"]?.array?.first?["id"]?.string == "urn:1")
  }

  @Test(arguments: [
    // Without a base the home stands in, wherever the document names it.
    ("<link>https://n.example/</link><item><link>/a</link></item>", nil),
    ("<item><link>/a</link></item><link>https://n.example/</link>", nil),
    ("<item><link>/a</link></item><link>https://o.example/</link>", "https://n.example/feed"),
  ])
  func `resolves addresses by its base, or else by its home`(channel: String, base: String?) throws
  {
    let feed = try parse("<rss><channel>\(channel)</channel></rss>", base: base)
    #expect(feed.entries.first?.url == "https://n.example/a")
  }

  @Test func `has items wherever they stand`() throws {
    let feed = try parse(
      "<rss><item><title>A</title></item><channel><title>T</title><x><item><title>B</title></item></x>"
        + "</channel><item><title>C</title></item></rss><item><title>D</title></item>")
    #expect(feed.title == "T" && feed.entries.map(\.title) == ["A", "B", "C", "D"])
  }

  @Test func `reads media in groups, credits, and podcasts`() throws {
    let feed = try parse(
      """
      <rss xmlns:m="http://search.yahoo.com/mrss/"><channel><item><m:credit role="author">Rina</m:credit>
      <m:credit role="producer">Budi</m:credit><m:group><m:content url="/v.mp4" type="video/mp4"/>
      <m:content url="/i.jpg" type="image/jpeg"/></m:group><podcast:transcript url="/t"/></item></channel></rss>
      """)
    let entry = try #require(feed.entries.first)
    #expect(entry.authors == ["Rina"] && entry.image == "https://n.example/i.jpg")
    #expect(entry.enclosures.map(\.url) == ["https://n.example/v.mp4"])
  }
}
