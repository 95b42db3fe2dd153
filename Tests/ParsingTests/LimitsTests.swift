import Core
import FoundationEssentials
import Testing

@testable import Parsing

@Suite("A hostile document") struct LimitsTests {
  func parse(_ text: String) throws -> ParsedFeed {
    try ParsedFeed(
      parsing: Array(text.utf8), base: "https://n.example/", contentType: nil, contentLanguage: nil)
  }

  func article(_ item: String) throws -> Article? {
    let feed = Feed(id: Feed.ID("wire"), url: "https://n.example/feed")
    return try parse("<rss><channel><item>\(item)</item></channel></rss>")
      .articles(in: feed, seen: Date(timeIntervalSince1970: 1_800_000_000)).first
  }

  func size(_ article: Article?) -> Int {
    var writer = JSONWriter()
    article?.write(to: &writer)
    return writer.bytes.count
  }

  /// Entries of which an article would be over the 2 MiB that a record of the log holds.
  static let heavy: [String] = [
    "<description>" + String(repeating: "\"\\", count: 1 << 19) + "</description>",
    "<description>" + String(repeating: "\u{e0041}", count: 1 << 18) + "</description>",
    "<description>a" + String(repeating: "\u{301}", count: 1 << 15) + "</description>",
    "<title>a" + String(repeating: "\u{301}", count: 1 << 15) + "</title>",
    String(repeating: "<author>Rina Budi</author>", count: 1 << 16),
    (0..<5_000).map { "<author>\($0)</author><category>\($0)</category>" }.joined(),
    (0..<200).map { "<enclosure url='/\($0)\(String(repeating: "\"", count: 8_000))'/>" }.joined(),
    "<description>" + String(repeating: "\"", count: 300_000) + "</description><content:encoded>"
      + String(repeating: "\\", count: 700_000) + "</content:encoded>",
  ]

  @Test(arguments: heavy.indices)
  func `makes no article that the log refuses`(index: Int) throws {
    #expect((100..<2 << 20).contains(size(try article(Self.heavy[index]))))
  }

  @Test func `is cut at its limits`() throws {
    let many = (0..<300).map { "<category>\($0)</category><author>a\($0)</author>" }.joined()
    let long = String(repeating: "t", count: 3_000)
    let item = "<item><title>\(long)</title><category>\(long)</category>\(many)</item>"
    let entry = try #require(try parse("<rss><channel>\(item)</channel></rss>").entries.first)
    #expect(entry.title?.count == 2_000 && entry.categories.first?.count == 200)
    #expect(entry.categories.count == 100 && entry.authors.count == 50)
    let dates = String(repeating: "<item><pubDate>x</pubDate></item>", count: 5_000)
    let feed = try parse("<rss><channel>\(dates)</channel></rss>")
    #expect(feed.entries.count == 5_000 && feed.warnings.count == 100)
  }

  @Test(arguments: [
    (
      "<item>\n<title>\(String(repeating: "t", count: 3_000))</title></item>",
      "line 2: title cut at 2000 characters"
    ),
    (
      "<item><title>\(String(repeating: "<b>", count: 5_000))x</title></item>",
      "line 2: nested deeper than 4096 levels; what is deeper counts as text"
    ),
    (
      "<item><a \(String(repeating: "b='c' ", count: 300))/></item>",
      "line 2: more than 256 attributes; the rest is left out"
    ),
    (
      "<item>\(String(repeating: "<guid/>", count: 10_001))</item>",
      "line 2: more than 10000 elements in one entry; the rest is left out"
    ),
    (
      "<item>" + (0..<101).map { "<category>\($0)</category>" }.joined() + "</item>",
      "line 2: categories beyond 100 left out"
    ),
    (
      "<item>" + (0..<51).map { "<author>\($0)</author>" }.joined() + "</item>",
      "line 2: authors beyond 50 left out"
    ),
    (
      "<item>" + (0..<101).map { "<enclosure url='/\($0)'/>" }.joined() + "</item>",
      "line 2: enclosures beyond 100 left out"
    ),
    (
      "<item><description><![CDATA[\(String(repeating: "<p>x</p>", count: 530_000))]]></description></item>",
      "line 2: summary cut at 4 MiB"
    ),
    (
      "<item><link href='/\(String(repeating: "x", count: 1 << 16))'/></item>",
      "line 2: an attribute longer than 64 KiB; it is left out"
    ),
    (
      "<item \(String(repeating: "x", count: 257))='a'/>",
      "line 2: the name of an attribute is longer than 256 bytes; it is left out"
    ),
    (
      "<item><link>/\(String(repeating: "x", count: 1 << 13))</link></item>",
      "line 2: an address longer than 8 KiB; it is left out"
    ),
    (
      "<item><author>\(String(repeating: "x", count: 201))</author></item>",
      "line 2: authors cut at 200 characters each"
    ),
    (
      "<item><category>\(String(repeating: "é", count: 201))</category></item>",
      "line 2: categories cut at 200 characters each"
    ),
    (
      "<item><dc:publisher>\(String(repeating: "x", count: 201))</dc:publisher></item>",
      "line 2: publisher cut at 200 characters"
    ),
    (
      "<item><dc:language>\(String(repeating: "x", count: 201))</dc:language></item>",
      "line 2: language cut at 200 characters"
    ),
    (
      "<item><enclosure url='/a' type='\(String(repeating: "x", count: 201))'/></item>",
      "line 2: media type cut at 200 characters"
    ),
    (
      "<item/><title>\(String(repeating: "x", count: 2_001))</title>",
      "line 1: the feed's title is cut at 2000 characters"
    ),
    (
      "<item><content:encoded>\(String(repeating: "word ", count: 1 << 20))</content:encoded></item>",
      "line 2: content cut at 4 MiB"
    ),
    (String(repeating: "<item/>", count: 50_001), "1 entries beyond 50000 left out"),
  ])
  func `has a warning for each limit it goes beyond`(items: String, warning: String) throws {
    let feed = try parse("<rss><channel>\n\(items)</channel></rss>")
    #expect(feed.warnings.contains(warning))
    #expect(feed.warnings.count == 1 && !feed.entries.isEmpty)
  }

  /// A base before each of many short references would come to gigabytes.
  @Test func `has no more of relative addresses than memory has room for`() throws {
    let base = "/\(String(repeating: "b", count: 8_000))/"
    let items = String(repeating: "<item><link>x</link></item>", count: 10_000)
    let feed = try parse("<rss xml:base='\(base)'><channel>\n\(items)</channel></rss>")
    #expect(feed.entries.count == 10_000)
    #expect((8_000..<8_500).contains(feed.entries.count { $0.url != nil }))
    let warning = "line 2: relative addresses come to more than 64 MiB; the rest is left out"
    #expect(feed.warnings == [warning])
  }

  @Test func `takes what stands within a limit`() throws {
    let address = "https://n.example/" + String(repeating: "x", count: (8 << 10) - 18)
    let names = String(repeating: "x", count: 200)
    let item =
      "<item><link>\(address)</link><author>\(names)</author><category>\(names)</category>"
      + "<title>\(String(repeating: "é", count: 2_000))</title></item>"
    let feed = try parse("<rss><channel>\(item)</channel></rss>")
    #expect(feed.warnings == [] && feed.entries.first?.url == address)
    #expect(feed.entries.first?.title?.unicodeScalars.count == 2_000)
  }

  @Test func `leaves out an address that is too long, and takes the next`() throws {
    let long = "https://n.example/" + String(repeating: "x", count: 8 << 10)
    let guid = "<guid>https://n.example/1</guid>"
    let feed = try parse(
      "<rss><channel><item><link>\(long)</link>\(guid)<enclosure url='\(long)'/></item></channel></rss>"
    )
    #expect(feed.entries.first?.url == "https://n.example/1")
    #expect(feed.entries.first?.enclosures == [])
    let permalink = try parse("<rss><channel><item><guid>\(long)</guid></item></channel></rss>")
    #expect(permalink.entries.first?.url == nil && permalink.entries.first?.id == long)
  }

  @Test func `is refused whole beyond 32 MiB`() {
    let document = "<rss><channel>" + String(repeating: " ", count: 32 << 20)
    #expect(throws: FeedParseError.tooLarge(limit: 32 << 20)) { try parse(document) }
  }

  @Test func `counts the warnings beyond a hundred`() throws {
    let dates = String(repeating: "<item><pubDate>x</pubDate></item>", count: 150)
    let feed = try parse("<rss><channel>\(dates)</channel></rss>")
    #expect(feed.warnings.count == 100 && feed.warnings.last == "51 more warnings left out")
  }

  @Test func `has 500 of the addresses that a content leads to printed`() throws {
    let links = (0..<501).map { "<a href='/\($0)'>x</a>" }.joined()
    let feed = try parse(
      "<rss><channel><item><content:encoded><![CDATA[\(links)]]></content:encoded></item></channel></rss>"
    )
    let json = try JSONValue(parsing: feed.json)
    #expect(json["entries"]?.array?.first?["content_urls"]?.array?.count == 500)
  }

  @Test(arguments: [
    (
      "\"url\":\"/\(String(repeating: "x", count: 1 << 13))\"",
      "an address longer than 8 KiB; it is left out"
    ),
    (
      "\"attachments\":[" + (0..<101).map { "{\"url\":\"/\($0)\"}" }.joined(separator: ",") + "]",
      "enclosures beyond 100 left out"
    ),
    ("\"title\":\"\(String(repeating: "x", count: 2_001))\"", "title cut at 2000 characters"),
  ])
  func `of JSON has a warning for each limit too`(field: String, warning: String) throws {
    let feed = try parse("{\"title\":\"T\",\"items\":[{},{\(field)}]}")
    #expect(feed.warnings == ["entry 2: \(warning)"])
  }

  /// A MiB of text is what an article keeps, four what an entry does.
  @Test(arguments: [(200_000, false, false), (530_000, true, false), (1_400_000, true, true)])
  func `says where text was cut`(words: Int, isCut: Bool, isEntryCut: Bool) throws {
    let item = "<description>\(String(repeating: "ab ", count: words))</description>"
    let entry = try parse("<rss><channel><item>\(item)</item></channel></rss>").entries.first
    #expect(entry?.isTruncated == isEntryCut)
    let article = try #require(try article(item))
    #expect(article.isTruncated == isCut)
    var writer = JSONWriter()
    article.write(to: &writer)
    #expect(writer.text.contains(",\"truncated\":true,") == isCut)
  }

  @Test func `is cut behind a paragraph, if one ends in the last half`() {
    #expect("<p>abcdef</p><p>bcd</p>".first(htmlParagraphs: 17) == "<p>abcdef</p>")
    #expect("<p>a</p>bcdefghijklmnopq".first(htmlParagraphs: 22) == "<p>a</p>bcdefghijklmno")
  }

  @Test(arguments: [
    ("aa\n\nbb\n\ncc", 8, "aa\n\nbb"), ("aa\n\nbb\n\ncc", 6, "aa"), ("aa\n\nbb", 6, "aa\n\nbb"),
    ("aaaa\nbb", 6, "aaaa\nb"), ("\n\naaaa", 4, "\n\naa"), ("aa\n\n\nbb", 5, "aa\n"),
    ("ééé", 3, "é"),
  ])
  func `has its text cut behind a paragraph`(text: String, limit: Int, cut: String) {
    #expect(text.first(paragraphs: limit) == cut)
  }

  @Test func `has text cut between scalars`() {
    #expect(
      "aé".first(bytes: 2) == "a" && "aé".first(bytes: 3) == "aé" && "é".first(bytes: 1) == "")
    #expect("e\u{301}x".first(scalars: 1) == "e" && "".first(bytes: 0) == "")
  }

  /// Each of these once took time that grows with the square of its size, or the stack, or could.
  static let tangled: [String] = [
    String(repeating: "<a>", count: 4_000) + String(repeating: "</b>", count: 100_000),
    "<category>" + String(repeating: "<b>", count: 4_000) + String(repeating: "x ", count: 100_000),
    "<title>" + String(repeating: "<b>", count: 30_000) + "x",
    String(repeating: "<a xmlns:b='c' xmlns:d='e' xmlns:f='g'>", count: 4_000)
      + String(repeating: "<z/>", count: 20_000),
    String(repeating: "<!-- ", count: 100_000), String(repeating: "<?x ", count: 100_000),
    String(repeating: "<!DOCTYPE [", count: 100_000),
    String(repeating: "<a b=\"c>", count: 100_000),
    String(repeating: "<![CDATA[", count: 100_000), String(repeating: "<a b='<c>", count: 100_000),
    "<a " + String(repeating: "b='c' ", count: 100_000) + "/>",
    items(of: String(repeating: "<author/>", count: 9_990)),
    items(of: String(repeating: "<news:news/>", count: 9_990)),
    items(of: String(repeating: "<news:publication>", count: 4_000)),
    items(of: String(repeating: "<image:image/>", count: 9_990)),
    String(
      repeating: "</item><item xml:base='/\(String(repeating: "b/", count: 400))'><link>x</link>",
      count: 2_000),
    String(repeating: "<a xml:base='b/'>", count: 4_000),
    String(repeating: "<item>", count: 60_000),
    String(repeating: "</item><item xmlns:a='http://www.w3.org/2005/Atom'>", count: 20_000),
    "<description><![CDATA[" + String(repeating: "<img width=1 height=1 src=/a>", count: 50_000),
  ]

  /// Twenty items that are full of `elements`.
  private static func items(of elements: String) -> String {
    String(repeating: "</item><item>" + elements, count: 20)
  }

  @Test(arguments: tangled.indices)
  func `is read in linear time`(index: Int) throws {
    let feed = try parse("<rss><channel><item><title>A</title>\(Self.tangled[index])")
    #expect(feed.entries.first?.title == "A")
  }
}
