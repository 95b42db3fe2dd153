import Core
import Foundation

@testable import Parsing

extension NastyTests {
  // MARK: Addresses and identity

  static let identity: [Row] = [
    Row(
      19, "nested xml:base",
      "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://o.example/a/'><entry xml:base='b/'><link href='c'/><content type='html' xml:base='d/'>&lt;a href='e'>x&lt;/a></content></entry></feed>"
    ) {
      $0.entries.first?.url == "https://o.example/a/b/c"
        && String(decoding: $0.json, as: UTF8.self).contains("https://o.example/a/b/d/e")
    },
    Row(20, "a relative link", rss("<item><link>b</link></item>")) {
      $0.entries.first?.url == "https://n.example/b"
    },
    Row(21, "no guid", rss("<item><title>A</title><link>/a</link></item>")) {
      $0.entries.count == 1 && $0.entries[0].id == nil
    },
    Row(22, "a guid that is a permalink", rss("<item><guid>https://n.example/a</guid></item>")) {
      $0.entries.first?.url == "https://n.example/a"
    },
    Row(
      22, "one that says it is none",
      rss("<item><guid isPermaLink='false'>https://n.example/a</guid></item>")
    ) {
      $0.entries.first?.url == nil && $0.entries.first?.id == "https://n.example/a"
    },
    Row(
      29, "one guid at two addresses",
      rss(
        "<item><guid>1</guid><link>/a</link><title>A</title></item><item><guid>1</guid><link>/b</link><title>B</title></item>"
      )
    ) {
      $0.articles(in: Feed(id: Feed.ID("w"), url: "https://n.example/"), seen: .distantPast).count
        == 2
    },
    Row(
      29, "the same entry twice",
      rss(String(repeating: "<item><guid>1</guid><title>A</title></item>", count: 2))
    ) {
      $0.articles(in: Feed(id: Feed.ID("w"), url: "https://n.example/"), seen: .distantPast).count
        == 1
    },
    Row(
      31, "usual namespaces under odd prefixes",
      "<rss xmlns:q='http://purl.org/dc/elements/1.1/'><channel><item><q:creator>Rina</q:creator></item></channel></rss>"
    ) { $0.entries.first?.authors == ["Rina"] },
    Row(31, "usual prefixes undeclared", rss("<item><dc:creator>Rina</dc:creator></item>")) {
      $0.entries.first?.authors == ["Rina"]
    },
    Row(
      32, "titles that are not the title",
      rss(
        "<item><media:title>M</media:title><itunes:title>I</itunes:title><title>A</title></item>",
        "<image><title>I</title><link>/i</link></image><textInput><link>/t</link></textInput><title>T</title><link>/home</link>"
      )
    ) { $0.title == "T" && $0.home == "https://n.example/home" && $0.entries.first?.title == "A" },
    Row(
      32, "media:title where there is no other", rss("<item><media:title>M</media:title></item>"),
      title("M")),
    Row(
      44, "links of Atom in any order",
      atom(
        "<entry><link rel='enclosure' href='/e'/><link rel='self' href='/s'/><link rel='replies' href='/r'/><link href='/a'/></entry>"
      )
    ) { $0.entries.first?.url == "https://n.example/a" },
    Row(
      45, "a link in CDATA between line breaks",
      rss("<item><link>\n<![CDATA[ https://n.example/a ]]>\n</link><title>\n A\n</title></item>")
    ) {
      $0.entries.first?.url == "https://n.example/a" && $0.entries.first?.title == "A"
    },
    Row(45, "blanks inside a link", rss("<item><link>https://n.example/a b</link></item>")) {
      $0.entries.first?.url == "https://n.example/a%20b"
    },
    Row(
      50, "several of each",
      rss(
        "<item><link>mailto:x@n.example</link><link>/a</link><link>/b</link><dc:creator>A</dc:creator><dc:creator>B</dc:creator><category>x</category><category>y</category><enclosure url='/1.mp3'/><enclosure url='/2.mp3'/></item>"
      )
    ) {
      let entry = $0.entries.first
      return entry?.url == "https://n.example/a" && entry?.authors == ["A", "B"]
        && entry?.categories == ["x", "y"] && entry?.enclosures.count == 2
    },
  ]

  // MARK: Formats

