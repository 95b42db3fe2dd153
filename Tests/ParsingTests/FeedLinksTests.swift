import Testing

@testable import Parsing

@Suite("The feeds of a page") struct FeedLinksTests {
  private func links(_ page: String, base: String? = "https://n.example/p/q") -> FeedLinks {
    FeedLinks(html: Array(page.utf8), base: base)
  }

  @Test func `are absolute, with their titles`() {
    let page = """
      <title> Kabar\n Pagi &amp; Sore </title>
      <link rel="alternate" type="application/rss+xml" title="Semua &amp; baru" href="/a?x=1&amp;y=2">
      <link rel="ALTERNATE home" type="application/atom+xml" href="b">
      <link rel="stylesheet" type="text/css" href="c"><link rel="alternate" hreflang="id" href="d">
      <link rel="alternate" type="application/feed+json" href="https://o.example/e">
      <link rel="alternate" type="application/rss+xml" href="javascript:x()">
      <script>'<link rel=alternate type=rss href=f>'</script><link rel=feed href=g>
      """
    let found = links(page)
    #expect(
      found.feeds.map(\.url) == [
        "https://n.example/a?x=1&y=2", "https://n.example/p/b", "https://o.example/e",
        "https://n.example/p/g",
      ])
    #expect(found.feeds[0].title == "Semua & baru" && found.feeds[1].title == nil)
    #expect(found.title == "Kabar Pagi & Sore")
  }

  @Test(arguments: [
    // Feeds of comments stand last, whatever their order.
    (
      "<link rel=alternate type=application/rss+xml href=/comments/feed/>"
        + "<link rel=alternate type=application/rss+xml href=/feed/>",
      ["https://n.example/feed/", "https://n.example/comments/feed/"]
    ),
    (
      "<base href='https://o.example/x/'><link rel=alternate type=application/rss+xml href=f>",
      ["https://o.example/x/f"]
    ),
    ("<link rel=service type=application/atomsvc+xml href=/s>", ["https://n.example/s"]),
    ("<meta name=generator content='WordPress 6.5'>", ["https://n.example/feed/"]),
    (
      "<meta name=generator content='WordPress 6.5'><link rel=alternate type=text/rss href=/r>",
      ["https://n.example/r"]
    ),
    (
      "<link rel=alternate type=rss href=/a><link rel=alternate type=rss href=/a>",
      ["https://n.example/a"]
    ),
    ("<!-- <link rel=alternate type=rss href=/a> --><p>x", []), ("", []),
    ("<link rel=alternate", []),
  ])
  func `are found where pages name them`(page: String, urls: [String]) {
    #expect(links(page).feeds.map(\.url) == urls)
  }

  @Test func `are twenty at most`() {
    let many = (0..<100).map { "<link rel=alternate type=rss href=/\($0)>" }.joined()
    #expect(links(many).feeds.count == 20)
  }

  @Test func `without an address of the page stay as written`() {
    #expect(links("<link rel=alternate type=rss href=/a>", base: nil).feeds.map(\.url) == ["/a"])
  }
}
