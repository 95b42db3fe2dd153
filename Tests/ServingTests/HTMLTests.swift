import Core
import Foundation
import Testing

@testable import Serving

@Suite("HTML") struct HTMLTests {
  @Test(arguments: [
    ("https://n.example/?a=1&b=\"x\"", "href=\"https://n.example/?a=1&amp;b=&quot;x&quot;\""),
    ("http://n.example/'><script>", "href=\"http://n.example/&#39;&gt;&lt;script&gt;\""),
  ])
  func `keeps an address inside its attribute`(url: String, attribute: String) {
    var html = HTML()
    html.link(url, "x")
    #expect(html.text.contains(attribute))
  }

  @Test(arguments: [
    "javascript:alert(1)", "JavaScript:alert(1)", " https://n.example", "data:text/html,x",
    "//n.example", "",
  ])
  func `links to nothing but the web`(url: String) {
    var html = HTML()
    html.link(url, "<x>")
    #expect(html.text == "&lt;x&gt;")
  }

  @Test func `keeps what Persian is spelt with, and drops what turns other text`() {
    var html = HTML()
    html.add("می\u{200c}خواهم\u{200f}\u{202e}\u{2066}x")
    #expect(html.text == "می\u{200c}خواهم\u{200f}\u{FFFD}\u{FFFD}x")
  }

  /// What a title could be taken for by a browser, a terminal or a reader of feeds.
  static let hostile = [
    "</title><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x",
    "javascript:alert(1)", "]]><x/>", "<!--", "&lt;script&gt;", "\u{202e}gpj.exe",
    "\u{1b}[2J\u{9b}31m",
    "a\r\nSet-Cookie: a=b\r\n\r\n<h1>", "data: x\n\nevent: alert", "</svg><script>", "{{secret}}",
    "<base href=//evil.example>", String(repeating: "e\u{301}", count: 10_000),
  ]

  @Test(arguments: hostile) func `of every view holds a title as text and nothing else`(
    title: String
  )
    async throws
  {
    let plain = PageTests.page(title: "plain words")
    let page = PageTests.page(title: title)
    for target in PageTests.views {
      let text = PageTests.text(await PageTests.ask(target, of: page))
      let usual = PageTests.text(await PageTests.ask(target, of: plain))
      // The same elements, whatever a title says; a word diff alone depends on it.
      #expect(Self.tags(text) == Self.tags(usual), "\(target)")
      for scalar: Unicode.Scalar in ["\u{9b}", "\u{1b}", "\u{202e}"] {
        #expect(!text.unicodeScalars.contains(scalar), "\(target)")
      }
      let json = await PageTests.ask(target, ["accept": "application/json"], of: page)
      _ = try JSONValue(parsing: json.body)
    }
  }

  /// The names of the elements, in order; those that mark text may stand any number of times.
  private static func tags(_ text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: "<")).dropFirst()
      .compactMap { String($0.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ">") }) }
      .filter { !["del", "/del", "ins", "/ins", "mark", "/mark", "p", "/p"].contains($0) }
  }

  @Test func `marks what made a rule fire`() async {
    let text = PageTests.text(await PageTests.ask("/"))
    #expect(text.contains("<mark>Gempa</mark> di Palu</a>"))
  }

  @Test func `shows an edit as what went and what came`() async {
    let text = PageTests.text(await PageTests.ask("/articles/a1"))
    #expect(text.contains("<del>besar </del>"), "\(text)")
    #expect(text.contains(">number</span>") && text.contains(">stealth</span>"))
  }

  @Test func `says whose copy an article is`() async {
    let text = PageTests.text(await PageTests.ask("/stories/s1"))
    #expect(text.contains(">copy</span>") && text.contains("the same text as"))
    #expect(text.contains(">first</span>") && text.contains(">+1h2m</span>"))
  }
}
