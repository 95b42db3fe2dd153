import Core
import FoundationEssentials
import Support
import Testing

@testable import Parsing

@Suite("Any document") struct DamageTests {
  static let good = FeedSample.all

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
