import Foundation
import Support
import Testing

@Suite("An article of many feeds") struct SharedArticleTests {
  @Test func `is one article, though all show it at once`() throws {
    let items = (0..<20).map {
      "<item><link>http://news.example/\($0)</link><title>Gempa di Palu \($0)</title></item>"
    }.joined()
    let document = "<rss version=\"2.0\"><channel><title>Wire</title>\(items)</channel></rss>"
    let server = try LocalServer { _ in
      .answer(200, [("Content-Type", "application/rss+xml")], document)
    }
    defer { server.stop() }
    // Each has a host of its own, so that more come at once than are decided on together.
    let feeds = (0..<40).map { index in
      "  - {name: f\(index), url: \"http://f\(index).localhost:\(server.port)/\", private_network: true}\n"
    }
    let installation = try Installation(
      "page: none\npoll: {rate: 0, first_poll: seed}\nfeeds:\n" + feeds.joined())
    let outcome = try installation.run("run", "--once")
    try #require(outcome.status == 0, "\(outcome.errors)")
    let log = try installation.run("log", "cat").lines
    #expect(log.count { $0.contains("\"type\":\"article.published\"") } == 20)
    #expect(log.count { $0.contains("\"type\":\"article.sighted\"") } == 39 * 20)
  }
}
