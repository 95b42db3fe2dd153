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
    (String(repeating: "<item/>", count: 50_001), "1 entries beyond 50000 left out"),
  ])
  func `has a warning for each limit it goes beyond`(items: String, warning: String) throws {
    let feed = try parse("<rss><channel>\n\(items)</channel></rss>")
    #expect(feed.warnings.contains(warning))
    #expect(feed.warnings.count == 1 && !feed.entries.isEmpty)
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
