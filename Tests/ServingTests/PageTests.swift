import Core
import Foundation
import Testing

@testable import Serving

@Suite("The page") struct PageTests {
  static func page(title: String) -> Page {
    let article = Article(
      id: Article.ID("a"), feed: Feed.ID("wire"), url: "javascript:alert(1)", title: title,
      seen: Date(timeIntervalSince1970: 0))
    let alert = Alert(
      id: Alert.ID("x"), rule: "quake", ruleRevision: "0", severity: .warning, state: .fired,
      at: Date(timeIntervalSince1970: 0), reason: "new", article: Alert.ArticleSummary(article))
    return Page { PageContent(alerts: [(alert, 7)], troubles: [(Feed.ID("f"), "HTTP 500")]) }
  }

  func ask(_ path: String, _ method: String = "GET", _ headers: [String: String] = [:]) async
    -> Answer
  {
    await Self.page(title: "<script>x</script> & \"q\"").respond(
      to: Question(method: method, path: path, headers: headers))
  }

  @Test func `escapes what comes from feeds, and links only to the web`() async {
    let answer = await ask("/")
    let text = String(decoding: answer.body, as: UTF8.self)
    #expect(answer.status == 200)
    #expect(text.contains("&lt;script&gt;x&lt;/script&gt; &amp; &quot;q&quot;"))
    #expect(!text.contains("<script") && !text.contains("javascript:"))
    #expect(
      answer.headers.contains {
        $0.name == "Content-Security-Policy" && $0.value.contains("default-src 'none'")
      })
  }

  @Test func `is JSON for programs`() async throws {
    for answer in [
      await ask("/alerts.json"), await ask("/", "GET", ["accept": "application/json"]),
    ] {
      let json = try JSONValue(parsing: answer.body)
      #expect(json["alerts"]?.array?.first?["cursor"]?.string == "7")
    }
  }

  @Test(arguments: [("/nowhere", "GET", 404), ("/", "POST", 405), ("/healthz", "GET", 200)])
  func `answers others plainly`(path: String, method: String, status: Int) async {
    #expect(await ask(path, method).status == status)
  }

  @Test func `says so when the views cannot be read, and shows nothing of why`() async {
    struct Broken: Error {}
    for path in ["/", "/alerts.json", "/healthz"] {
      let answer = await Page { throw Broken() }.respond(
        to: Question(method: "GET", path: path, headers: [:]))
      #expect(answer.status == 503)
      #expect(String(decoding: answer.body, as: UTF8.self) == "the views cannot be read\n")
    }
  }

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
}
