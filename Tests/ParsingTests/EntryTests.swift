import Core
import FoundationEssentials
import Testing

@testable import Parsing

@Suite("A parsed entry") struct EntryTests {
  static func entries(
    rss items: String, base: String? = "https://n.example/feed", root: String = ""
  ) throws -> [ParsedEntry] {
    try ParsedFeed(
      parsing: Array("<rss \(root)><channel>\(items)</channel></rss>".utf8), base: base,
      contentType: nil, contentLanguage: nil
    ).entries
  }

  static func entry(atom inside: String, base: String? = "https://n.example/a/feed") throws
    -> ParsedEntry?
  {
    try ParsedFeed(
      parsing: Array("<feed xmlns='http://www.w3.org/2005/Atom'>\(inside)</feed>".utf8), base: base,
      contentType: nil, contentLanguage: nil
    ).entries.first
  }

  @Test(
    arguments: [
      // A bare `&lang` is a parameter; `⟨=id` leads nowhere.
      (
        "<link>https://o.example/?id=1&lang=id&copy=2</link>",
        "https://o.example/?id=1&lang=id&copy=2"
      ),
      ("<link>https://o.example/?a=1&amp;b=2</link>", "https://o.example/?a=1&b=2"),
      ("<link><![CDATA[\n https://o.example/?a=1&b=2 \n]]></link>", "https://o.example/?a=1&b=2"),
      ("<link>mailto:a@o.example</link><link>https://o.example/</link>", "https://o.example/"),
      ("<link>javascript:x()</link><guid>https://o.example/</guid>", "https://o.example/"),
      ("<link> </link><guid>https://o.example/?a&lt=1</guid>", "https://o.example/?a&lt=1"),
      ("<guid isPermaLink='false'>https://o.example/</guid>", nil),
      ("<guid>urn:x</guid>", nil), ("<link>javascript:x()</link>", nil),
      ("<link>/a b</link>", "https://n.example/a%20b"),
      (
        "<link>https://o.example/1</link><feedburner:origLink>https://p.example/</feedburner:origLink>",
        "https://p.example/"
      ),
      (
        "<atom:link rel='alternate' href='/x'/><link>https://o.example/</link>",
        "https://n.example/x"
      ),
      ("<media:link>https://x.example/</media:link><textInput><link>/y</link></textInput>", nil),
    ] as [(String, String?)])
  func `of RSS leads to its page`(item: String, url: String?) throws {
    #expect(try Self.entries(rss: "<item>\(item)</item>").first?.url == url)
  }

  @Test(
    arguments: [
      ("<entry><link rel='enclosure' href='/m'/><link href='x'/></entry>", "https://n.example/a/x"),
      ("<entry xml:base='b/'><link href='x'/></entry>", "https://n.example/a/b/x"),
      ("<entry xml:base='/c/'><link xml:base='d/' href='x'/></entry>", "https://n.example/c/d/x"),
      (
        "<entry xml:base='https://o.example/?a&amp;b'><link href='x'/></entry>",
        "https://o.example/x"
      ),
      // What is no address of a page cannot be a base.
      ("<entry xml:base='urn:x'><link href='x'/></entry>", "https://n.example/a/x"),
      ("<entry xml:base='javascript:x//'><link href='x'/></entry>", "https://n.example/a/x"),
      (
        "<entry><link href='javascript:x()'/><id>https://o.example/</id></entry>",
        "https://o.example/"
      ),
      ("<entry><id>urn:uuid:1</id></entry>", nil),
    ] as [(String, String?)])
  func `of Atom leads to its page`(entry: String, url: String?) throws {
    #expect(try Self.entry(atom: entry)?.url == url)
  }

