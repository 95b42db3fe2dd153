import Foundation
import Support
import Synchronization
import Testing

/// A feed whose documents are shown one after the other, and asked for once each.
final class Showcase: Sendable {
  private final class Window: Sendable {
    let items = Mutex("")
  }

  let server: LocalServer
  let installation: Installation
  private let window: Window

  /// Serves it; `settings` are of the feed, after a comma.
  init(_ settings: String = "") throws {
    let window = Window()
    self.window = window
    server = try LocalServer { _ in
      .answer(
        200, [("Content-Type", "application/rss+xml")],
        "<rss version=\"2.0\"><channel><title>Wire</title><link>http://news.example/</link>"
          + "\(window.items.withLock { $0 })</channel></rss>")
    }
    installation = try Installation(
      "page: none\npoll: {rate: 0, first_poll: seed}\nfeeds:\n  - {name: wire, url: "
        + "\"\(server.address("/wire.xml"))\", every: 1s, private_network: true\(settings)}\n")
  }

  /// Shows entries of `id|url|title|text`, perhaps with a date behind, and lets the daemon look once; returns what the log got by it.
  @discardableResult
  func show(_ entries: String...) throws -> [String] { try show(entries) }

  @discardableResult
  func show(_ entries: [String], deleted: [String] = []) throws -> [String] {
    let gone = deleted.map {
      "<at:deleted-entry xmlns:at=\"http://purl.org/atompub/tombstones/1.0\" ref=\"\($0)\"/>"
    }
    window.items.withLock { $0 = (gone + entries.map(Self.item)).joined() }
    let before = try types().count
    // Without its bookkeeping a feed is due at once.
    for end in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: installation.path("data/state.sqlite\(end)"))
    }
    let outcome = try installation.run("run", "--once")
    try #require(outcome.status == 0, "\(outcome.errors)")
    return try types().dropFirst(before).filter {
      $0.hasPrefix("article.") || ["feed.rekeyed", "feed.gapped"].contains($0)
    }
  }

  private func types() throws -> [String] {
    guard FileManager.default.fileExists(atPath: installation.path("data/log")) else { return [] }
    return try installation.run("log", "cat").lines.compactMap { line in
      line.firstRange(of: "\"type\":\"").map { line[$0.upperBound...].prefix { $0 != "\"" } }
        .map(String.init)
    }
  }

  private static func item(_ entry: String) -> String {
    let parts = entry.split(separator: "|", omittingEmptySubsequences: false)
    return "<item><guid isPermaLink=\"false\">\(parts[0])</guid><link>\(parts[1])</link>"
      + "<title>\(parts[2])</title><description>\(parts[3])</description>"
      + (parts.count > 4 ? "<pubDate>\(parts[4])</pubDate></item>" : "</item>")
  }
}
