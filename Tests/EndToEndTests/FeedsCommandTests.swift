import Core
import Foundation
import Projections
import Support
import Testing

@Suite("The feeds command") struct FeedsCommandTests {
  static let feed =
    "<rss version=\"2.0\"><channel><title>Kabar\u{202e} Pagi</title><item><title>A</title>"
    + "<pubDate>Thu, 16 May 2024 12:27:00 WIB</pubDate></item></channel></rss>"

  static let page =
    "<!DOCTYPE html><title>Beranda</title>"
    + "<link rel=alternate type=application/rss+xml href=/comments/feed/>"
    + "<link rel=alternate type=application/rss+xml href=/feed/>"

  /// Serves a feed, a page that names two, one that names none, and an image.
  private func server() throws -> LocalServer {
    try LocalServer { request in
      switch request.target {
      case "/feed/": .answer(200, [("Content-Type", "application/rss+xml")], Self.feed)
      case "/page": .answer(200, [("Content-Type", "text/html")], Self.page)
      case "/moved": .redirect(301, to: "/feed/")
      case "/empty-page": .answer(200, [("Content-Type", "text/html")], "<html><title>X</title>")
      case "/image": .answer(200, [("Content-Type", "image/png")], [0x89, 0x50, 0x4E, 0x47])
      default: .answer(404, [], "")
      }
    }
  }

  @Test func `add shows a feed and the lines to paste`() throws {
    let server = try server()
    let installation = try Installation("page: none\n")
    for path in ["/feed/", "/moved"] {
      let outcome = try installation.run("feeds", "add", "--private-network", server.address(path))
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(
        outcome.lines == [
          "# Kabar Pagi, rss2, 1 entry, newest 2024-05-16T05:27:00Z", "feeds:",
          "  - {name: 127, url: \"\(server.address("/feed/"))\", private_network: true}",
        ], "\(outcome.output)")
      // What it prints is a configuration.
      #expect(try Installation("page: none\n" + outcome.output).run("check").status == 0)
    }
  }

  @Test func `add finds the feeds behind a page, that of the comments last`() throws {
    let server = try server()
    let installation = try Installation("feeds: [{name: \"127\", url: \"http://n.example/\"}]\n")
    let outcome = try installation.run("feeds", "add", "--private-network", server.address("/page"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.lines == [
        "# \(server.address("/page")): a page «Beranda» that names 2 feeds, the likeliest first",
        "feeds:",
        "  - {name: 127-2, url: \"\(server.address("/feed/"))\", private_network: true}",
        "#  - {name: 127-3, url: \"\(server.address("/comments/feed/"))\", private_network: true}",
      ], "\(outcome.output)")
    #expect(server.requests.count == 1)
    let agent = try #require(server.requests.first?["user-agent"])
    #expect(agent.hasPrefix("Tidings/"))
  }

  @Test(arguments: [
    ("/empty-page", 2, "a page «X» that names no feed; look on it for a link"),
    ("/image", 65, "not a feed: found a PNG image; check the address"), ("/404", 1, "404"),
  ])
  func `add says what it found instead`(path: String, status: Int32, words: String) throws {
    let server = try server()
    let outcome = try Installation("page: none\n").run(
      "feeds", "add", "--private-network", server.address(path))
    #expect(outcome.status == status)
    #expect(outcome.errors.hasPrefix(server.address(path) + ": "), "\(outcome.errors)")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test func `P15: add sends one request, which the daemon's distance counts`() throws {
    let server = try server()
    let installation = try Installation("page: none\n")
    #expect(
      try installation.run("feeds", "add", "--private-network", server.address("/page")).status == 0
    )
    #expect(!FileManager.default.fileExists(atPath: installation.path("data")))
    #expect(try installation.run("run", "--once").status == 0)
    let now = Date()
    #expect(
      try installation.run("feeds", "add", "--private-network", server.address("/page")).status == 0
    )
    #expect(server.requests.count == 2)
    let sites = try StateStore(installation.path("data/state.sqlite")).loadSites()
    let site = try #require(sites["127.0.0.1:\(server.port)"])
    #expect(site.requests == 1 && site.bytes > 100)
    #expect(try #require(site.lastStart) >= now - 1)
  }

  @Test func `add stays out of private networks unless it is told`() throws {
    let server = try server()
    let outcome = try Installation("page: none\n").run("feeds", "add", server.address("/feed/"))
    #expect(outcome.status == 1)
    #expect(server.requests.isEmpty)
    #expect(try Installation("page: none\n").run("feeds", "add", "http://[::1/").status == 1)
  }

  @Test func `import prints a subscription list as configuration, export as a list again`() throws {
    let list = """
      <opml version="2.0"><body><outline text="dunia">
      <outline type="rss" text="Kabar \u{1b}[31mA" xmlUrl="https://a.example/feed?x=1&amp;y=2"/></outline>
      <outline type="rss" text="B" xmlUrl="https://www.b.example/"/></body></opml>
      """
    let outcome = try Installation("page: none\n").run("feeds", "import", "-", input: list)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.lines == [
        "feeds:", "  # Kabar [31mA",
        "  - {name: a, url: \"https://a.example/feed?x=1&y=2\", tags: [\"dunia\"]}", "  # B",
        "  - {name: b, url: \"https://www.b.example/\"}",
      ], "\(outcome.output)")
    let installed = try Installation("page: none\n" + outcome.output)
    let exported = try installed.run("feeds", "export")
    #expect(exported.status == 0)
    let again = try Installation("page: none\n").run("feeds", "import", "-", input: exported.output)
    #expect(again.lines.sorted().suffix(3) == outcome.lines.sorted().suffix(3))
    // What is followed already is not printed again.
    #expect(try installed.run("feeds", "import", "-", input: list).lines == ["feeds:"])
  }

  @Test(arguments: [("<rss/>", 65), ("<opml><body/></opml>", 2)])
  func `import of something else says so`(text: String, status: Int32) throws {
    let outcome = try Installation("page: none\n").run("feeds", "import", "-", input: text)
    #expect(outcome.status == status && outcome.output.isEmpty)
  }
}

