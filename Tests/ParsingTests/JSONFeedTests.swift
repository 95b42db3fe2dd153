import Core
import FoundationEssentials
import Testing

@testable import Parsing

@Suite("A JSON Feed") struct JSONFeedTests {
  func parse(_ text: String) throws -> ParsedFeed {
    try ParsedFeed(
      parsing: Array(text.utf8), base: "https://n.example/feed.json", contentType: nil,
      contentLanguage: nil)
  }

  @Test func `gives all its fields`() throws {
    let feed = try parse(
      """
      \u{feff}{"version":"https://jsonfeed.org/version/1.1","title":" T\\n ","home_page_url":"/","feed_url":"f",
      "description":"d","language":"id_ID","hubs":[{"type":"WebSub","url":"https://h.example/"}],"items":[
      {"id":"a","url":"/a","external_url":"/x","title":"A &amp; b","content_html":"<p>c</p>","content_text":"t",
      "summary":"s","date_published":"2024-05-16T12:27:00+07:00","date_modified":"2024-05-16T06:27:00Z",
      "authors":[{"name":"Rina"},{"name":""}],"author":{"name":"Old"},"tags":["x","y"],"language":"en",
      "image":"/i.png","banner_image":"/b.png",
      "attachments":[{"url":"/m.mp3","mime_type":"audio/mpeg","size_in_bytes":12},{"mime_type":"x"}]}]}
      """)
    #expect(feed.format == "json11" && feed.title == "T" && feed.home == "https://n.example/")
    #expect(feed.selfAddress == "https://n.example/f" && feed.hub == "https://h.example/")
    #expect(feed.language == "id-ID" && feed.description == "d")
    let entry = try #require(feed.entries.first)
    #expect(entry.id == "a" && entry.url == "https://n.example/a" && entry.title == "A &amp; b")
    #expect(entry.content == "<p>c</p>" && entry.summary == "s" && entry.authors == ["Rina"])
    #expect(entry.published == Date(timeIntervalSince1970: 1_715_837_220))
    #expect(entry.updated == Date(timeIntervalSince1970: 1_715_840_820))
    #expect(entry.categories == ["x", "y"] && entry.language == "en")
    #expect(entry.image == "https://n.example/i.png")
    #expect(
      entry.enclosures == [
        ParsedEnclosure(url: "https://n.example/m.mp3", type: "audio/mpeg", length: 12)
      ])
  }

  @Test(
    arguments: [
      ("7", "7"), ("-1", "-1"), ("1.5", "1.5"), ("\" a \"", "a"), ("\"\"", nil), ("\" \"", nil),
      ("null", nil), ("[]", nil), ("1e400", nil),
    ] as [(String, String?)])
  func `has ids as strings, and none that are empty`(json: String, id: String?) throws {
    let feed = try? parse("{\"title\":\"T\",\"items\":[{\"id\":\(json),\"title\":\"A\"}]}")
    #expect(feed?.entries.first?.id == id)
  }

  @Test(arguments: [
    ("one\\ntwo", "one<br>two"), ("one\\r\\ntwo", "one<br>two"), ("a < b & c", "a &lt; b &amp; c"),
    ("<\u{338}script>", "&lt;\u{338}script>"),
  ])
  func `escapes content that is text`(text: String, content: String) throws {
    let feed = try parse("{\"title\":\"T\",\"items\":[{\"content_text\":\"\(text)\"}]}")
    #expect(feed.entries.first?.content.map { Array($0.utf8) } == Array(content.utf8))
  }

  @Test(arguments: [
    "{\"title\":\"T\",\"items\":[{\"title\":\"a\tb\"}]}",
    "{\"title\":\"T\",\"items\":[\n{\"title\":\"a\nb\"}]}",
    "{\"title\":\"T\",\"items\":[{\"title\":\"a\u{1} b\"}]}",
    "{\"title\":\"T\",\"items\":[{\"title\":\"a\\u0000 \\u202eb\"}]}",
  ])
  func `loses nothing by a control in a string`(text: String) throws {
    #expect(try parse(text).entries.first?.title == "a b")
  }

  @Test(arguments: [
    ("{\"title\":\"T\",\"items\":[{\"title\":\"a\"},", 1, 37), ("{\n\"items\":[}", 2, 10),
    ("{\"title\":\"T\",\"items\":[]} x", 1, 26),
  ])
  func `that is cut off or damaged says where`(text: String, line: Int, column: Int) {
    #expect {
      try parse(text)
    } throws: { error in
      guard case .json(line, column, _) = error as? FeedParseError else { return false }
      return true
    }
  }

  @Test func `has no address that runs`() throws {
    let feed = try parse(
      "{\"title\":\"T\",\"items\":[{\"id\":\"a\",\"url\":\"javascript:x()\",\"external_url\":\"https://o.example/\"}]}"
    )
    #expect(feed.entries.first?.url == "https://o.example/")
  }

  @Test func `nested without end is an error, not a fall`() {
    #expect(throws: FeedParseError.self) { try parse(String(repeating: "[", count: 1 << 20)) }
    #expect(throws: FeedParseError.self) {
      try parse("{\"title\":\"T\",\"items\":" + String(repeating: "{\"a\":", count: 1 << 18))
    }
  }

  @Test(arguments: [
    ("{\"items\":[{\"id\":1}]}", false), ("{\"title\":\"T\",\"items\":[]}", true),
    ("{\"items\":[{\"content_text\":\"a\"}]}", true),
    ("{\"home_page_url\":\"/\",\"items\":[]}", true), ("{\"title\":\"T\"}", false),
    ("{\"version\":\"https://jsonfeed.org/version/1.1\"}", true),
    ("{\"version\":\"2\",\"items\":[]}", false), ("[{\"title\":\"T\"}]", false),
  ])
  func `without its version needs entries, and a sign that they are a feed's`(
    json: String, isFeed: Bool
  ) {
    #expect(((try? parse(json)) != nil) == isFeed)
  }

  @Test(arguments: [
    ("\"authors\":{\"name\":\"R\"}", ["R"]), ("\"authors\":\"R\"", ["R"]),
    ("\"authors\":[\"R\",\"S\"]", ["R", "S"]),
    ("\"author\":{\"name\":\"R\"}", ["R"]), ("\"author\":\"R\"", ["R"]),
    ("\"author\":[{\"name\":\"R\"}]", ["R"]),
    ("\"authors\":[],\"author\":\"R\"", ["R"]), ("\"authors\":null", []), ("\"author\":7", ["7"]),
  ])
  func `has its authors in whatever shape they come`(json: String, authors: [String]) throws {
    #expect(try parse("{\"title\":\"T\",\"items\":[{\(json)}]}").entries.first?.authors == authors)
  }

  @Test(arguments: [
    ("[\"x\",\" y \",7]", ["x", "y", "7"]), ("\"x\"", ["x"]), ("null", []), ("{}", []),
  ])
  func `has tags in a list, or one alone`(tags: String, categories: [String]) throws {
    let feed = try parse("{\"title\":\"T\",\"items\":[{\"tags\":\(tags)}]}")
    #expect(feed.entries.first?.categories == categories)
  }

  @Test func `has no hub that runs`() throws {
    let feed = try parse("{\"title\":\"T\",\"items\":[],\"hubs\":[{\"url\":\"javascript:x()\"}]}")
    #expect(feed.hub == nil)
  }

  @Test(
    arguments: [
      ("12", 12), ("\"12\"", 12), ("-1", nil), ("\"many\"", nil), ("null", nil), ("1.5", nil),
    ] as [(String, Int?)])
  func `has lengths that are numbers, or none`(size: String, length: Int?) throws {
    let json =
      "{\"title\":\"T\",\"items\":[{\"attachments\":[{\"url\":\"/a\",\"size_in_bytes\":\(size)}]}]}"
    #expect(try parse(json).entries.first?.enclosures.first?.length == length)
  }
}
