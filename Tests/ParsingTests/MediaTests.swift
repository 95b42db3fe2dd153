import Core
import FoundationEssentials
import Testing

@testable import Parsing

@Suite("Media of an entry") struct MediaTests {
  static func entry(_ inside: String) throws -> ParsedEntry? {
    try EntryTests.entries(rss: "<item>\(inside)</item>").first
  }

  /// Each has one that comes before, and one that comes after it.
  @Test(
    arguments: [
      (
        "<media:thumbnail url='/a' width='75'/><media:thumbnail url='/b' width='800'/>"
          + "<media:thumbnail url='/c' width='800'/><media:content url='/d' type='image/png'/>", "b"
      ),
      ("<media:thumbnail url='/a'/><media:thumbnail url='/b'/>", "a"),
      ("<media:thumbnail width='99999999999999999999' url='/a'/>", "a"),
      (
        "<media:group><media:content><media:thumbnail url='/a'/></media:content></media:group>", "a"
      ),
      (
        "<image:image><image:loc>/b</image:loc></image:image><media:content medium='image' url='/a'/>",
        "a"
      ),
      ("<itunes:image href='/b'/><image:image><image:loc>/a</image:loc></image:image>", "a"),
      ("<enclosure url='/b' type='image/jpeg'/><itunes:image href='/a'/>", "a"),
      (
        "<description>&lt;img src='/c'></description><enclosure url='/b' type='audio/mpeg'/>"
          + "<enclosure url='/a' type='image/jpeg'/>", "a"
      ),
      (
        "<description>&lt;img src='/b'></description>"
          + "<content:encoded>&lt;IMG width=300 src=/a&amp;amp;b></content:encoded>", "a&b"
      ),
      (
        "<description>&lt;p>&lt;img height='1' width='1' src='/b'>&lt;img src='/a'></description>",
        "a"
      ),
      ("<description>&lt;img width='1' height='20' src='/a'></description>", "a"),
      ("<description>&lt;img src='data:image/gif;base64,x'>&lt;img src='/a'></description>", "a"),
      (
        "<description>&lt;!-- &lt;img src='/b'> -->&lt;img alt=''>&lt;imgx src='/c'></description>",
        nil
      ),
      ("<description>A word of &lt;images>.</description>", nil),
    ] as [(String, String?)])
  func `gives its image, the first of those that may be one`(item: String, image: String?) throws {
    #expect(try Self.entry(item)?.image == image.map { "https://n.example/\($0)" })
  }

  @Test func `gives the image of a text at the base of that text`() throws {
    let entry = try EntryTests.entry(
      atom: "<entry><content xml:base='/b/' type='html'>&lt;img src='x'></content></entry>")
    #expect(entry?.image == "https://n.example/b/x")
  }

  @Test(arguments: [
    ("\"image\":\"/a\",\"banner_image\":\"/b\",\"content_html\":\"<img src=/c>\"", "a"),
    ("\"banner_image\":\"/b\",\"content_html\":\"<img src=/c>\"", "b"),
    (
      "\"content_html\":\"<img src=/c>\",\"attachments\":[{\"url\":\"/d\",\"mime_type\":\"image/png\"}]",
      "d"
    ),
    ("\"content_html\":\"<img src=/c>\"", "c"),
  ])
  func `gives the image of a JSON feed's entry`(fields: String, image: String) throws {
    let feed = try ParsedFeed(
      parsing: Array("{\"title\":\"T\",\"items\":[{\(fields)}]}".utf8), base: "https://n.example/f",
      contentType: nil, contentLanguage: nil)
    #expect(feed.entries.first?.image == "https://n.example/\(image)")
  }

  @Test(arguments: [
    (
      "<enclosure url='/a' length='5'/><enclosure url='/a'/><enclosure url='/b' length='x'/>",
      ["a", "b"]
    ),
    (
      "<podcast:alternateEnclosure type='audio/opus' length='7'><podcast:source uri='ipfs://x'/>"
        + "<podcast:source uri='/b'/><podcast:source uri='https://n.example/c'/>"
        + "</podcast:alternateEnclosure><enclosure url='/a'/>", ["a", "c"]
    ),
    ("<podcast:alternateEnclosure type='audio/opus'/>", []),
    ("<media:content url='/a' type='image/png'/><media:content url='/b' type='video/mp4'/>", ["b"]),
    ("<media:group><media:content url='/b' type='audio/mpeg'/></media:group>", ["b"]),
    ("<media:content url='/b' type='audio/mpeg'/><enclosure url='/a'/>", ["a"]),
  ])
  func `are what it encloses, each once`(item: String, files: [String]) throws {
    #expect(
      try Self.entry(item)?.enclosures.map(\.url) == files.map { "https://n.example/\($0)" })
  }

  @Test func `have a type and a length where these are given`() throws {
    let item =
      "<podcast:alternateEnclosure type='audio/opus' length='7'>"
      + "<podcast:source uri='https://n.example/c'/></podcast:alternateEnclosure>"
    let enclosure = ParsedEnclosure(url: "https://n.example/c", type: "audio/opus", length: 7)
    #expect(try Self.entry(item)?.enclosures == [enclosure])
  }

  @Test(arguments: [
    ("<itunes:keywords>gempa, Jawa ,,gempa</itunes:keywords>", ["gempa", "Jawa"]),
    ("<media:keywords>a</media:keywords><itunes:keywords>b</itunes:keywords>", ["a", "b"]),
    ("<tags>a,b</tags><keywords>c</keywords><category>d</category>", ["d", "a", "b", "c"]),
    ("<itunes:category text='A'><itunes:category text='B'/></itunes:category>", ["A", "B"]),
    ("<category>Q&amp;amp;A</category><dc:subject>x</dc:subject>", ["Q&A", "x"]),
    ("<media:category label='l'>a/b</media:category>", ["a/b"]),
    ("<atom:category term='t' label='L'/><atom:category term='u' label='u'/>", ["t", "L", "u"]),
  ])
  func `stand beside what it is filed under`(item: String, categories: [String]) throws {
    #expect(try Self.entry(item)?.categories == categories)
  }
}
