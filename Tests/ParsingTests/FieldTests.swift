import Core
import FoundationEssentials
import Testing

@testable import Parsing

/// Of several elements that could say a thing the first that is not empty wins; each row has the one that
/// wins behind, or beside, those that come after it.
@Suite("A field") struct FieldTests {
  static let moment = Date(timeIntervalSince1970: 1_715_837_220)
  static let right = "2024-05-16T05:27:00Z"
  static let wrong = "2001-01-01T00:00:00Z"

  static func rss(_ item: String, head: String = "") throws -> ParsedFeed {
    try ParsedFeed(
      parsing: Array("<rss><channel>\(head)<item>\(item)</item></channel></rss>".utf8),
      base: "https://n.example/feed", contentType: nil, contentLanguage: "en_GB")
  }

  static func atom(_ entry: String, head: String = "", root: String = "") throws -> ParsedFeed {
    let open = "<feed xmlns='http://www.w3.org/2005/Atom' \(root)>"
    return try ParsedFeed(
      parsing: Array("\(open)\(head)<entry>\(entry)</entry></feed>".utf8),
      base: "https://n.example/a/feed", contentType: nil, contentLanguage: nil)
  }

  @Test(
    arguments: [
      ("<dc:title>d</dc:title><media:title>m</media:title><title>t</title>", "t"),
      ("<title> </title><media:title>m</media:title><dc:title>d</dc:title>", "d"),
      ("<itunes:title>i</itunes:title><media:title>m</media:title>", "m"),
      ("<itunes:title>i</itunes:title>", "i"), ("<x:title xmlns:x='urn:x'>x</x:title>", nil),
      // Decoded once; a tag counts only if HTML knows it.
      ("<title>&lt;i>a&lt;/i> &lt;j>b&lt;/j> &amp;amp;lt;</title>", "a <j>b</j> &lt;"),
    ] as [(String, String?)])
  func `title of RSS is the first that is given`(item: String, title: String?) throws {
    #expect(try Self.rss(item).entries[0].title == title)
  }

  @Test(arguments: [
    ("", "a &lt;b now", "a <b now"), ("", "a &lt;b>c&lt;/b>", "a c"),
    ("type='text'", "AT&amp;T &amp;eacute;", "AT&T é"), ("type='html'", "&lt;b>a", "a"),
    ("type='xhtml'", "<div>a <b>b</b></div>", "a b"),
  ])
  func `title of Atom is what its type says`(type: String, inside: String, title: String) throws {
    #expect(try Self.atom("<title \(type)>\(inside)</title>").entries[0].title == title)
  }

  @Test(arguments: [
    (
      "<link rel='alternate' type='application/pdf' href='p'/><link type='text/html' href='h'/>",
      "h"
    ),
    ("<link rel='alternate' type='application/pdf' href='p'/><id>https://o.example/</id>", "p"),
    ("<link href='a'/><link rel='alternate' href='b'/>", "a"),
  ])
  func `url of Atom is the first page among its links`(entry: String, url: String) throws {
    #expect(try Self.atom(entry).entries[0].url == "https://n.example/a/\(url)")
  }

  @Test(
    arguments: [
      ("<guid> A b\n</guid>", "A b"), ("<guid>HTTP://N.example/A</guid>", "HTTP://N.example/A"),
      ("<guid>/a/../b</guid>", "/a/../b"), ("<atom:id>i</atom:id><guid>g</guid>", "g"),
      ("<guid/><id>i</id>", "i"), ("<link>/a</link>", nil),
    ] as [(String, String?)])
  func `id is byte for byte as it was written`(item: String, id: String?) throws {
    #expect(try Self.rss(item).entries[0].id == id)
  }

  @Test func `id and url of RDF are what its item is about`() throws {
    let text =
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
      + "<channel/><item rdf:about='https://n.example/a'><title>A</title></item></rdf:RDF>"
    let feed = try ParsedFeed(
      parsing: Array(text.utf8), base: nil, contentType: nil, contentLanguage: nil)
    #expect(feed.format == "rss1" && feed.entries[0].id == "https://n.example/a")
    #expect(feed.entries[0].url == "https://n.example/a")
  }

  @Test(arguments: [
    ("<author>a</author><dc:creator>c</dc:creator><itunes:author>i</itunes:author>", ["a", "c"]),
    ("<itunes:author>i</itunes:author><media:credit role='author'>m</media:credit>", ["i"]),
    (
      "<media:credit role='author'>m</media:credit><media:credit role='editor'>e</media:credit>",
      ["m"]
    ),
    ("<author>mailto:a@n.example</author>", ["a@n.example"]),
    ("<author>mailto:a@n.example (Rina)</author>", ["Rina <a@n.example>"]),
    ("<author>Rina &lt;a@n.example></author>", ["Rina <a@n.example>"]),
    ("<atom:author><atom:name>Rina</atom:name></atom:author>", ["Rina"]), ("", []),
  ])
  func `authors are all that are given`(item: String, authors: [String]) throws {
    let head = "<managingEditor>x@n.example (Budi)</managingEditor><itunes:author>y</itunes:author>"
    #expect(try Self.rss(item, head: head).entries[0].authors == authors)
  }

