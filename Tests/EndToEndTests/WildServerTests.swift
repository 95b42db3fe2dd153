import Core
import Foundation
import Projections
import Support
import Synchronization
import Testing

/// What servers of the wild do, as the daemon sees it: numbers are those of the list of server behaviours
/// that polling was designed by.
@Suite("A server of the wild", .timeLimit(.minutes(15))) struct WildServerTests {
  /// What was done, and what the log says of it.
  private struct Polled {
    let installation: Installation
    let requests: [Request]

    func count(_ type: String) throws -> Int { try installation.events(type).count }

    func titles() throws -> [String] {
      try installation.events("article.published").compactMap { event in
        event["article"]?["title"]?.string
      }
    }
  }

  /// Polls once for each reply, in order, however early that is.
  private func poll(_ replies: [Reply]) throws -> Polled {
    let left = Mutex(replies)
    let server = try LocalServer { _ in left.withLock { $0.removeFirst() } }
    defer { server.stop() }
    let installation = try Installation(
      "page: none\npoll: {rate: 0}\nfeeds:\n"
        + "  - {name: a, url: \"\(server.address("/a.xml"))\", private_network: true, every: 1s}\n")
    for _ in replies {
      let outcome = try installation.run("run", "--once")
      try #require(outcome.status == 0, "\(outcome.errors)")
      let store = try StateStore(installation.path("data/state.sqlite"))
      var state = try #require(try store.load([Feed.ID("a")])[Feed.ID("a")])
      (state.nextDue, state.hintUntil) = (nil, nil)
      try store.save([Feed.ID("a"): state])
    }
    #expect(server.requests.count == replies.count)
    return Polled(installation: installation, requests: server.requests)
  }

  private static func rss(_ items: String, _ before: String = "", _ head: String = "") -> String {
    before + "<rss version=\"2.0\"><channel><title>Wire</title>\(head)\(items)</channel></rss>"
  }

  private static func item(_ number: Int, guid: String? = nil) -> String {
    "<item><guid isPermaLink=\"false\">\(guid ?? "\(number)")</guid>"
      + "<link>http://news.example/\(number)</link><title>Gempa \(number)</title>"
      + "<description>Isi nomor\(number) lain</description></item>"
  }

  private static func answer(_ body: String, _ headers: [(String, String)] = []) -> Reply {
    .answer(200, [("Content-Type", "application/rss+xml")] + headers, body)
  }

  @Test(arguments: ["image/png", "text/plain", "application/octet-stream"])
  func `C5: calls a feed something else, and it is taken for what it is`(type: String) throws {
    let polled = try poll([.answer(200, [("Content-Type", type)], Self.rss(Self.item(1)))])
    #expect(try polled.titles() == ["Gempa 1"])
  }

  @Test func `C6: sends UTF-16 with its mark and calls it UTF-8, and the mark wins`() throws {
    let text = Self.rss(Self.item(1).replacing("Gempa", with: "Землетрясение"))
    var body: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { body += [UInt8(unit & 255), UInt8(unit >> 8)] }
    let polled = try poll([
      .answer(200, [("Content-Type", "application/rss+xml; charset=utf-8")], body)
    ])
    #expect(try polled.titles() == ["Землетрясение 1"])
  }

  @Test func `C7: begins with blank lines, which are passed over`() throws {
    let head = "\n\r\n  \n<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    #expect(try poll([Self.answer(Self.rss(Self.item(1), head))]).titles() == ["Gempa 1"])
  }

  @Test func `C4, P23: shows nothing, fewer entries, then all again, and nothing is gone or new`()
    throws
  {
    let all = Self.rss((1...5).map { Self.item($0) }.joined())
    let few = Self.rss((1...3).map { Self.item($0) }.joined())
    let polled = try poll([
      Self.answer(all), Self.answer(Self.rss("")), Self.answer(few), Self.answer(all),
    ])
    #expect(try polled.count("article.published") == 5)
    #expect(try polled.count("article.withdrawn") == 0)
    #expect(try polled.count("feed.failed") == 0)
  }

  @Test func `C8: gives each entry another guid at each poll, and nothing is new by that`() throws {
    let polled = try poll(
      (0..<4).map { round in
        Self.answer(Self.rss((1...6).map { Self.item($0, guid: "r\(round)-\($0)") }.joined()))
      })
    #expect(try polled.count("article.published") == 6)
    #expect(try polled.count("article.revised") == 0)
  }

  @Test func `F2: cuts its gzip in half, and what it had is kept`() throws {
    let whole = Self.rss((1...9).map { Self.item($0) }.joined())
    let half = Array(Gzip.stored(whole).prefix(700))
    let polled = try poll([
      Self.answer(Self.rss(Self.item(1)), [("ETag", "\"1\"")]),
      .answer(200, [("Content-Encoding", "gzip"), ("ETag", "\"2\"")], half),
      Self.answer(whole, [("ETag", "\"3\"")]),
    ])
    #expect(polled.requests.map { $0["If-None-Match"] } == [nil, "\"1\"", "\"1\""])
    let failures = try polled.installation.events("feed.failed").map { $0["class"]?.string }
    #expect(failures == ["truncated"])
    #expect(try polled.count("feed.recovered") == 1)
    #expect(try polled.count("article.published") == 9)
  }

  @Test func `L6: nests entities without measure, and nothing is unfolded`() throws {
    let levels = (1...9).map { level in
      let inner = String(repeating: "&l\(level - 1);", count: 10)
      return "<!ENTITY l\(level) \"\(inner)\">"
    }
    let head = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY l0 \"lol\">\(levels.joined())]>"
    let bomb = Self.item(1).replacing("Isi", with: "&l9;")
    let polled = try poll([Self.answer(Self.rss(bomb, head))])
    #expect(try polled.installation.run("log", "cat").output.utf8.count < 20_000)
  }

  @Test func `S1, S5: names entities and a hub of other places, and none is asked`() throws {
    let other = try LocalServer { _ in .answer(200, [], "hush-hush") }
    defer { other.stop() }
    let secret = try TemporaryFolder()
    try "hush-hush".write(toFile: secret.path("file"), atomically: true, encoding: .utf8)
    let head =
      "<!DOCTYPE rss [<!ENTITY a SYSTEM \"file://\(secret.path("file"))\">"
      + "<!ENTITY b SYSTEM \"\(other.address("/b"))\">"
      + "<!ENTITY % c SYSTEM \"\(other.address("/c"))\"> %c;]>"
    let hub =
      "<atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"hub\" "
      + "href=\"\(other.address("/hub"))\"/>"
    let body = Self.rss(Self.item(1).replacing("Isi", with: "&a; &b;"), head, hub)
    let link = ("Link", "<\(other.address("/hub2"))>; rel=\"hub\"")
    let polled = try poll([Self.answer(body, [link])])
    #expect(try polled.count("article.published") == 1)
    #expect(other.connections == 0)
    #expect(try !polled.installation.run("log", "cat").output.contains("hush-hush"))
  }

  @Test func `P35: refuses us, which is shown, and is not answered with another name`() throws {
    let polled = try poll([.answer(403), .answer(403, [("cf-mitigated", "challenge")])])
    let agents = Set(polled.requests.map { $0["User-Agent"] ?? "" })
    #expect(agents.count == 1 && agents.first?.hasPrefix("Tidings/") == true)
    let shown = try polled.installation.run("feeds", "list", "--json").output
    #expect(shown.contains("\"blocked\""), "\(shown)")
    #expect(shown.contains("ask the publisher to let feed readers in"), "\(shown)")
  }

  @Test func `L1, L4: sends without end, and takes no more than 16 MB of memory by it`() throws {
    let blanks = [UInt8](repeating: 0x20, count: 65_536)
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
    let endless = Reply([.bytes(Array((head + "\r\n<rss>").utf8)), .endless(blanks)])
    let bomb = Gzip.stored(String(repeating: " ", count: 40 << 20))
    let packed = Reply.answer(200, [("Content-Encoding", "gzip")], bomb)
    let usual = try peak(of: Self.answer(Self.rss(Self.item(1))))
    for reply in [endless, packed] {
      #expect(try peak(of: reply) - usual < 16 << 10)
    }
  }

  /// The most memory, in KB, that one poll took.
  private func peak(of reply: Reply) throws -> Int {
    let server = try LocalServer { _ in reply }
    defer { server.stop() }
    let installation = try Installation(
      "page: none\nfeeds: [{name: a, url: \"\(server.address("/a"))\", private_network: true}]\n")
    let running = try installation.start("run", "--once")
    #expect(running.waitForEnd() == 0)
    return running.peakKilobytes
  }
}

/// Gzip whose blocks are stored, so that no compressor is needed.
private enum Gzip {
  /// One member; its checksum is wrong, which nobody gets to see who is sent a part of it.
  static func stored(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    let text = Array(text.utf8)
    for start in stride(from: 0, to: text.count, by: 60_000) {
      let piece = text[start..<min(text.count, start + 60_000)]
      let count = UInt16(piece.count)
      bytes.append(start + 60_000 >= text.count ? 1 : 0)
      bytes += [UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
      bytes += piece
    }
    return bytes + [UInt8](repeating: 0, count: 8)
  }
}
