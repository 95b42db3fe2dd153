import Core
import Curl
import Testing

@testable import Fetching

@Suite("A hub's offer") struct HubOfferTests {
  private func offer(_ fields: String...) throws -> HubOffer {
    var headers = HTTPHeaders()
    for field in fields { headers.append("Link", field) }
    return HubOffer(headers, from: try HTTPAddress("https://n.example/news/feed.xml"))
  }

  private static let fields: [(String, String?, String?)] = [
    ("<https://hub.example/>; rel=\"hub\"", "https://hub.example/", nil),
    ("<https://hub.example/>;rel=hub", "https://hub.example/", nil),
    (
      "<https://h.example/>; REL=\"alternate HUB\"; title=\"a, b; c\\\"\"", "https://h.example/",
      nil
    ),
    (
      "<https://h.example/>; rel=hub, <https://n.example/feed>; rel=\"self\"", "https://h.example/",
      "https://n.example/feed"
    ),
    (
      "</hub>; rel=hub, <feed.xml?a=1>; rel=self", "https://n.example/hub",
      "https://n.example/news/feed.xml?a=1"
    ),
    (",, <https://h.example/> ; rel = hub ,", "https://h.example/", nil),
    // A topic is a name: what curl would make of it is another.
    ("<https://N.example>; rel=self", nil, "https://N.example"),
    // The anchor says that it speaks of another document.
    ("<https://h.example/>; rel=hub; anchor=\"/other\"", nil, nil),
    // Only the first relation counts.
    ("<https://h.example/>; rel=next; rel=hub", nil, nil),
    ("<https://h.example/>", nil, nil),
    ("<https://h.example/; rel=hub", nil, nil),
    ("https://h.example/; rel=hub", nil, nil),
    ("<javascript:x()>; rel=hub, <ftp://h.example/>; rel=hub", nil, nil),
    ("<https://a.example/>; rel=next ???, <https://h.example/>; rel=hub", nil, nil),
  ]

  @Test(arguments: fields)
  func `is read from Link fields as RFC 8288 has them`(field: String, hub: String?, topic: String?)
    throws
  {
    #expect(try offer(field) == HubOffer(hub: hub, topic: topic))
  }

  @Test func `takes the first of several, and headers before the document`() throws {
    let headers = try offer(
      "<https://one.example/>; rel=hub", "<https://two.example/>; rel=hub")
    #expect(headers.hub == "https://one.example/")
    let whole = headers.filled(
      from: HubOffer(hub: "https://three.example/", topic: "https://t.example/"))
    #expect(whole == HubOffer(hub: "https://one.example/", topic: "https://t.example/"))
  }

  @Test func `of a thousand links costs no more than the first ones`() throws {
    let links = Array(repeating: "<https://x.example/>; rel=next", count: 1_000)
    #expect(
      try offer((links + ["<https://h.example/>; rel=hub"]).joined(separator: ", ")).hub == nil)
  }

  @Test(
    arguments: [
      ("https://hub.example/", "https://n.example/feed", true),
      ("https://hub.example/", nil, false),
      (nil, "https://n.example/feed", false),
      ("https://hub.example/", "feed", false),
      ("ftp://hub.example/", "https://n.example/feed", false),
      ("http://hub.example/", "https://n.example/feed", false),
      ("https://hub.example:22/", "https://n.example/feed", false),
    ] as [(String?, String?, Bool)])
  func `is usable with a hub and a topic`(hub: String?, topic: String?, isUsable: Bool) {
    let feed = Feed(id: Feed.ID("a"), url: "https://n.example/feed")
    #expect((HubOffer(hub: hub, topic: topic).usable(for: feed) != nil) == isUsable)
  }

  @Test(arguments: [
    ("http://127.0.0.1:8000/hub", true, true), ("http://127.0.0.1:8000/hub", false, false),
    ("http://127.0.0.1:8001/hub", true, false), ("http://[::1]:8000/hub", true, false),
    ("http://localhost:8000/hub", true, false), ("http://2130706433:8000/hub", false, false),
    ("http://169.254.169.254/", true, false), ("http://10.0.0.1/", true, false),
  ]) func `S5: on a private network is none, but for the feed's own origin where that is allowed`(
    hub: String, isAllowed: Bool, isUsable: Bool
  ) {
    let feed = Feed(
      id: Feed.ID("a"), url: "http://127.0.0.1:8000/feed", privateNetwork: isAllowed)
    let offer = HubOffer(hub: hub, topic: "http://127.0.0.1:8000/feed")
    #expect((offer.usable(for: feed) != nil) == isUsable)
  }
}
