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

  @Test func `has each of its kinds in the table`() {
    let rows = Self.encodings + Self.damage + Self.text + Self.dates + Self.identity + Self.formats
    // 54 is what two polls do: the identity suite shows it.
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
