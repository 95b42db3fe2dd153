import Core
import FoundationEssentials
import Support
import Testing

@testable import Parsing

@Suite("Any document") struct DamageTests {
  static let good: [[UInt8]] = [
    """
    <?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY a "b">]>
    <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xml:base="/b/"><channel><title>T</title>
    <!-- c --><item><title>A &amp; <![CDATA[<b>b</b>]]></title><link>/a?x=1&y=2</link><guid>g&#8230;1</guid>
    <pubDate>Kamis, 16 Mei 2024 12:27 WIB</pubDate><dc:creator>R (a@n.example)</dc:creator><category>x</category>
    <description>&lt;p onclick="x()"&gt;a&lt;a href="/b" srcset="/c 1x, d 2x"&gt;b&lt;/a&gt;</description></item>
    <item><title>B</title><enclosure url="/m" length="12" type="audio/mpeg"/></item></channel></rss>
    """,
    """
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id"><title type="html">T</title><entry><id>urn:1</id>
    <title type="xhtml"><x:div>A</x:div></title><link rel="alternate" href="x"/><updated>2024-05-16T05:27:00Z</updated>
    <content type="application/octet-stream">PGI+eDwvYj4=</content><author><name>R</name></author></entry></feed>
    """,
    """
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/>
    <item rdf:about="https://n.example/1"><title>\u{41f}\u{443}\u{442}\u{438}\u{43d} \u{4e2d}\u{56fd}</title></item></rdf:RDF>
    """,
    """
    {"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":7,"title":"A \\ud83d\\ude00 \\n",
    "content_text":"a < b","date_published":"2024-05-16T05:27:00Z","tags":["x"],"attachments":[{"url":"m"}]}]}
    """,
  ].map { Array($0.utf8) }

  static let types = [nil, "text/xml; charset=utf-16", "a/b; charset=shift_jis", "x; charset=big5"]

  /// Reads `bytes`, makes what can be made of them, and gives the number of entries; nil for an error.
  @discardableResult func read(_ bytes: [UInt8], _ type: String? = nil) -> Int? {
    guard
      let feed = try? ParsedFeed(
        parsing: bytes, base: "https://n.example/feed", contentType: type, contentLanguage: "id")
    else { return nil }
    let json = try? JSONValue(parsing: feed.json)
    #expect(json?["entries"]?.array?.count == feed.entries.count)
    let followed = Feed(id: Feed.ID("wire"), url: "https://n.example/feed")
    let articles = feed.articles(in: followed, seen: Date(timeIntervalSince1970: 1_800_000_000))
    #expect(Set(articles.map(\.id)).count == articles.count)
    for article in articles {
      let words = article.title + article.text
      #expect(
        !words.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
      for address in [article.url, article.image].compactMap({ $0 }) {
        #expect(!address.lowercased().hasPrefix("javascript:"))
      }
    }
    return feed.entries.count
  }

  @Test(arguments: 0..<good.count)
  func `cut anywhere loses no entry but the last`(index: Int) {
    let whole = Self.good[index]
    var before = 0
    for end in 0...whole.count {
      guard let count = read(Array(whole[..<end])) else { continue }
      #expect(count >= before && count <= before + 1, "cut at \(end)")
      before = count
    }
    #expect(before == (index == 0 ? 2 : 1))
  }

  @Test(arguments: 0..<good.count)
  func `with any byte changed is a result or an error`(index: Int) {
    let damage = [0x3C, 0x22, 0xFF, 0x3E, 0, 0x26, 0x5D, 0x80] as [UInt8]
    for place in Self.good[index].indices {
      var bytes = Self.good[index]
      bytes[place] = damage[place % damage.count]
      read(bytes)
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `of mutated or random bytes is a result or an error`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for round in 0..<60 {
      var bytes = Self.good[Int.random(in: 0..<Self.good.count, using: &random)]
      for _ in 0..<Int.random(in: 1...8, using: &random) { random.damage(&bytes) }
      if round % 8 == 0 {
        bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
          .random(in: 0...255, using: &random)
        }
      }
      let type = Self.types[Int.random(in: 0..<Self.types.count, using: &random)]
      let first = read(bytes, type)
      #expect(first == read(bytes, type), "seed \(seed), round \(round)")
    }
  }

  @Test(arguments: 0..<good.count)
  func `read twice is the same`(index: Int) throws {
    let feeds = try (0..<2).map { _ in
      try ParsedFeed(
        parsing: Self.good[index], base: nil, contentType: nil, contentLanguage: nil)
    }
    #expect(feeds[0] == feeds[1])
  }
}

extension SeededGenerator {
  /// Changes, takes out, doubles or puts in a piece.
  fileprivate mutating func damage(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: bytes.indices, using: &self)
    let end = min(bytes.count, place + Int.random(in: 1...40, using: &self))
    switch Int.random(in: 0..<4, using: &self) {
    case 0: bytes[place] = .random(in: 0...255, using: &self)
    case 1: bytes.removeSubrange(place..<end)
    case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
    default:
      let pieces = [
        "<item>", "</item>", "<![CDATA[", "]]>", "<!--", "&#", "\"", "\\u", "<a b='", "&#x202E;",
      ]
      bytes.insert(contentsOf: pieces[Int.random(in: pieces.indices, using: &self)].utf8, at: place)
    }
  }
}