  static let formats: [Row] = [
    Row(35, "feed without a namespace", "<feed><entry><title>A</title></entry></feed>", title("A")),
    Row(35, "a lone entry", "<entry><title>A</title></entry>", title("A")),
    Row(
      36, "JSON Feed without a version", "{\"title\":\"T\",\"items\":[{\"id\":7,\"title\":\"A\"}]}"
    ) {
      $0.entries.first?.id == "7" && $0.entries.first?.title == "A"
    },
    Row(
      36, "1.1 with a BOM",
      "\u{feff}{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"authors\":[{\"name\":\"R\"}],\"tags\":[\"x\"],\"attachments\":[{\"url\":\"/a.mp3\",\"mime_type\":\"audio/mpeg\"}]}]}"
    ) {
      let entry = $0.entries.first
      return $0.format == "json11" && entry?.authors == ["R"] && entry?.categories == ["x"]
        && entry?.enclosures.first?.url == "https://n.example/a.mp3"
    },
    Row(37, "gzip that no header announces", GzipTests.stored(Array(titled("A").utf8)), title("A")),
    Row(
      38, "RSS 0.91 with its document type",
      "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://my.netscape.com/publish/formats/rss-0.91.dtd'><rss version='0.91'><channel><item><title>caf&eacute;</title></item></channel></rss>"
    ) { $0.format == "rss091" && $0.entries.first?.title == "café" },
    Row(
      38, "RSS 0.90",
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>T</title></channel><item><title>A</title></item></rdf:RDF>"
    ) { $0.format == "rss090" && $0.entries.first?.title == "A" },
    Row(
      38, "CDF",
      "<CHANNEL HREF='https://n.example/'><TITLE>T</TITLE><ITEM HREF='/a' LASTMOD='2024-05-16'><TITLE>A</TITLE><ABSTRACT>s</ABSTRACT></ITEM></CHANNEL>"
    ) {
      let entry = $0.entries.first
      return $0.format == "cdf" && entry?.title == "A" && entry?.url == "https://n.example/a"
        && entry?.summary == "s"
        && entry?.updated == Date(timeIntervalSince1970: 1_715_817_600)
    },
    Row(
      39, "a subscription list",
      "<opml><body><outline xmlUrl='/a'/><outline xmlUrl='/b'/></body></opml>",
      throws: .notAFeed(found: "a subscription list of 2 feeds", hints: [])),
    Row(
      43, "a sitemap of news",
      "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>https://n.example/a</loc><news:news><news:publication><news:name>N</news:name><news:language>id</news:language></news:publication><news:publication_date>2024-05-16T05:27:00Z</news:publication_date><news:title>A</news:title></news:news></url></urlset>"
    ) {
      let entry = $0.entries.first
      return $0.format == "sitemap" && entry?.title == "A" && entry?.url == "https://n.example/a"
        && entry?.id == entry?.url && entry?.published == Date(timeIntervalSince1970: 1_715_837_220)
    },
    Row(
      43, "a plain sitemap",
      "<urlset><url><loc>https://n.example/a</loc><lastmod>2024-05-16</lastmod></url></urlset>"
    ) {
      $0.entries.first?.url == "https://n.example/a" && $0.entries.first?.title == nil
        && $0.entries.first?.updated != nil
    },
    Row(
      43, "an index of sitemaps",
      "<sitemapindex><sitemap><loc>https://n.example/s.xml</loc></sitemap></sitemapindex>"
    ) {
      $0.format == "sitemapindex" && $0.entries.isEmpty
    },
  ]

  // MARK: Limits

  static let limits: [Row] = [
    Row(
      30, "20,000 entries", rss(String(repeating: "<item><title>A</title></item>", count: 20_000))
    ) {
      $0.entries.count == 20_000
    },
    Row(
      40, "a bomb of entities",
      "<!DOCTYPE rss [<!ENTITY a \"boom\"><!ENTITY b \"&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY % p SYSTEM \"http://n.example/\"> %p;]>"
        + rss("<item><title>&b; &x;</title></item>")
    ) { $0.title == "T" && $0.entries.first?.title == "&b; &x;" },
    Row(
      40, "a document type of 10 MB",
      "<!DOCTYPE rss [" + String(repeating: "<!ENTITY a 'b'>", count: 700_000) + "]>" + titled("A")
    ) {
      $0.title == "T" && $0.entries.first?.title == "A"
    },
    Row(
      47, "3,000 levels inside one entry",
      rss(
        "<item><title>A</title><description>\(String(repeating: "<div>", count: 3_000))x</description></item>"
      ), title("A")),
    Row(
      48, "a text of 12 MB",
      rss(
        "<item><title>A</title><description>\(String(repeating: "kata ", count: 2_500_000))</description></item>"
      )
    ) {
      $0.entries.first?.title == "A" && ($0.entries.first?.summary?.utf8.count ?? 0) <= 4 << 20
    },
    Row(
      48, "a million attributes",
      rss(
        "<item \((0..<1_000_000).map { "a\($0)='1'" }.joined(separator: " "))><title>A</title></item>"
      ), title("A")),
  ]
}