  @Test(arguments: [
    ("", "AT&amp;T if a &lt;b then", "AT&amp;T if a &lt;b then"),
    ("", "&lt;p&gt;x&lt;/p&gt;", "<p>x</p>"), ("type='text'", "plain", "plain"),
    ("type='html'", "&lt;p&gt;a &amp;amp; b", "<p>a &amp; b"),
    ("mode='base64'", "PGI+eDwvYj4=", "<b>x</b>"), ("mode='base64'", "no base64!", "no base64!"),
    ("type='application/octet-stream'", "PGI+eDwvYj4=", "<b>x</b>"),
    ("type='xhtml'", "<x:div>a<x:br/>b<!-- c:d --></x:div>", "<div>a<br/>b<!-- c:d --></div>"),
    ("type='xhtml'", "<div>5 &lt; 6</div>", "<div>5 &lt; 6</div>"),
    ("type='html'", "<![CDATA[a]]]]><![CDATA[>b]]>", "a]]>b"),
  ])
  func `of Atom has its content by type`(type: String, inside: String, content: String) throws {
    let entry = try Self.entry(atom: "<entry><content \(type)>\(inside)</content></entry>")
    #expect(entry?.content == content)
  }

  @Test(
    arguments: [
      // An entry that lacks its end, an item of another vocabulary, a stray end, an early end.
      ("<item><title>A<item><title>B</title></item>", ["A", "B"]),
      ("<item><x:item>1</x:item><media:item/><title>A</title></item>", ["A"]),
      ("</x></item><item><title>A</title></b></item>", ["A"]),
      ("<item><title>A</title></item></channel><item><title>B</title></item>", ["A", "B"]),
      ("<item><enclosure url=\"x></item><item><title>B</title></item>", [nil, "B"]),
      ("<item><!-- x -><title>A</title></item><item><title>B</title></item>", ["A", "B"]),
      ("<item><title>A</title><link>x</link", ["A"]),
      ("<item><title>A</title><description>a<br>b<img src=x>c</description></item>", ["A"]),
      ("<item><title>A\u{0}\u{8}</title></item><item><title>B</title></item>", ["A", "B"]),
    ] as [(String, [String?])])
  func `is kept though the one beside it is damaged`(items: String, titles: [String?]) throws {
    #expect(try Self.entries(rss: items).map(\.title) == titles)
  }

  @Test(arguments: [
    ("<br><rss><channel><title>T</title></channel></rss>", false),
    ("<rss><channel><title>T</title></channel></rss><p>advertisement", false),
    ("<rss><channel><title>T<b></title></channel></rss>", false),
    ("<rss><channel><title>T</title></channel>", true), ("<rss><channel><ti", true),
  ])
  func `stands in a feed that ends early only where its root does`(
    document: String, isTruncated: Bool
  ) throws {
    let feed = try ParsedFeed(
      parsing: Array(document.utf8), base: nil, contentType: nil, contentLanguage: nil)
    #expect(feed.isTruncated == isTruncated)
  }

  @Test(arguments: [
    ("<author>a@n.example (Rina)</author>", ["Rina <a@n.example>"]),
    ("<author>Rina (a@n.example)</author>", ["Rina <a@n.example>"]),
    ("<author>()</author><author>(</author><author>)</author>", ["()", "(", ")"]),
    ("<dc:creator>Rina</dc:creator><dc:creator>Budi</dc:creator>", ["Rina", "Budi"]),
    ("<author><name>Rina</name><email>a@n.example</email></author>", ["Rina <a@n.example>"]),
    ("<itunes:author>Rina</itunes:author>", ["Rina"]),
    ("<author>R\u{202e}ina</author><author></author>", ["Rina"]),
  ])
  func `names its authors`(item: String, authors: [String]) throws {
    #expect(try Self.entries(rss: "<item>\(item)</item>").first?.authors == authors)
  }

  @Test func `tells of a bad date with its line, and has none`() throws {
    let feed = try ParsedFeed(
      parsing: Array(
        "<rss><channel>\n<item>\n<pubDate>tomorrow</pubDate></item></channel></rss>".utf8),
      base: nil, contentType: nil, contentLanguage: nil)
    #expect(feed.entries.first?.published == nil)
    #expect(feed.warnings == ["line 3: no date: tomorrow"])
  }
}