  @Test func `authors of an article are names where there are any`() throws {
    let item = "<author>a@n.example (Rina)</author><author>b@n.example</author>"
    let feed = Feed(id: Feed.ID("wire"), url: "https://n.example/feed")
    let article = try Self.rss(item).articles(in: feed, seen: Self.moment)[0]
    #expect(article.authors.first == "Rina" && !article.authors.contains { $0.contains("a@") })
  }

  @Test(
    arguments: [
      ("<pubDate>\(wrong)</pubDate><published>\(right)</published>", true, nil),
      ("<pubDate>\(wrong)</pubDate><issued>\(right)</issued>", true, nil),
      ("<pubDate>\(wrong)</pubDate><created>\(right)</created>", true, nil),
      ("<dcterms:issued>\(wrong)</dcterms:issued><pubDate>\(right)</pubDate>", true, nil),
      ("<dc:date>\(wrong)</dc:date><dcterms:created>\(right)</dcterms:created>", true, false),
      ("<dc:date>\(right)</dc:date>", true, nil),
      ("<pubDate>x</pubDate><dc:date>\(right)</dc:date>", true, nil),
      (
        "<dcterms:modified>\(wrong)</dcterms:modified><atom:updated>\(right)</atom:updated>", nil,
        true
      ),
      ("<modified>\(right)</modified>", nil, true), ("<lastmod>\(right)</lastmod>", nil, true),
      ("<dc:date>\(right)</dc:date><pubDate>\(right)</pubDate>", true, true),
      ("<dc:date>\(wrong)</dc:date><dcterms:modified>\(right)</dcterms:modified>", false, true),
    ] as [(String, Bool?, Bool?)])
  func `dates are the first that can be read`(item: String, published: Bool?, updated: Bool?) throws
  {
    let entry = try Self.rss(item).entries[0]
    #expect(entry.published.map { $0 == Self.moment } == published)
    #expect(entry.updated.map { $0 == Self.moment } == updated)
  }

  @Test(
    arguments: [
      // Whichever comes first is the summary; the second is the content, if nothing else is.
      ("<description>d</description>", "d", nil),
      ("<summary>s</summary><description>d</description>", "s", "d"),
      (
        "<description>d</description><summary>s</summary><content:encoded>c</content:encoded>", "d",
        "c"
      ),
      ("<itunes:summary>i</itunes:summary><description>d</description>", "d", "i"),
      ("<media:description>m</media:description><itunes:subtitle>i</itunes:subtitle>", "i", nil),
      ("<dc:description>d</dc:description><media:description>m</media:description>", "m", nil),
      ("<dc:description>d</dc:description>", "d", nil), ("<abstract>a</abstract>", "a", nil),
      (
        "<body xmlns='http://www.w3.org/1999/xhtml'>b</body><content:encoded>c</content:encoded>",
        nil, "c"
      ),
      ("<xhtml:body><p>b</p></xhtml:body>", nil, "<p>b</p>"), ("<fullitem>f</fullitem>", nil, "f"),
      ("<atom:content>a</atom:content><content:encoded>c</content:encoded>", nil, "c"),
    ] as [(String, String?, String?)])
  func `summary and content are told apart`(item: String, summary: String?, content: String?) throws
  {
    let entry = try Self.rss(item).entries[0]
    #expect(entry.summary == summary && entry.content == content)
  }

  @Test(arguments: [
    (
      "<atom:link rel='enclosure' href='/b' type='x/y' length='2'/><enclosure url='/a'/>",
      ["a", "b"]
    ),
    ("<atom:content src='/c' type='video/mp4'/>", ["c"]), ("<enclosure/><enclosure url=''/>", []),
  ])
  func `enclosures are all that are given`(item: String, urls: [String]) throws {
    let found = try Self.rss(item).entries[0].enclosures.map(\.url)
    #expect(found == urls.map { "https://n.example/\($0)" })
  }

  @Test(
    arguments: [
      ("xml:lang='fr'", "<dc:language>de</dc:language>", "fr"),
      ("", "<dc:language>pt_BR</dc:language>", "pt-BR"),
      ("", "", nil),
    ] as [(String, String, String?)])
  func `language of an entry is its own`(attribute: String, inside: String, language: String?)
    throws
  {
    let text =
      "<rss><channel><language>id</language><item \(attribute)>\(inside)</item></channel></rss>"
    let feed = try ParsedFeed(
      parsing: Array(text.utf8), base: nil, contentType: nil, contentLanguage: nil)
    #expect(feed.entries[0].language == language && feed.language == "id")
    let followed = Feed(id: Feed.ID("wire"), url: "https://n.example/feed")
    #expect(feed.articles(in: followed, seen: Self.moment)[0].language == language ?? "id")
  }

  @Test(arguments: [
    ("<language>id_ID</language><dc:language>de</dc:language>", "id-ID"),
    ("<dc:language>de</dc:language>", "de"), ("", "en-GB"),
  ])
  func `language of a feed is what it says, then what its header says`(
    head: String, language: String
  ) throws {
    #expect(try Self.rss("", head: head).language == language)
  }

