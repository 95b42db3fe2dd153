import Core
import Foundation
import Testing

@testable import Parsing

/// Every nasty input that is known from the wild, and what has to become of it.
@Suite("A nasty document") struct NastyTests {
  /// One input; `number` groups those that belong together.
  struct Row: Sendable, CustomTestStringConvertible {
    var number: Int
    var what: String
    var document: [UInt8]
    var contentType: String?
    var holds: @Sendable (Result<ParsedFeed, FeedParseError>) -> Bool

    var testDescription: String { "\(number): \(what)" }

    init(
      _ number: Int, _ what: String, _ document: [UInt8], type: String? = nil,
      holds: @escaping @Sendable (Result<ParsedFeed, FeedParseError>) -> Bool
    ) {
      (self.number, self.what, self.document, contentType) = (number, what, document, type)
      self.holds = holds
    }

    init(
      _ number: Int, _ what: String, _ document: String, type: String? = nil,
      _ holds: @escaping @Sendable (ParsedFeed) -> Bool
    ) {
      self.init(number, what, Array(document.utf8), type: type, holds)
    }

    init(
      _ number: Int, _ what: String, _ document: [UInt8], type: String? = nil,
      _ holds: @escaping @Sendable (ParsedFeed) -> Bool
    ) {
      self.init(number, what, document, type: type) { result in
        if case .success(let feed) = result { holds(feed) } else { false }
      }
    }

    init(_ number: Int, _ what: String, _ document: String, throws error: FeedParseError) {
      self.init(number, what, Array(document.utf8)) { $0 == .failure(error) }
    }
  }

  @Test(arguments: encodings + damage + text + dates + identity + formats + limits)
  func `ends as it must`(row: Row) {
    let result = Result { () throws(FeedParseError) in
      try ParsedFeed(
        parsing: row.document, base: "https://n.example/feed", contentType: row.contentType,
        contentLanguage: nil)
    }
    #expect(row.holds(result), "\(result)".first(1_000))
  }

  /// 54: two polls that differ in nothing that counts.
  @Test(arguments: polls)
  func `is no news when it is polled again`(what: String, first: String, second: String) throws {
    let feed = Feed(id: Feed.ID("wire"), url: "https://n.example/feed")
    let articles = try [first, second].map { document in
      try ParsedFeed(
        parsing: Array(document.utf8), base: feed.url, contentType: nil, contentLanguage: nil
      ).articles(in: feed, seen: Date(timeIntervalSince1970: 1_715_837_220))
    }
    #expect(articles[0].count == 2)
    #expect(articles[1].sorted { $0.id < $1.id } == articles[0].sorted { $0.id < $1.id }, "\(what)")
  }

  static let polls: [(String, String, String)] = {
    let (one, two) = (entry(1), entry(2))
    return [
      ("another order", rss(one + two), rss(two + one)),
      (
        "another date of its build", rss(one + two),
        rss(
          one + two, "<title>T</title><lastBuildDate>Thu, 16 May 2024 05:27:00 GMT</lastBuildDate>")
      ),
      ("another ttl", rss(one + two), rss(one + two, "<title>T</title><ttl>5</ttl>")),
      (
        "counts of comments", rss(entry(1, "<slash:comments>3</slash:comments>") + two),
        rss(
          entry(
            1,
            "<slash:comments>4</slash:comments><atom:link rel='replies' thr:count='4' href='/r'/>")
            + two)
      ),
      ("white space", rss(one + two), rss("\n  " + one + "\n\n" + two + "\n")),
    ]
  }()

  private static func entry(_ number: Int, _ more: String = "") -> String {
    "<item><guid>\(number)</guid><title>A\(number)</title><link>/\(number)</link>"
      + "<description>Isi</description>\(more)</item>"
  }

  @Test func `has each of its kinds in the table`() {
    let rows = Self.encodings + Self.damage + Self.text + Self.dates + Self.identity + Self.formats
    // 54 is what two polls do: the test above.
    #expect(Set((rows + Self.limits).map(\.number)) == Set(1...53))
  }

  // MARK: Making documents

  static func rss(_ items: String, _ head: String = "<title>T</title>") -> String {
    "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>\(head)\(items)</channel></rss>"
  }

  static func titled(_ title: String) -> String { rss("<item><title>\(title)</title></item>") }

  static func atom(_ entries: String) -> String {
    "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title>\(entries)</feed>"
  }

  /// A document whose title is given bytes, under a declaration.
  static func titled(_ bytes: [UInt8], declared encoding: String?) -> [UInt8] {
    let declaration = encoding.map { "<?xml version=\"1.0\" encoding=\"\($0)\"?>" } ?? ""
    return Array((declaration + "<rss><channel><item><title>").utf8) + bytes
      + Array("</title></item></channel></rss>".utf8)
  }

  static func title(_ wanted: String) -> @Sendable (ParsedFeed) -> Bool {
    { $0.entries.first?.title == wanted }
  }
}

extension String {
  /// So much of a long message as one can read.
  fileprivate func first(_ count: Int) -> Comment { Comment(rawValue: String(prefix(count))) }
}
