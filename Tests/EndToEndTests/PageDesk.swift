import Core
import Foundation
import Support
import Synchronization

/// A daemon with a bit of everything that its page can show, and feeds that can be moved on.
final class PageDesk: Sendable {
  /// Titles that would like to be more than text.
  static let hostile = [
    "sandi </h3><script>window.owned = 1</script>",
    "sandi \"><img src=x onerror=\"window.owned = 2\">",
    "sandi <base href=https://evil.example/>", "sandi \u{202e}gpj.exe",
    "sandi &lt;b&gt; {{secret}}",
    "sandi </title></script><svg onload=window.owned=3>",
  ]

  private final class News: Sendable {
    let state = Mutex((isEdited: false, live: [String]()))
  }

  let installation: Installation
  let daemon: Running
  let port: Int
  private let server: LocalServer
  private let news: News

  /// Starts it, and waits until all of it can be seen.
  init() async throws {
    let news = News()
    let server = try LocalServer { Self.answer($0, news) }
    (self.server, self.news) = (server, news)
    let feeds = ["wire", "courier", "mirror", "hostile", "broken"].map { name in
      "  - {name: \(name), url: \"\(server.address("/\(name).xml"))\", every: 1s, private_network: true}\n"
    }
    installation = try Installation(Self.settings + feeds.joined())
    daemon = try installation.start("run")
    port = try await WatchingTests.port(of: daemon)
    try await wait(for: "/alerts.json", "sandi <base")
    try await wait(for: "/stories?format=json", "\"sources\":1")
    news.state.withLock { $0.isEdited = true }
    try await wait(for: "/articles?format=json", "\"revision\":2")
    try await wait(for: "/feeds?format=json", "\"state\":\"failing\"")
  }

  /// Brings an article that a rule waits for.
  func bring(_ title: String) {
    news.state.withLock { $0.live.append(title) }
  }

  func end() {
    daemon.signal(SIGTERM)
    daemon.waitForEnd()
    server.stop()
  }

  /// The id under `key` of the first object of a list of the page.
  func first(_ list: String, _ key: String, of target: String) async throws -> String {
    let json = try JSONValue(parsing: Array(try await WatchingTests.get(target, port).body.utf8))
    return json[list]?.array?.first?[key]?.string ?? ""
  }

  private func wait(for target: String, _ words: String) async throws {
    while !(try await WatchingTests.get(target, port).body.contains(words)) {
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  private static let settings = """
    page: 127.0.0.1:0
    poll: {rate: 0, first_poll: alert}
    entities:
      Q3803: {name: Palu, type: place, aliases: {any: [Palu], "zh": [帕卢], "ar": [بالو]}}
      x-bmkg: {name: BMKG, type: organisation, aliases: ["=BMKG"]}
    topics: {disaster: {name: Disaster, match: "gempa OR banjir"}}
    rules:
      - {id: quake, match: "entity:Q3803 AND gempa", severity: critical, by: [article]}
      - {id: words, match: sandi, severity: notice, by: [article]}
    feeds:

    """

  private static func answer(_ request: Request, _ news: News) -> Reply {
    let (isEdited, live) = news.state.withLock { $0 }
    let dead = isEdited ? "21" : "12"
    let quake = "Gempa mengguncang Palu pagi ini, kata BMKG. Sedikitnya \(dead) orang terluka. "
    let items: [(id: String, title: String, text: String)]
    switch request.target {
    case "/wire.xml":
      items =
        [("1", "Gempa mengguncang Palu", quake + OwnWords.text("gempa"))]
        + live.map { ("live-" + $0, $0, OwnWords.text($0)) }
    case "/courier.xml":
      items = [
        (
          "2", "Warga Palu mengungsi setelah gempa",
          "Warga Palu mengungsi. " + OwnWords.text("warga")
        )
      ]
    case "/mirror.xml":
      items = [("3", "Gempa mengguncang Palu", quake + OwnWords.text("gempa"))]
    case "/hostile.xml":
      items = hostile.enumerated().map { ("h\($0)", $1, OwnWords.text("jahat\($0)") + " " + $1) }
    default: return .answer(500, [], "broken")
    }
    return .answer(200, [("Content-Type", "application/rss+xml")], document(request.target, items))
  }

  private static func document(
    _ name: String, _ items: [(id: String, title: String, text: String)]
  ) -> String {
    let entries = items.map { item in
      "<item><guid isPermaLink=\"false\">\(name)-\(XMLText.escape(item.id))</guid>"
        + "<link>http://news.example\(name)/\(SafeAddress.percent(item.id))</link>"
        + "<title>\(XMLText.escape(XMLText.escape(item.title)))</title>"
        + "<description>\(XMLText.escape(XMLText.escape(item.text)))</description></item>"
    }
    return
      "<rss version=\"2.0\"><channel><title>Kabar \(name)</title><link>http://news.example\(name)</link>"
      + "<description>Uji</description><language>id</language>\(entries.joined())</channel></rss>"
  }
}