  @Test(
    arguments: [
      ("<source url='/s'>S</source><dc:publisher>P</dc:publisher>", nil, "S"),
      ("<dc:publisher>P</dc:publisher>", nil, "P"), ("", nil, "T"),
      ("<source>S</source>", "Own", "Own"),
      ("<atom:source><atom:title>S</atom:title></atom:source>", nil, "S"),
    ] as [(String, String?, String)])
  func `publisher is the feed's setting, then the source it names`(
    item: String, setting: String?, publisher: String
  ) throws {
    let feed = Feed(id: Feed.ID("wire"), url: "https://n.example/feed", publisher: setting)
    let parsed = try Self.rss(item, head: "<title>T</title>")
    #expect(parsed.articles(in: feed, seen: Self.moment)[0].publisher == publisher)
  }

  @Test(
    arguments: [
      ("<link>/r</link><atom:link href='/a'/>", "a"),
      ("<atom:link href='/a'/><link>/r</link>", "a"),
      ("<link>/r</link>", "r"), ("<atom:link rel='self' href='/s'/>", nil),
      ("<link>javascript:x</link>", nil),
    ] as [(String, String?)])
  func `home of a feed is the page it links to`(head: String, home: String?) throws {
    #expect(try Self.rss("", head: head).home == home.map { "https://n.example/\($0)" })
  }

  @Test func `home of Atom is its id where it has no link`() throws {
    #expect(try Self.atom("", head: "<id>https://o.example/</id>").home == "https://o.example/")
    #expect(try Self.atom("", head: "<id>urn:x</id>").home == nil)
    let linked = "<id>https://o.example/</id><link href='/h'/>"
    #expect(try Self.atom("", head: linked).home == "https://n.example/h")
  }

  @Test(arguments: [
    ("<pubDate>\(wrong)</pubDate><lastBuildDate>\(right)</lastBuildDate>", true),
    ("<dc:date>\(wrong)</dc:date><pubDate>\(right)</pubDate>", true),
    ("<dc:date>\(right)</dc:date>", true),
    ("<lastBuildDate>\(wrong)</lastBuildDate><atom:updated>\(right)</atom:updated>", true),
  ])
  func `date of a feed is that of its update, its build, its publication`(
    head: String, isRight: Bool
  ) throws {
    #expect((try Self.rss("", head: head).updated == Self.moment) == isRight)
  }

  @Test func `hub and self of a feed are its links, and its description is text`() throws {
    let feed = try Self.rss(
      "",
      head: "<atom:link rel='self' href='/s'/><atom:link rel='hub' href='/h'/>"
        + "<description>&lt;b>d&lt;/b> e</description>")
    #expect(feed.selfAddress == "https://n.example/s" && feed.hub == "https://n.example/h")
    #expect(feed.description == "d e")
    for name in ["subtitle", "tagline"] {
      #expect(try Self.atom("", head: "<\(name)>d</\(name)>").description == "d")
    }
  }

  // MARK: Vocabularies

  @Test(arguments: [
    "http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss",
    "https://search.yahoo.com/mrss/",
    "HTTP://Search.Yahoo.com/MRSS", " http://search.yahoo.com/mrss/ ",
    "http://search.yahoo.com/mrss/#",
  ])
  func `counts by the address of its vocabulary, however that is written`(address: String) throws {
    let text =
      "<rss xmlns:q='\(address)'><channel><item><q:title>A</q:title></item></channel></rss>"
    let feed = try ParsedFeed(
      parsing: Array(text.utf8), base: nil, contentType: nil, contentLanguage: nil)
    #expect(feed.entries[0].title == "A")
  }

  @Test func `of another vocabulary under a usual prefix is none`() throws {
    let item = "<title>A</title><x:link xmlns:x='urn:x'>/x</x:link><link xmlns='urn:y'/>"
    #expect(try Self.rss(item).entries[0].url == nil)
  }

  // MARK: Articles

  @Test(
    arguments: [
      ("<description>s</description><content:encoded>c</content:encoded>", "c", "s"),
      ("<description>s</description><content:encoded>&lt;img src=x></content:encoded>", "s", nil),
      ("<description>s</description>", "s", nil),
    ] as [(String, String, String?)])
  func `text of an article is its content if that has words`(
    item: String, text: String, summary: String?
  ) throws {
    let feed = Feed(id: Feed.ID("wire"), url: "https://n.example/feed")
    let article = try Self.rss(item).articles(in: feed, seen: Self.moment)[0]
    #expect(article.text == text && article.summary == summary)
  }

  @Test func `url is printed as published, and loses its tracking in an article`() throws {
    let address = "https://n.example/a?utm_source=rss&id=1"
    let parsed = try Self.rss("<link>\(address)</link>")
    let feed = Feed(id: Feed.ID("wire"), url: "https://n.example/feed")
    #expect(parsed.entries[0].url == address)
    #expect(parsed.articles(in: feed, seen: Self.moment)[0].url == "https://n.example/a?id=1")
  }
}