@Suite("The parse command") struct ParseCommandTests {
  @Test(arguments: [
    (
      "<!DOCTYPE html><html><head><title>Beranda</title><link rel=alternate "
        + "type=application/rss+xml href=/feed></head>", 65,
      "not a feed: found <html> «Beranda»; it names /feed"
    ),
    ("\u{89}PNG", 65, "not a feed: found text; check the address"),
    ("", 65, "not a feed: the document is empty"),
    ("  \n", 65, "not a feed: the document is empty; ask again later"),
    ("GIF89a", 65, "not a feed: found a GIF image; check the address"),
    (
      "<opml><body><outline xmlUrl=\"https://a.example/\"/></body></opml>", 65,
      "not a feed: found a subscription list of 1 feed; use `tidings feeds import`"
    ),
    ("{\"a\": ", 65, "not a feed: JSON line 1, column 7"),
    ("{\"a\": 1}", 65, "not a feed: found JSON that is no feed; check the address"),
    ("<svg></svg>", 65, "not a feed: found <svg>; check the address"),
  ])
  func `says on both outputs what it got`(document: String, status: Int32, error: String) throws {
    let outcome = try Installation.run(["parse"], input: document)
    #expect(outcome.status == status)
    let json = try JSONValue(parsing: Array(outcome.output.utf8))
    #expect(json["error"]?.string?.hasPrefix(error) == true, "\(outcome.output)")
    #expect(outcome.errors.hasPrefix("standard input: " + error), "\(outcome.errors)")
  }

  @Test func `gives title and feeds of a page to programs`() throws {
    let page =
      "<html><title>A\u{202e}B</title><link rel=alternate type=application/atom+xml href=f>"
    let outcome = try Installation.run(
      ["parse", "--base", "https://n.example/x/"], input: page)
    let json = try JSONValue(parsing: Array(outcome.output.utf8))
    #expect(json["found"]?.string == "<html>" && json["title"]?.string == "AB")
    #expect(json["feeds"]?.array?.compactMap(\.string) == ["https://n.example/x/f"])
  }

  @Test func `reads a torn document as far as it goes and warns`() throws {
    let torn = "<rss><channel><item><title>A</title></item><item><title>B</ti"
    let outcome = try Installation.run(["parse"], input: torn)
    #expect(outcome.status == 0)
    let json = try JSONValue(parsing: Array(outcome.output.utf8))
    #expect(json["entries"]?.array?.count == 2)
    #expect(json["warnings"]?.array?.isEmpty == false)
  }
}
