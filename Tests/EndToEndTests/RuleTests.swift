import Core
import Foundation
import Glibc
import Support
import Synchronization
import Testing

@Suite("A rule in a daemon") struct RuleTests {
  /// A feed of one entry, whose text is edited with each request.
  static func editedFeed() throws -> LocalServer {
    let count = Mutex(0)
    return try LocalServer { _ in
      let number = count.withLock { count in
        count += 1
        return count
      }
      return .answer(
        200, [("Content-Type", "application/rss+xml")],
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0"><channel><title>Uji</title><link>http://news.example/</link>
        <description>Uji</description><item><title>Gempa di Palu</title><guid>satu</guid>
        <link>http://news.example/1</link><description>Korban \(number) orang.</description>
        </item></channel></rss>
        """)
    }
  }

  @Test func `raises nothing about an edit of what a first poll brought`() async throws {
    let server = try Self.editedFeed()
    defer { server.stop() }
    let installation = try Installation(
      """
      page: none
      poll: {first_poll: seed, rate: 0}
      rules: [{id: quake, match: gempa}]
      feeds: [{name: one, url: "\(server.address("/"))", every: 1s, private_network: true}]
      """)
    let daemon = try installation.start("run")
    await server.received(3)
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
    #expect(try !installation.events("article.revised").isEmpty)
    #expect(try installation.alerts().isEmpty)
  }

  @Test func `is not forgotten among more than one append takes`() throws {
    let server = try LocalServer { request in
      .answer(200, [], Newsstand.document(request.target, entries: 1))
    }
    defer { server.stop() }
    let rules = (0..<1_500).map { "  - {id: r\($0), match: sandi}" }.joined(separator: "\n")
    let installation = try Installation(
      """
      page: none
      poll: {first_poll: alert, rate: 0}
      feeds: [{name: one, url: "\(server.address("/one"))", private_network: true}]
      rules:
      \(rules)
      """)
    let outcome = try installation.run("run", "--once")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let fired = try installation.alerts().compactMap { $0["rule"]?.string }
    #expect(fired.count == 1_500 && Set(fired).count == 1_500)
  }
}
