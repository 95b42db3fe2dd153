import Support
import Synchronization

/// Feeds that grow by one entry with each request, up to a limit; each shows its newest sixty.
final class Newsstand: Sendable {
  /// How many entries there may be, and how often each feed was asked.
  private final class Stock: Sendable {
    let state: Mutex<(limit: Int, asked: [String: Int])>

    init(limit: Int) {
      state = Mutex((limit, [:]))
    }

    func entries(for request: String) -> Int {
      state.withLock { state in
        state.asked[request, default: 0] += 1
        return min(state.limit, state.asked[request, default: 0])
      }
    }
  }

  let server: LocalServer
  let feeds: [String]
  private let stock: Stock

  /// Serves `/NAME.xml` for each name; the word «sandi» stands in every entry.
  init(feeds names: [String], limit: Int) throws {
    let stock = Stock(limit: limit)
    self.stock = stock
    feeds = names
    server = try LocalServer { request in
      let count = stock.entries(for: request.target)
      let tag = "\"\(count)\""
      if request["if-none-match"] == tag { return .answer(304, [("ETag", tag)]) }
      return .answer(
        200, [("Content-Type", "application/rss+xml"), ("ETag", tag)],
        Self.document(request.target, entries: count))
    }
  }

  /// Lets feeds grow further, up to `limit`.
  func grow(to limit: Int) {
    stock.state.withLock { $0.limit = limit }
  }

  /// The `feeds:` part of a configuration, each asked every second.
  var configuration: String {
    let lines = feeds.map { name in
      "  - {name: \(name), url: \"\(server.address("/\(name).xml"))\", every: 1s, "
        + "private_network: true}"
    }
    return "feeds:\n" + lines.joined(separator: "\n") + "\n"
  }

  /// Waits until each feed was asked `count` times more than it takes to show all of it.
  func everyFeed(asked count: Int) async {
    var wanted = server.requests.count
    while true {
      let asked = Dictionary(grouping: server.requests, by: \.target).mapValues(\.count)
      if feeds.allSatisfy({ asked["/\($0).xml", default: 0] >= count }) { return }
      wanted = max(wanted, server.requests.count) + 1
      await server.received(wanted)
    }
  }

  /// Each entry tells a story of its own.
  static func document(_ path: String, entries: Int) -> String {
    let name = path.filter { $0.isLetter || $0.isNumber }
    let items = (max(1, entries - 59)...max(1, entries)).reversed().map { number in
      """
      <item><title>Kabar \(number) dari \(path)</title><guid>\(path)-\(number)</guid>
      <link>http://news.example\(path)/\(number)</link>
      <description>\(OwnWords.text(name + String(number))). Isi kabar nomor \(number) memuat kata sandi.</description></item>
      """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <rss version="2.0"><channel><title>\(path)</title><link>http://news.example\(path)</link>
      <description>Uji</description><language>id</language>
      \(items.joined(separator: "\n"))
      </channel></rss>
      """
  }
}
